// The global id of a group of runs, as in `group-3`.
import { notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import type { EntityManager } from '../store/orm.js'
import { RunGroupTable, type RunGroupRow } from './group.table.js'
import { RunTable, type RunRow } from './run.table.js'

export const groupId = (group: { readonly id: number }): string => `group-${group.id}`

/** The row's key in a global id, or null where it is no group's. */
export function parseGroupId(id: string): number | null {
  const number = /^group-([1-9]\d{0,14})$/.exec(id)?.[1]
  return number ? Number(number) : null
}

/** @throws NOT_FOUND, also where the viewer may not see it */
export async function findGroup({ em, rights }: Pick<Context, 'em' | 'rights'>, id: string): Promise<RunGroupRow> {
  const key = parseGroupId(id)
  const group = key && (await em.findOne(RunGroupTable, key))
  if (!group || !rights.seesGroup(group)) throw notFound('a group of runs', id)
  return group
}

/** Its runs in the order in which they were queued. */
export const runsOf = (em: EntityManager, group: RunGroupRow): Promise<RunRow[]> =>
  em.find(RunTable, { groupId: group.id }, { orderBy: { id: 'asc' } })
