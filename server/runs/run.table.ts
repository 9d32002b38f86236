// One row a run: its kind, its settings, its state, how far it is. A row that is QUEUED is the run's place in the queue.
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import type { RunState } from '@cellboard/schema/run-state'
import type { Failure } from '@cellboard/schema/error-codes'
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import { FIRST_PROJECT } from '../teams/first-team.js'

export interface RunBackend {
  readonly name: string
  readonly version: string
  readonly device: string
  readonly note: string
}

/** What there is to do for an engine: the kind of a run says which settings it has. */
export type Work =
  | { readonly kind: 'search'; readonly settings: ResolvedSearchSettings }
  | { readonly kind: 'training'; readonly settings: ResolvedTrainingSettings }

/** Of a program's own naming. */
export type LoggedSettings = Readonly<Record<string, unknown>> & { readonly seed: number }
/** What a program elsewhere computes and logs here: nothing for an engine to do. */
export type LoggedWork = { readonly kind: 'logged'; readonly settings: LoggedSettings }
export type RunWork = Work | LoggedWork
export type RunKind = RunWork['kind']

export const RunTable = defineEntity({
  name: 'Run',
  tableName: 'run',
  properties: {
    id: p.integer().primary().autoincrement(),
    kind: p.string().$type<RunKind>().default('search'),
    name: p.string(),
    /** Where it belongs: decides who may see it. */
    projectId: p.integer().default(FIRST_PROJECT).index(),
    /** Who asked for it; null where the server did. */
    createdBy: p.integer().nullable(),
    notes: p.text().default(''),
    pinned: p.boolean().default(false),
    /** Since when it lies in the bin; null where it does not. */
    trashedAt: p.datetime().nullable(),
    /** Of the cell that it found or trains; null until that is known. */
    architectureHash: p.string().nullable().index(),
    /** The group that the run belongs to; null for one that was started alone. */
    groupId: p.integer().nullable().index(),
    /** The search that found the cell of a training, where it came from one. */
    searchId: p.integer().nullable().index(),
    /** The run that ended without a result and was started anew as this one. */
    retriedFrom: p.integer().nullable().index(),
    // Statuses are plain strings: SQLite enums make the schema differ forever (MikroORM 6).
    state: p.string().$type<RunState>().index(),
    settings: p.json<RunWork['settings']>(),
    failure: p.json<Failure>().nullable(),
    backend: p.json<RunBackend>().nullable(),
    createdAt: p.datetime(),
    startedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
    stepsDone: p.integer().default(0),
    stepsTotal: p.integer().default(0),
    preparing: p.string().nullable(),
    etaSeconds: p.double().$type<number>().nullable(),
    /** Number of the last event or batch of points. */
    lastNumber: p.integer().default(0),
    /** Times the engine was started for it, and times the machine failed under it. */
    attempts: p.integer().default(0),
    machineFailures: p.integer().default(0),
    /** Which server computes it, and when that server was last heard of. */
    claimedBy: p.string().nullable(),
    heartbeatAt: p.datetime().nullable(),
    /** What a person wants of a run whose engine has yet to stop. */
    cancelRequested: p.boolean().default(false),
    pauseRequested: p.boolean().default(false),
  },
})
export type RunRow = InferEntity<typeof RunTable>
export type SearchRow = RunRow & Extract<Work, { kind: 'search' }>
export type TrainingRow = RunRow & Extract<Work, { kind: 'training' }>

export const isSearch = (run: RunRow): run is SearchRow => run.kind === 'search'
export const isTraining = (run: RunRow): run is TrainingRow => run.kind === 'training'
