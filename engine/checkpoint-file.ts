// A checkpoint as a file: facts as JSON and tensors; written whole or not at all, checked by hash, the one before kept.
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { EngineError } from './errors.js'
import type { HostState } from './learning/host-state.js'

/** What every checkpoint holds, whoever goes on from it. */
export interface CheckpointFacts {
  /** Of what it is: one of a search is none of a training. */
  readonly kind: 'search' | 'training'
  readonly settings: Readonly<Record<string, unknown>>
  readonly tensors: HostState
}

const MAGIC = 'CELLBOARD-CHECKPOINT-1\n'
const HASH_BYTES = 32
const NEWEST = 'checkpoint'
const BEFORE = 'checkpoint.before'

/** magic, u32 length of the header, header as JSON, float32 values little-endian, SHA-256 of all before. */
function encode({ tensors, ...facts }: CheckpointFacts): Buffer {
  const layout = Object.entries(tensors).map(([name, { shape }]) => ({ name, shape }))
  const header = Buffer.from(JSON.stringify({ ...facts, tensors: layout }))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.length)
  const values = Object.values(tensors).map(({ values }) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  )
  const body = Buffer.concat([Buffer.from(MAGIC), length, header, ...values])
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

function decode(file: string): CheckpointFacts {
  const bytes = readFileSync(file)
  const broken = (what: string) =>
    new EngineError(
      'BAD_CHECKPOINT',
      `Expected a whole checkpoint in ${file}, but ${what}.`,
      'Delete the file to begin anew.',
    )
  const body = bytes.subarray(0, Math.max(0, bytes.length - HASH_BYTES))
  if (!body.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC))) throw broken('it does not begin as one')
  if (!createHash('sha256').update(body).digest().equals(bytes.subarray(body.length)))
    throw broken('its content does not match its hash')
  const start = MAGIC.length + 4
  const end = start + body.readUInt32LE(MAGIC.length)
  const { tensors: layout, ...facts } = JSON.parse(body.toString('utf8', start, end)) as Omit<
    CheckpointFacts,
    'tensors'
  > & { tensors: { name: string; shape: number[] }[] }
  let at = end
  const tensors: Record<string, { shape: number[]; values: Float32Array }> = {}
  for (const { name, shape } of layout) {
    const size = shape.reduce((product, side) => product * side, 1)
    const values = new Float32Array(size)
    Buffer.from(values.buffer).set(body.subarray(at, at + 4 * size))
    tensors[name] = { shape, values }
    at += 4 * size
  }
  return { ...facts, tensors }
}

/**
 * Writes the newest checkpoint of `folder`; the one before stays as its fallback. Returns its size in bytes.
 *
 * @throws {EngineError} DISK_FULL; what was there before is still there then.
 */
export function writeCheckpointFile(folder: string, checkpoint: CheckpointFacts): number {
  const bytes = encode(checkpoint)
  const fresh = join(folder, 'checkpoint.fresh')
  try {
    mkdirSync(folder, { recursive: true })
    const file = openSync(fresh, 'w')
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (existsSync(join(folder, NEWEST))) renameSync(join(folder, NEWEST), join(folder, BEFORE))
    renameSync(fresh, join(folder, NEWEST))
  } catch (error) {
    rmSync(fresh, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new EngineError(
        'DISK_FULL',
        `Expected ${bytes.length} free bytes for a checkpoint in ${folder}, but the disk is full.`,
        'Free some space and start again: it goes on from the checkpoint before.',
      )
    throw error
  }
  return bytes.length
}

/**
 * The newest whole checkpoint of `folder`, or null where there is none: a broken newest one falls back to the one before.
 *
 * @param but settings that may differ from those it was written with
 * @throws {EngineError} BAD_CHECKPOINT when no whole one is left, or it belongs to something else or to other settings.
 */
export function readCheckpointFile<C extends CheckpointFacts>(
  folder: string,
  { kind, settings }: Pick<C, 'kind' | 'settings'>,
  but: readonly string[] = [],
): C | null {
  const files = [NEWEST, BEFORE].map((name) => join(folder, name)).filter((file) => existsSync(file))
  let failure: unknown = null
  for (const file of files) {
    let checkpoint: CheckpointFacts
    try {
      checkpoint = decode(file)
    } catch (error) {
      failure ??= error
      continue
    }
    if (checkpoint.kind !== kind) throw foreign(kind, folder, `it is one of a ${checkpoint.kind}`)
    const different = Object.keys({ ...checkpoint.settings, ...settings }).filter(
      (key) => !but.includes(key) && JSON.stringify(settings[key]) !== JSON.stringify(checkpoint.settings[key]),
    )
    if (different.length > 0) throw foreign(kind, folder, `it was written with other settings: ${different.join(', ')}`)
    return checkpoint as C
  }
  if (failure) throw failure as Error
  return null
}

/** A checkpoint that is whole, but not of what shall go on. */
export const foreign = (kind: CheckpointFacts['kind'], folder: string, why: string): EngineError =>
  new EngineError(
    'BAD_CHECKPOINT',
    `Expected a checkpoint of this ${kind} in ${folder}, but ${why}.`,
    'Use another folder, or the settings and data it was written with.',
  )
