// The runs that found or trained an architecture: one statement for all architectures of a list.
import DataLoader from 'dataloader'
import type { Context } from '../graphql/context.js'
import { cursorOf, newestFirst, pageOf, readKeyedArgs, type PageArgs, type PageInfo } from '../graphql/paging.js'
import { RunTable, type RunKind, type RunRow } from '../runs/run.table.js'
import { queryOf, rows, type EntityManager } from '../store/orm.js'
import { seenRuns } from './find.js'

type Asked = Pick<Context, 'em' | 'rights'>

export interface Wish {
  readonly kind: RunKind
  readonly page: PageArgs
}

export interface PageOfRuns {
  readonly edges: { cursor: string; node: RunRow }[]
  readonly pageInfo: PageInfo
  readonly totalCount: number
}

/** By request, then by what is wished for. */
const loaders = new WeakMap<EntityManager, Map<string, DataLoader<string, PageOfRuns>>>()

/** A page of those that the viewer sees and that are not in the bin, the newest first. */
export function runsOf(context: Asked, hash: string, wish: Wish): Promise<PageOfRuns> {
  const { em } = context
  const ofRequest = loaders.get(em) ?? new Map<string, DataLoader<string, PageOfRuns>>()
  loaders.set(em, ofRequest)
  const key = JSON.stringify(wish)
  const loader = ofRequest.get(key) ?? new DataLoader((hashes) => readPages(context, hashes, wish), { cache: false })
  ofRequest.set(key, loader)
  return loader.load(hash)
}

interface Placed {
  readonly id: number
  readonly hash: string
  readonly total: number
}

async function readPages(
  { em, rights }: Asked,
  hashes: readonly string[],
  { kind, page: args }: Wish,
): Promise<PageOfRuns[]> {
  const reading = readKeyedArgs(args)
  const { beyond, edge, way } = newestFirst(reading)
  const theirs = queryOf(
    em
      .createQueryBuilder(RunTable, 'run')
      .select(['id', 'architectureHash'])
      .where(seenRuns(rights, { kind, trashedAt: null, architectureHash: { $in: [...hashes] } })),
  )
  // Runs on this side of the cursor come last, so that each architecture is counted even where its page is empty.
  const found = await rows<Placed>(
    em,
    `select id, hash, total from (
       select id, architecture_hash as hash, count(*) over (partition by architecture_hash) as total,
         row_number() over (partition by architecture_hash order by case when id ${beyond} ? then 0 else 1 end, id ${way}) as place
       from (${theirs.sql}) as theirs
     ) as placed where place <= ? order by id ${way}`,
    [edge, ...theirs.values, reading.size + 1],
  )
  const page = found.filter(({ id }) => (beyond === '<' ? id < edge : id > edge))
  const runs = await em.find(RunTable, { id: { $in: page.map(({ id }) => id) } })
  const byId = new Map(runs.map((run) => [run.id, run]))
  return hashes.map((hash) => {
    const own = page.filter((one) => one.hash === hash)
    const { edges, pageInfo } = pageOf(own, reading, ({ id }) => cursorOf(id))
    return {
      edges: edges.map(({ cursor, node }) => ({ cursor, node: byId.get(node.id)! })),
      pageInfo,
      totalCount: found.find((one) => one.hash === hash)?.total ?? 0,
    }
  })
}
