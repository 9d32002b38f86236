// Moves a run from one state to the next: the row and the log's entry in one transaction, and only along schema/run-state.ts.
import type { Failure } from '@cellboard/schema/error-codes'
import { isEnded, NEXT_STATES, type RunState } from '@cellboard/schema/run-state'
import type { RequiredEntityData } from '@mikro-orm/core'
import { keepArchitecture } from '../architectures/keep.js'
import { appendEvents } from '../events/log.js'
import { insertRows, type EntityManager } from '../store/orm.js'
import { genotypeOf } from '../trainings/genotype-of.js'
import { RunGroupTable, type RunGroupRow } from './group.table.js'
import { indexSettings } from './index-settings.js'
import { RunTable, type LoggedWork, type RunRow, type RunWork } from './run.table.js'

export interface StateChange {
  readonly to: RunState
  /** Changes the run only out of one of these. */
  readonly from?: readonly RunState[]
  readonly failure?: Failure
  /** A line of the log that comes before the change. */
  readonly note?: string
  /** Further columns that change with the state. */
  readonly columns?: Partial<RequiredEntityData<RunRow>>
  /** Changes the run only while this server has it. */
  readonly claimedBy?: string
}

/** Whether the state was changed: false where the run is no longer in a state from which this can follow. */
export async function changeState(em: EntityManager, runId: number, change: StateChange): Promise<boolean> {
  const { to, from, failure, note, columns, claimedBy } = change
  return em.fork().transactional(async (em) => {
    const run = await em.findOne(RunTable, runId)
    if (!run || !NEXT_STATES[run.state].includes(to) || from?.includes(run.state) === false) return false
    if (claimedBy !== undefined && run.claimedBy !== claimedBy) return false
    const now = new Date()
    em.assign(run, {
      state: to,
      lastNumber: run.lastNumber + (note ? 2 : 1),
      ...(to !== 'RUNNING' && {
        claimedBy: null,
        heartbeatAt: null,
        preparing: null,
        etaSeconds: null,
        pauseRequested: false,
      }),
      ...(isEnded(to) && { finishedAt: now, cancelRequested: false }),
      ...(failure && { failure }),
      ...columns,
    })
    const event = { type: 'state-changed' as const, state: to, ...(failure && { failure }) }
    const line = { type: 'log-line' as const, level: 'info' as const, text: note ?? '' }
    const told = note ? [line, event] : [event]
    const first = run.lastNumber - told.length + 1
    await appendEvents(
      em,
      runId,
      told.map((one, i) => ({ number: first + i, time: now.getTime(), event: one })),
    )
    return true
  })
}

export type NewRun = RunWork &
  Pick<RunRow, 'name' | 'projectId'> &
  Partial<Pick<RunRow, 'searchId' | 'createdBy' | 'retriedFrom'>>

/** Puts a run into the queue. */
export const queueRun = (em: EntityManager, run: NewRun): Promise<RunRow> =>
  em.fork().transactional((em) => insertRun(em, run, null))

/** Puts a run into the queue that takes the place of one that ended without a result: in its group too, where it has one. */
export const queueAgain = (em: EntityManager, run: NewRun, groupId: number | null): Promise<RunRow> =>
  em.fork().transactional((em) => insertRun(em, run, groupId))

/** Makes a group and puts its runs into the queue, all or none. */
export const queueGroup = (
  em: EntityManager,
  group: Pick<RunGroupRow, 'name' | 'projectId' | 'createdBy' | 'baselineOf'>,
  runs: readonly NewRun[],
): Promise<{ group: RunGroupRow; runs: RunRow[] }> =>
  em.fork().transactional(async (em) => {
    const row = em.create(RunGroupTable, { ...group, createdAt: new Date() })
    await em.persistAndFlush(row)
    const queued: RunRow[] = []
    for (const run of runs) queued.push(await insertRun(em, run, row.id))
    return { group: row, runs: queued }
  })

/** Begins a run that a program elsewhere computes: it never waits in the queue. */
export const openLoggedRun = (em: EntityManager, run: NewRun & LoggedWork, tags: readonly string[]): Promise<RunRow> =>
  em.fork().transactional(async (em) => {
    const row = await insertRun(em, run, null)
    await insertRows(
      em,
      'run_tag',
      ['run_id', 'tag'],
      tags.map((tag) => [row.id, tag]),
    )
    return row
  })

async function insertRun(em: EntityManager, run: NewRun, groupId: number | null): Promise<RunRow> {
  const now = new Date()
  const state = run.kind === 'logged' ? 'RUNNING' : 'QUEUED'
  const row = em.create(RunTable, {
    ...run,
    groupId,
    architectureHash: run.kind === 'training' ? await keepArchitecture(em, genotypeOf(run.settings)) : null,
    state,
    createdAt: now,
    startedAt: state === 'RUNNING' ? now : null,
    stepsDone: 0,
    stepsTotal: 0,
    lastNumber: 1,
    attempts: 0,
    machineFailures: 0,
    cancelRequested: false,
    pauseRequested: false,
  })
  await em.persistAndFlush(row)
  await indexSettings(em, row)
  const event = { type: 'state-changed' as const, state: state as RunState }
  await appendEvents(em, row.id, [{ number: 1, time: now.getTime(), event }])
  return row
}
