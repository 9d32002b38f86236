// What a run has cost: the seconds in which its engine computed, as its log tells.
import type { RunState } from '@cellboard/schema/run-state'
import { rows, type EntityManager } from '../store/orm.js'

interface Entry {
  readonly time: number
  /** Of an entry that changes the state; null in all others. */
  readonly state: RunState | null
}

/**
 * From each RUNNING to the last thing that the engine told after it, so that hours in which the server was down do not count.
 * Entries in the order of the log, times in milliseconds.
 */
export function computingSeconds(entries: Iterable<Entry>): number {
  let [milliseconds, began, last] = [0, null as number | null, 0]
  for (const { time, state } of entries) {
    if (state !== null && began !== null) {
      milliseconds += last - began
      began = null
    }
    if (state === 'RUNNING') began = time
    last = time
  }
  return (began === null ? milliseconds : milliseconds + last - began) / 1000
}

export async function readComputingSeconds(em: EntityManager, runId: number): Promise<number> {
  const sql = `select time, case type when 'state-changed' then json_extract(data, '$.state') end as state
     from event where run_id = ? order by number`
  return computingSeconds(await rows<Entry>(em, sql, [runId]))
}
