// A server of a benchmark's own: its process, a free port, a home that goes with it; rates high, so that every request is looked at.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Compiled to test/dist/bench.
const PROGRAM = join(fileURLToPath(new URL('../../..', import.meta.url)), 'server/dist/main.js')

const RATES = {
  CELLBOARD_LIMIT_REQUESTS_PER_USER: '10000000',
  CELLBOARD_LIMIT_REQUESTS_PER_ADDRESS: '10000000',
  CELLBOARD_LIMIT_COST_PER_USER: '10000000000',
  CELLBOARD_LIMIT_FRAMES_PER_SOCKET: '1000000',
}

export interface OwnServer {
  readonly process: ChildProcess
  readonly address: string
  /** The secret of the one-time link. */
  readonly link: string
}

/** Waits until it says where it is; `hear` is given each line of its log. @throws what it said where it ends instead. */
export async function startOwnServer(
  home: string,
  env: Readonly<Record<string, string>> = {},
  hear: (line: string) => void = () => {},
): Promise<OwnServer> {
  const server = spawn(process.execPath, [PROGRAM, '--empty'], {
    env: { ...process.env, PORT: '0', CELLBOARD_HOME: home, CELLBOARD_RUNNERS: '0', ...RATES, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let rest = ''
  server.stderr.setEncoding('utf8').on('data', (part: string) => {
    const lines = (rest + part).split('\n')
    rest = lines.pop()!
    for (const line of lines) hear(line)
  })
  return new Promise((resolve, reject) => {
    let said = ''
    server.stdout.on('data', (part: Buffer) => {
      said += part.toString()
      const [address, link] = [/Cellboard is at (\S+)/.exec(said)?.[1], /\?link=(\S+)/.exec(said)?.[1]]
      if (address && link) resolve({ process: server, address, link })
    })
    server.once('close', () => reject(new Error(`Expected the server to start, but it said: ${said}${rest}`)))
  })
}

/** As by Ctrl-C; waits until it has ended. */
export async function stopOwnServer({ process: server }: OwnServer): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const closed = once(server, 'close')
  server.kill('SIGTERM')
  await closed
}

/** Megabytes of resident memory. */
export const memoryOf = ({ pid }: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
