// The global id of a run, as in `search-7` or `training-8`: opaque to clients, readable to people.
import { notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { RunTable, type RunKind, type RunRow } from './run.table.js'

export const runId = ({ kind, id }: { readonly kind: RunKind; readonly id: number }): string => `${kind}-${id}`

/** Kind and key of the row in a global id, or null where it is no run's. */
export function parseRunId(id: string): { kind: RunKind; id: number } | null {
  const [, kind, number] = /^(search|training|logged)-([1-9]\d{0,14})$/.exec(id) ?? []
  return kind && number ? { kind: kind as RunKind, id: Number(number) } : null
}

/** @throws NOT_FOUND, also where the viewer may not see it */
export async function findRun({ em, rights }: Pick<Context, 'em' | 'rights'>, id: string): Promise<RunRow> {
  const key = parseRunId(id)
  const run = key && (await em.findOne(RunTable, { ...key }))
  if (!run || !rights.seesRun(run)) throw notFound('a run', id)
  return run
}
