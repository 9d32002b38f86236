// Architectures that a viewer sees: those of the runs that they see. All others look as if they were not there.
import type { FilterQuery } from '@mikro-orm/core'
import { notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { cursorOf, newestFirst, pageOf, readKeyedArgs, type PageArgs } from '../graphql/paging.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import { queryOf, rows } from '../store/orm.js'
import { parseArchitectureId } from './architecture-id.js'
import { shownArchitecture, type Architecture, type ArchitectureConnection } from './architecture.type.js'

type Asked = Pick<Context, 'em' | 'rights'>

/** Null where no run that the viewer sees has it. */
export async function seenArchitecture({ em, rights }: Asked, id: string): Promise<Architecture | null> {
  const hash = parseArchitectureId(id)
  const seen = hash === null ? 0 : await em.count(RunTable, seenRuns(rights, { architectureHash: hash }))
  return seen > 0 ? shownArchitecture(hash!) : null
}

/** @throws NOT_FOUND, also where the viewer may not see it */
export async function findArchitecture(context: Asked, id: string): Promise<Architecture> {
  const found = await seenArchitecture(context, id)
  if (!found) throw notFound('an architecture', id)
  return found
}

export const seenRuns = (rights: Asked['rights'], also: FilterQuery<RunRow>) =>
  ({ $and: [rights.whereRuns, also] }) as FilterQuery<RunRow>

/** Those of the viewer's runs, the one with the newest run first. */
export async function pageOfArchitectures({ em, rights }: Asked, args: PageArgs): Promise<ArchitectureConnection> {
  const reading = readKeyedArgs(args)
  const { beyond, edge, way } = newestFirst(reading)
  const theirs = queryOf(
    em
      .createQueryBuilder(RunTable, 'run')
      .select(['architectureHash', 'id'])
      .where(seenRuns(rights, { trashedAt: null, architectureHash: { $ne: null } })),
  )
  const found = await rows<{ hash: string; newest: number; total: number }>(
    em,
    `select hash, newest, total from (
       select architecture_hash as hash, max(id) as newest, count(*) over () as total
       from (${theirs.sql}) as theirs group by architecture_hash
     ) as architectures
     order by case when newest ${beyond} ? then 0 else 1 end, newest ${way} limit ?`,
    [...theirs.values, edge, reading.size + 1],
  )
  const page = found.filter(({ newest }) => (beyond === '<' ? newest < edge : newest > edge))
  const { edges, pageInfo } = pageOf(page, reading, ({ newest }) => cursorOf(newest))
  return {
    edges: edges.map(({ cursor, node }) => ({ cursor, node: shownArchitecture(node.hash) })),
    pageInfo,
    totalCount: found[0]?.total ?? 0,
  }
}
