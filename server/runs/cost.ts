// What a run has cost: the seconds in which its engine computed, as its log tells.
import type { RunState } from '@cellboard/schema/run-state'
import { batched } from '../store/batched.js'
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

/** Of runs by their keys. */
export const readComputingSeconds: (em: EntityManager, runId: number) => Promise<number> = batched(async (em, ids) => {
  const sql = `select run_id, time, case type when 'state-changed' then json_extract(data, '$.state') end as state
     from event where run_id in (${ids.map(() => '?').join(', ')}) order by run_id, number`
  const logs = new Map<number, Entry[]>(ids.map((id) => [id, []]))
  for (const entry of await rows<Entry & { run_id: number }>(em, sql, [...ids])) logs.get(entry.run_id)!.push(entry)
  return ids.map((id) => computingSeconds(logs.get(id)!))
})
