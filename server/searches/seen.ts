// What there is to see of a search: its log folded by schema/progress.ts, kept while it grows so that a page reads only what is new.
import { foldEvents, NOTHING_SEEN, type RunSeen } from '@cellboard/schema/progress'
import { readStretches } from '../events/log.js'
import type { RunRow } from '../runs/run.table.js'
import { batched } from '../store/batched.js'
import type { EntityManager } from '../store/orm.js'

/** Folded searches kept in memory; the one looked at longest ago is dropped first. */
const MOST_KEPT = 200

interface Folded {
  readonly upTo: number
  readonly seen: RunSeen
}

const kept = new Map<string, Folded>()

export const seenOf: (em: EntityManager, run: RunRow) => Promise<RunSeen> = batched(async (em, runs) => {
  const store = String(em.config.get('dbName'))
  const different = [...new Map(runs.map((run) => [run.id, run])).values()]
  const before = new Map(different.map(({ id }) => [id, kept.get(`${store} ${id}`) ?? { upTo: 0, seen: NOTHING_SEEN }]))
  const logs = await readStretches(
    em,
    different.map(({ id, lastNumber }) => ({ runId: id, after: before.get(id)!.upTo, upTo: lastNumber })),
  )
  const seen = new Map<number, RunSeen>()
  different.forEach(({ id, lastNumber }, i) => {
    const known = before.get(id)!
    const events = logs[i]!.map(({ event }) => event)
    const folded = { upTo: Math.max(known.upTo, lastNumber), seen: foldEvents(events, known.seen) }
    seen.set(id, folded.seen)
    keep(`${store} ${id}`, folded)
  })
  return runs.map(({ id }) => seen.get(id)!)
})

function keep(key: string, folded: Folded): void {
  kept.delete(key)
  kept.set(key, folded)
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
}
