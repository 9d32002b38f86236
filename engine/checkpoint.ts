// What a search needs to go on after it was killed: written whole or not at all, checked by hash, the one before kept.
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
import type { EngineEvent, StageNumber } from '@cellboard/schema/events'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { EngineError } from './errors.js'
import type { EpochRecord } from './search/history.js'

type Of<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>
export type FoundClustering = Omit<Of<'operators-clustered'>, 'type' | 'origin'>
export type TrainedCandidate = Omit<Of<'candidate-trained'>, 'type'>

/** What earlier parts of a search have found, so that it goes on without them. */
export interface Decided {
  /** Clusters: one clustering, or one for each kind of cell. */
  readonly clusterings?: readonly FoundClustering[]
  /** Measured depths of stages. */
  readonly cells?: Readonly<Partial<Record<StageNumber, number>>>
  /** The logits that decided a stage. */
  readonly logits?: Readonly<Partial<Record<StageNumber, number[][]>>>
  /** The cells that a random search has trained. */
  readonly candidates?: readonly TrainedCandidate[]
}

/** The state of a stage after an epoch. Random streams are keyed by seed and epoch, so nothing of them needs keeping. */
export interface Checkpoint {
  readonly settings: ResolvedSearchSettings
  readonly stage: StageNumber
  /** Epochs of the stage that are done; steps of the whole search that are done. */
  readonly epoch: number
  readonly step: number
  readonly decided: Decided
  /** The epochs of the stage that are done. */
  readonly history: readonly EpochRecord[]
  /** The search state's tensors by name, with their shapes. */
  readonly tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>
}

const MAGIC = 'CELLBOARD-CHECKPOINT-1\n'
const HASH_BYTES = 32
const NEWEST = 'checkpoint'
const BEFORE = 'checkpoint.before'

/** magic, u32 length of the header, header as JSON, float32 values little-endian, SHA-256 of all before. */
function encode({ tensors, ...facts }: Checkpoint): Buffer {
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

function decode(file: string): Checkpoint {
  const bytes = readFileSync(file)
  const broken = (what: string) =>
    new EngineError(
      'BAD_CHECKPOINT',
      `Expected a whole checkpoint in ${file}, but ${what}.`,
      'Delete the file to begin the search anew.',
    )
  const body = bytes.subarray(0, Math.max(0, bytes.length - HASH_BYTES))
  if (!body.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC))) throw broken('it does not begin as one')
  if (!createHash('sha256').update(body).digest().equals(bytes.subarray(body.length)))
    throw broken('its content does not match its hash')
  const start = MAGIC.length + 4
  const end = start + body.readUInt32LE(MAGIC.length)
  const { tensors: layout, ...facts } = JSON.parse(body.toString('utf8', start, end)) as Omit<Checkpoint, 'tensors'> & {
    tensors: { name: string; shape: number[] }[]
  }
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
export function writeCheckpoint(folder: string, checkpoint: Checkpoint): number {
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
        'Free some space and start the search again: it goes on from the checkpoint before.',
      )
    throw error
  }
  return bytes.length
}

/**
 * The newest whole checkpoint of `folder`, or null where there is none: a broken newest one falls back to the one before.
 *
 * @throws {EngineError} BAD_CHECKPOINT when no whole one is left, or it belongs to other settings.
 */
export function readCheckpoint(folder: string, settings: ResolvedSearchSettings): Checkpoint | null {
  const files = [NEWEST, BEFORE].map((name) => join(folder, name)).filter((file) => existsSync(file))
  let failure: unknown = null
  for (const file of files) {
    let checkpoint: Checkpoint
    try {
      checkpoint = decode(file)
    } catch (error) {
      failure ??= error
      continue
    }
    const different = (Object.keys(settings) as (keyof ResolvedSearchSettings)[]).filter(
      (key) => JSON.stringify(settings[key]) !== JSON.stringify(checkpoint.settings[key]),
    )
    if (different.length > 0)
      throw new EngineError(
        'BAD_CHECKPOINT',
        `Expected a checkpoint of this search in ${folder}, but it was written with other settings: ${different.join(', ')}.`,
        'Use another folder, or the settings it was written with.',
      )
    return checkpoint
  }
  if (failure) throw failure as Error
  return null
}
