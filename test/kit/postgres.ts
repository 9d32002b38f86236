// A real PostgreSQL for tests: its own folder, a free port, gone when the tests have ended. Vitest's project "postgres" begins with it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { findPostgres } from './find-postgres.js'

/** PostgreSQL refuses to run as root: there it runs as nobody. */
const NOBODY = 65_534
const who = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

export interface Postgres {
  /** Of its database `postgres`, in which others are made. */
  readonly address: string
  readonly stop: () => Promise<void>
  /** As by a power cut of its processes; comes back at the same address with `start`. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** @throws where there is none (findPostgres), or with what it said where it does not start */
export async function startPostgres(): Promise<Postgres> {
  const bin = findPostgres()
  if (!bin) throw new Error('Expected initdb and postgres on the path, but found none.')
  const folder = mkdtempSync(join(tmpdir(), 'cellboard-postgres-'))
  if (who.uid) chownSync(folder, who.uid, who.gid)
  const data = join(folder, 'data')
  // A language whose order of letters is not that of bytes, where the machine has one, would be the harder case; C.UTF-8 is everywhere.
  const args = ['-D', data, '-U', 'cellboard', '--auth=trust', '--encoding=UTF8', '--no-sync', '--locale=C']
  const made = spawnSync(join(bin, 'initdb'), args, { ...who, cwd: folder, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? ''}${made.stdout}${made.stderr}`)
  const port = await freePort()
  const address = `postgres://cellboard@127.0.0.1:${port}/postgres`
  let child: ChildProcess
  let said = ''
  const start = async () => {
    const settings = ['-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'max_connections=50']
    child = spawn(join(bin, 'postgres'), ['-D', data, ...settings], { ...who, cwd: folder })
    child.stderr!.on('data', (part: Buffer) => (said += part.toString()))
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`PostgreSQL did not start: ${said}`)
      if (await answers(address)) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
  }
  await start()
  return {
    address,
    start,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answers(address: string): Promise<boolean> {
  const client = new pg.Client(address)
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** Before all tests of a project; those ask for databases of their own at this address. Tests of other projects are not told of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { address, stop } = await startPostgres()
  project.provide('postgres', address)
  return stop
}
