// Moves a run from one state to the next: the row and the log's entry in one transaction, and only along schema/run-state.ts.
import type { Failure } from '@cellboard/schema/error-codes'
import { isEnded, NEXT_STATES, type RunState } from '@cellboard/schema/run-state'
import type { RequiredEntityData } from '@mikro-orm/core'
import { appendEvents } from '../events/log.js'
import type { EntityManager } from '../store/orm.js'
import { RunTable, type RunRow } from './run.table.js'

export interface StateChange {
  readonly to: RunState
  readonly failure?: Failure
  /** Further columns that change with the state. */
  readonly columns?: Partial<RequiredEntityData<RunRow>>
  /** Changes the run only while this server has it. */
  readonly claimedBy?: string
}

/** Whether the state was changed: false where the run is no longer in a state from which this can follow. */
export async function changeState(em: EntityManager, runId: number, change: StateChange): Promise<boolean> {
  const { to, failure, columns, claimedBy } = change
  return em.fork().transactional(async (em) => {
    const run = await em.findOne(RunTable, runId)
    if (!run || !NEXT_STATES[run.state].includes(to)) return false
    if (claimedBy !== undefined && run.claimedBy !== claimedBy) return false
    const now = new Date()
    em.assign(run, {
      state: to,
      lastNumber: run.lastNumber + 1,
      ...(to !== 'RUNNING' && { claimedBy: null, heartbeatAt: null, preparing: null, etaSeconds: null }),
      ...(isEnded(to) && { finishedAt: now, cancelRequested: false }),
      ...(failure && { failure }),
      ...columns,
    })
    const event = { type: 'state-changed' as const, state: to, ...(failure && { failure }) }
    await appendEvents(em, runId, [{ number: run.lastNumber, time: now.getTime(), event }])
    return true
  })
}

/** Puts a run into the queue. */
export async function queueRun(em: EntityManager, run: Pick<RunRow, 'name' | 'settings'>): Promise<RunRow> {
  return em.fork().transactional(async (em) => {
    const now = new Date()
    const row = em.create(RunTable, {
      ...run,
      state: 'QUEUED',
      createdAt: now,
      stepsDone: 0,
      stepsTotal: 0,
      lastNumber: 1,
      attempts: 0,
      machineFailures: 0,
      cancelRequested: false,
    })
    await em.persistAndFlush(row)
    await appendEvents(em, row.id, [
      { number: 1, time: now.getTime(), event: { type: 'state-changed', state: 'QUEUED' } },
    ])
    return row
  })
}
