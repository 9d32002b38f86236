// A real server for a test: its own process, a free port, a home of its own; signed in, followed, killed, and nothing left behind.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect } from 'vitest'
import { signIn, type Client } from './client.js'
import { databaseForTest, type DatabaseForTest } from '@cellboard/server/database-for-test'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/test\/dist\/?$/, '')
const PROGRAM = join(root, 'server/dist/main.js')
export const FAKE_ENGINE = join(root, 'test/dist/kit/fake-engine.js')

export interface ServerOptions {
  readonly home?: string
  readonly env?: Record<string, string>
  readonly args?: readonly string[]
}

export interface RunningServer {
  readonly home: string
  readonly port: number
  readonly address: string
  readonly link: string
  readonly process: ChildProcess
  /** Signs in with the printed link. */
  signIn(): Promise<Client>
  /** As by Ctrl-C; gives the exit code. */
  stop(): Promise<number | null>
  /** As by a crash: nothing in the server gets to run any more. */
  kill(): Promise<void>
}

export interface FailedStart {
  readonly code: number | null
  readonly said: string
}

const homes = new Set<string>()
/** A database for each home, where the tests run on PostgreSQL. */
const databases = new Map<string, Promise<DatabaseForTest | null>>()

function databaseOf(home: string): Promise<DatabaseForTest | null> {
  const database = databases.get(home) ?? databaseForTest()
  databases.set(home, database)
  return database
}

const running = new Set<RunningServer>()

export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'cellboard-test-'))
  homes.add(home)
  return home
}

/** Starts a server and waits until it says where it is. @throws what it said where it ends instead. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const started = await tryStart(options)
  if ('said' in started) throw new Error(`The server did not start (code ${started.code}): ${started.said}`)
  return started
}

/** Starts a server that uses the fake engine in the engine's place. */
export const startWithFakeEngine = (options: ServerOptions = {}): Promise<RunningServer> => {
  if (!existsSync(FAKE_ENGINE)) throw new Error(`Expected the compiled kit at ${FAKE_ENGINE}. Run npx tsc -b first.`)
  return startServer({ ...options, env: { CELLBOARD_ENGINE: FAKE_ENGINE, ...options.env } })
}

export async function tryStart({
  home = newHome(),
  env = {},
  args = ['--empty'],
}: ServerOptions): Promise<RunningServer | FailedStart> {
  const database = await databaseOf(home)
  const own = { PORT: '0', CELLBOARD_HOME: home, ...(database && { CELLBOARD_DATABASE: database.url.href }) }
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const lines = new Promise<{ address: string; link: string } | null>((resolve) => {
    const hear = (part: Buffer) => {
      said += part.toString()
      const address = /Cellboard is at (\S+)/.exec(said)?.[1]
      const link = /\/sign-in\?link=(\S+)/.exec(said)?.[1]
      if (address && link) resolve({ address, link })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('close', () => resolve(null))
  })
  const found = await lines
  if (!found) return { code: child.exitCode, said }
  const end = async (signal: NodeJS.Signals) => {
    running.delete(server)
    if (child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
  }
  const server: RunningServer = {
    home,
    ...found,
    port: Number(new URL(found.address).port),
    process: child,
    signIn: () => signIn(found.address, found.link),
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM')
      return child.exitCode
    },
  }
  running.add(server)
  return server
}

/** Processes forked by a server: those whose parent it is. */
export const enginesOf = (server: RunningServer): number[] =>
  processes().flatMap((one) => (one.parent === server.process.pid ? [one.pid] : []))

const enginesHere = (): number[] =>
  processes().flatMap((one) =>
    one.command.includes('engine-process.js') && [...homes].some((home) => one.home === home) ? [one.pid] : [],
  )

function processes(): { pid: number; parent: number; command: string; home: string | undefined }[] {
  if (!existsSync('/proc/self/stat')) return [] // only Linux tells this way
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (state === 'Z') return []
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      const home = /CELLBOARD_HOME=([^\0]*)/.exec(readFileSync(`/proc/${name}/environ`, 'utf8'))?.[1]
      return [{ pid: Number(name), parent: Number(parent), command, home }]
    } catch {
      return [] // it ended while we looked
    }
  })
}

// Leftovers fail: a server that a test forgot is stopped, an engine that outlives its server is an error.
afterEach(async () => {
  for (const server of running) await server.stop()
  await expect.poll(enginesHere, { timeout: 10_000, message: 'engines that outlived their server' }).toEqual([])
  for (const home of homes) rmSync(home, { recursive: true, force: true })
  homes.clear()
  for (const database of databases.values()) await (await database)?.drop()
  databases.clear()
})
