// What a search needs to go on after it was stopped.
import type { EngineEvent, StageNumber } from '@cellboard/schema/events'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { readCheckpointFile, writeCheckpointFile, type CheckpointFacts } from './checkpoint-file.js'
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
export interface Checkpoint extends Omit<CheckpointFacts, 'kind' | 'settings'> {
  readonly settings: ResolvedSearchSettings
  readonly stage: StageNumber
  /** Epochs of the stage that are done; steps of the whole search that are done. */
  readonly epoch: number
  readonly step: number
  readonly decided: Decided
  /** The epochs of the stage that are done. */
  readonly history: readonly EpochRecord[]
}

/** Writes the newest checkpoint of `folder` and returns its size in bytes. @throws {EngineError} DISK_FULL */
export const writeCheckpoint = (folder: string, checkpoint: Checkpoint): number =>
  writeCheckpointFile(folder, { kind: 'search', ...checkpoint })

/**
 * The newest whole checkpoint of `folder`, or null where there is none.
 *
 * @throws {EngineError} BAD_CHECKPOINT when no whole one is left, or it is not of a search of these settings.
 */
export const readCheckpoint = (folder: string, settings: ResolvedSearchSettings): Checkpoint | null =>
  readCheckpointFile<Checkpoint & CheckpointFacts>(folder, { kind: 'search', settings })
