// One server a store: two would run every search twice and hand out the same numbers.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../config.js'
import { takeLock, type Release } from './process-lock.js'

export interface StoreClaim {
  readonly release: Release
  /** Notes where this server can be reached, for whoever tries to start a second one. */
  announce(address: string): void
}

/** @throws StartError where another server has this folder, or it cannot be written. */
export function claimStore(folder: string): StoreClaim {
  const note = join(folder, 'server.json')
  let release: Release | null
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    release = takeLock(join(folder, 'server.lock'))
  } catch (error) {
    throw new StartError(
      `Expected to write in ${folder}, but could not: ${(error as Error).message}. Set CELLBOARD_HOME to a folder of your own.`,
    )
  }
  if (!release)
    throw new StartError(
      `Another Cellboard server${whoHas(note)} already uses ${folder}. Use that one, stop it first, or set CELLBOARD_HOME to another folder.`,
    )
  return {
    release,
    announce: (address) => writeFileSync(note, `${JSON.stringify({ pid: process.pid, address })}\n`),
  }
}

function whoHas(note: string): string {
  try {
    const { pid, address } = JSON.parse(readFileSync(note, 'utf8')) as { pid: number; address: string }
    return ` (process ${pid}, ${address})`
  } catch {
    return ''
  }
}
