// What the server and a forked engine tell each other: one typed map in each direction.
import type { Failure } from '@cellboard/schema/error-codes'
import type { EngineEvent } from '@cellboard/schema/events'
import type { MetricColumns } from '../metrics/points.js'
import type { Work } from '../runs/run.table.js'

/** What the log of a run takes from the engine: its events without the steps, and the steps' metrics as columns. */
export type ToldEvent = Exclude<EngineEvent, { type: 'step-finished' }>
export type Told =
  | { readonly kind: 'event'; readonly time: number; readonly event: ToldEvent }
  | { readonly kind: 'points'; readonly columns: readonly MetricColumns[] }

export interface Job {
  readonly work: Work
  readonly dataFolder: string
  /** Folder of this run alone: its checkpoint, the files it leaves, and the lock that keeps two engines off it. */
  readonly runFolder: string
  readonly engineModule: string | null
  /** The last step in the run's log: a checkpoint from further on is of no use. */
  readonly stepsDone: number
}

/** Everything since the message before, in order; the next is sent when this one is recorded. */
export interface Batch {
  readonly type: 'told'
  readonly told: readonly Told[]
  /** The last step made, null where none was since the engine began; seconds left as it reckons. */
  readonly step: number | null
  readonly etaSeconds: number | null
}

export type ToEngine =
  | { readonly type: 'begin'; readonly job: Job }
  | { readonly type: 'recorded' }
  /** End before the next step. */
  | { readonly type: 'stop' }

export type FromEngine =
  | Batch
  | { readonly type: 'finished' }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly failure: Failure; readonly stack?: string }
