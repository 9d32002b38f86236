// The global id of a run, as in `search-7`: opaque to clients, readable to people.
import { notFound } from '../errors.js'
import type { EntityManager } from '../store/orm.js'
import { RunTable, type RunRow } from './run.table.js'

export const runId = (run: { readonly id: number }): string => `search-${run.id}`

/** The row's key in a global id, or null where it is no run's. */
export function parseRunId(id: string): number | null {
  const number = /^search-([1-9]\d{0,14})$/.exec(id)?.[1]
  return number ? Number(number) : null
}

/** @throws NOT_FOUND */
export async function findRun(em: EntityManager, id: string): Promise<RunRow> {
  const key = parseRunId(id)
  const run = key && (await em.findOne(RunTable, key))
  if (!run) throw notFound('a run', id)
  return run
}
