// `start`: prepares, then runs the server as a direct child and passes signals on, so that it can stop cleanly.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './paths.mjs'
import { prepare } from './prepare.mjs'
import { SetupError } from './setup-error.mjs'

/** Runs a program in the foreground; answers its exit code. Signals go on to it, and it decides when to end. */
export function inForeground(script, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit', env })
    const passOn = {
      // On a terminal Ctrl-C reaches every process of the group by itself; a second copy would mean "at once".
      SIGINT: () => process.stdin.isTTY || child.kill('SIGINT'),
      SIGTERM: () => child.kill('SIGTERM'),
      SIGHUP: () => child.kill('SIGHUP'),
    }
    for (const [signal, pass] of Object.entries(passOn)) process.on(signal, pass)
    // npm runs us in a shell, and a SIGTERM to npm ends that shell without a word to us: then we are somebody else's child.
    const parent = process.ppid
    const watch = process.env.npm_lifecycle_event && setInterval(() => process.ppid === parent || passOn.SIGTERM(), 500)
    child.on('close', (code, signal) => {
      clearInterval(watch)
      for (const [name, pass] of Object.entries(passOn)) process.off(name, pass)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}

const FLAGS = { empty: { type: 'boolean' }, port: { type: 'string' } }

export async function start(args) {
  let flags
  try {
    flags = parseArgs({ args, options: FLAGS }).values
  } catch (error) {
    throw new SetupError(error.message.split('. ')[0] + '.', 'start takes --empty and --port N.')
  }
  await prepare(['packages', 'tensorflow', 'server', 'web'])
  // The server reads its port from the environment, as `PORT=4001 npm start` sets it too.
  const env = flags.port === undefined ? process.env : { ...process.env, PORT: flags.port }
  return inForeground(join(ROOT, 'server', 'dist', 'main.js'), flags.empty ? ['--empty'] : [], env)
}
