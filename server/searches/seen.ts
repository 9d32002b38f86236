// What there is to see of a search: its log folded by schema/progress.ts, kept while it grows so that a page reads only what is new.
import { foldEvents, NOTHING_SEEN, type RunSeen } from '@cellboard/schema/progress'
import { readEvents } from '../events/log.js'
import type { RunRow } from '../runs/run.table.js'
import type { EntityManager } from '../store/orm.js'

/** Folded searches kept in memory; the one looked at longest ago is dropped first. */
const MOST_KEPT = 50

interface Folded {
  readonly upTo: number
  readonly seen: RunSeen
}

const kept = new Map<string, Folded>()

export async function seenOf(em: EntityManager, run: RunRow): Promise<RunSeen> {
  const key = `${em.config.get('dbName')} ${run.id}`
  const before = kept.get(key) ?? { upTo: 0, seen: NOTHING_SEEN }
  const log = await readEvents(em, run.id, { after: before.upTo, upTo: run.lastNumber })
  const events = log.map(({ event }) => event)
  const folded = { upTo: Math.max(before.upTo, run.lastNumber), seen: foldEvents(events, before.seen) }
  kept.delete(key)
  kept.set(key, folded)
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
  return folded.seen
}
