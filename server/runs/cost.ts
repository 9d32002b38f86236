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

interface Told {
  readonly run_id: number
  readonly time: number
  /** The event, as JSON, that changes the state. */
  readonly changed: string | null
}

/** Of runs by their keys. */
export const readComputingSeconds: (em: EntityManager, runId: number) => Promise<number> = batched(async (em, ids) => {
  const sql = `select run_id, time, case type when 'state-changed' then data end as changed
     from event where run_id in (${ids.map(() => '?').join(', ')}) order by run_id, number`
  const logs = new Map<number, Entry[]>(ids.map((id) => [id, []]))
  for (const { run_id, time, changed } of await rows<Told>(em, sql, [...ids]))
    logs
      .get(run_id)!
      .push({ time, state: changed === null ? null : (JSON.parse(changed) as { state: RunState }).state })
  return ids.map((id) => computingSeconds(logs.get(id)!))
})
