// Starts the server and prints for the person at the terminal where it is and how to sign in; Ctrl-C stops it cleanly.
import { startApp, type App } from './app.js'
import { readConfig, StartError } from './config.js'
import { openLog } from './log.js'

const say = (line: string) => process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const config = readConfig()
  const log = openLog(config.logLevel)
  const app = await startApp(config, log)
  say(`Cellboard is at ${app.address}`)
  say(`Sign in, once, with ${app.signInLink}`)
  if (app.startedFirstSearch) say('A first search has begun, for you to look at (--empty starts without one).')
  say('Ctrl-C stops it; runs go on at the next start.')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop(app))
}

async function stop(app: App): Promise<void> {
  say('Stopping: each run notes where it is ...')
  await app.stop()
  process.exit(0)
}

main().catch((error: unknown) => {
  // A start that cannot succeed is told in a sentence; anything else is our mistake and shows where it happened.
  process.stderr.write(error instanceof StartError ? `${error.message}\n` : `${(error as Error).stack}\n`)
  process.exit(1)
})
