// What a training needs to go on after it was stopped, in the middle of an epoch too.
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { foreign, readCheckpointFile, writeCheckpointFile, type CheckpointFacts } from '../checkpoint-file.js'
import type { HostState } from '../learning/host-state.js'

/** What is kept of an epoch that looked at validation or test images. Accuracies in [0, 1]. */
export interface EpochLook {
  readonly epoch: number
  readonly validationAccuracy?: number
  readonly testAccuracy?: number
}

/** Where a training is. Random streams are keyed by seed, epoch and step, so nothing of them needs keeping. */
export interface Position {
  /** Epochs that are done. */
  readonly epoch: number
  /** Steps of the whole training that are done. */
  readonly step: number
  /** Of the steps of the epoch under way: sums of their losses and accuracies. */
  readonly loss: number
  readonly accuracy: number
  /** What the epoch under way, and the whole training, has taken. */
  readonly epochSeconds: number
  readonly seconds: number
  readonly looks: readonly EpochLook[]
}
export const BEGINNING: Position = { epoch: 0, step: 0, loss: 0, accuracy: 0, epochSeconds: 0, seconds: 0, looks: [] }

interface TrainingCheckpoint extends CheckpointFacts {
  readonly kind: 'training'
  readonly settings: ResolvedTrainingSettings & Readonly<Record<string, unknown>>
  /** Of the data, which may have changed under the same settings. */
  readonly stepsPerEpoch: number
  readonly position: Omit<Position, 'epochSeconds' | 'seconds'>
}

/** Settings that change nothing of what is learned. */
const FREE: readonly (keyof ResolvedTrainingSettings)[] = ['workers', 'formats']

/** Where a training keeps its checkpoints, and how those are told from another's. */
export interface CheckpointPlace {
  readonly folder: string
  readonly settings: ResolvedTrainingSettings
  readonly stepsPerEpoch: number
}

/** Times are kept among the tensors, so that a checkpoint's size says nothing of them: it is told, and the same each time. */
const TIMES = 'seconds'

/** Returns its size in bytes. @throws {EngineError} DISK_FULL; the one before is still there then */
export function writeTrainingCheckpoint(
  { folder, settings, stepsPerEpoch }: CheckpointPlace,
  { epochSeconds, seconds, ...position }: Position,
  state: HostState,
): number {
  const tensors = { ...state, [TIMES]: { shape: [2], values: Float32Array.of(epochSeconds, seconds) } }
  const checkpoint: TrainingCheckpoint = {
    kind: 'training',
    settings: { ...settings },
    stepsPerEpoch,
    position,
    tensors,
  }
  return writeCheckpointFile(folder, checkpoint)
}

/**
 * @param weights how many the network has, auxiliary head and all
 * @throws {EngineError} BAD_CHECKPOINT where none is whole, or it is of another network, other settings or other data
 */
export function readTrainingCheckpoint(
  { folder, settings, stepsPerEpoch }: CheckpointPlace,
  weights: number,
): { position: Position; tensors: HostState } | null {
  const asked = { kind: 'training', settings: { ...settings } } as const
  const found = readCheckpointFile<TrainingCheckpoint>(folder, asked, FREE)
  if (!found) return null
  const { [TIMES]: times, ...tensors } = found.tensors
  const received = tensors.weights?.values.length ?? 0
  if (received !== weights)
    throw foreign('training', folder, `it is of a network of ${received} weights, and this one has ${weights}`)
  if (found.stepsPerEpoch !== stepsPerEpoch)
    throw foreign(
      'training',
      folder,
      `an epoch had ${found.stepsPerEpoch} steps, and now the data gives ${stepsPerEpoch}`,
    )
  const [epochSeconds = 0, seconds = 0] = times?.values ?? []
  return { position: { ...found.position, epochSeconds, seconds }, tensors }
}
