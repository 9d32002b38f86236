// Appends to a run's log and reads it back. What makes a re-told event the same one is decided here.
import type { RunEvent, RunEventType } from '@cellboard/schema/events'
import { insertRows, rows, type EntityManager } from '../store/orm.js'
import type { EventRow } from './event.table.js'

export interface LogEntry {
  readonly number: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly event: RunEvent
}

/**
 * The name under which an event happens once in a run, as in `epoch-finished:1:3`; null for what may happen again.
 * An engine that is taken up from its checkpoint tells what came after it once more, with the same numbers.
 */
export function eventKey(event: RunEvent): string | null {
  switch (event.type) {
    case 'operators-clustered':
      return `${event.type}:${event.origin}:${event.cell ?? 'both'}`
    case 'depth-matched':
    case 'stage-started':
      return `${event.type}:${event.stage}`
    case 'epoch-finished':
    case 'shares-measured':
    case 'collapse-measured':
    case 'stopped-early':
    case 'checkpoint-written':
      return `${event.type}:${event.stage}:${event.epoch}`
    case 'genotype-derived':
      return event.final ? `${event.type}:final` : `${event.type}:${event.stage}:${event.epoch}`
    case 'candidate-trained':
      return `${event.type}:${event.number}`
    case 'clusters-chosen':
    case 'network-built':
    case 'test-measured':
    case 'files-written':
      return event.type
    case 'started': // each start of the engine is one, and so on
    case 'preparing':
    case 'state-changed':
    case 'log-line':
      return null
  }
}

/** Of these keys, those that the run's log has. */
export async function knownKeys(em: EntityManager, runId: number, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const places = keys.map(() => '?').join(', ')
  const found = await rows<{ key: string }>(em, `select key from event where run_id = ? and key in (${places})`, [
    runId,
    ...keys,
  ])
  return new Set(found.map((row) => row.key))
}

const COLUMNS = ['run_id', 'number', 'time', 'type', 'key', 'data'] as const

export const appendEvents = (em: EntityManager, runId: number, entries: readonly LogEntry[]): Promise<void> =>
  insertRows(
    em,
    'event',
    COLUMNS,
    entries.map(({ number, time, event }) => [runId, number, time, event.type, eventKey(event), JSON.stringify(event)]),
  )

/** A stretch of a run's log: numbers in (after, upTo]. */
export interface Stretch {
  readonly runId: number
  readonly after: number
  readonly upTo: number
}

/** Several stretches, one of a run, each in order of its numbers. */
export async function readStretches(
  em: EntityManager,
  stretches: readonly Stretch[],
  types?: readonly RunEventType[],
): Promise<LogEntry[][]> {
  if (stretches.length === 0) return []
  const within = stretches.map(() => '(run_id = ? and number > ? and number <= ?)').join(' or ')
  const named = types ? ` and type in (${types.map(() => '?').join(', ')})` : ''
  const found = await rows<Pick<EventRow, 'number' | 'time' | 'data'> & { run_id: number }>(
    em,
    `select run_id, number, time, data from event where (${within})${named} order by run_id, number`,
    [...stretches.flatMap(({ runId, after, upTo }) => [runId, after, upTo]), ...(types ?? [])],
  )
  const byRun = new Map<number, LogEntry[]>(stretches.map(({ runId }) => [runId, []]))
  for (const { run_id, number, time, data } of found)
    byRun.get(run_id)!.push({ number, time, event: JSON.parse(data) as RunEvent })
  return stretches.map(({ runId }) => byRun.get(runId)!)
}

/** Events of a run with numbers in (after, upTo], in order. */
export async function readEvents(
  em: EntityManager,
  runId: number,
  range: { after: number; upTo?: number; limit?: number; types?: readonly RunEventType[] },
): Promise<LogEntry[]> {
  const { after, upTo = Number.MAX_SAFE_INTEGER, limit = Number.MAX_SAFE_INTEGER, types } = range
  const named = types ? ` and type in (${types.map(() => '?').join(', ')})` : ''
  const found = await rows<Pick<EventRow, 'number' | 'time' | 'data'>>(
    em,
    `select number, time, data from event where run_id = ? and number > ? and number <= ?${named} order by number limit ?`,
    [runId, after, upTo, ...(types ?? []), limit],
  )
  return found.map(({ number, time, data }) => ({ number, time, event: JSON.parse(data) as RunEvent }))
}
