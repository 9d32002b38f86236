// Pages of runs in any order. A cursor holds the value and the id of its run, so that the five-hundredth page costs what the first does.
import { badField, badInput } from '../errors.js'
import { pageOf, readPageArgs, type PageArgs, type PageInfo } from '../graphql/paging.js'
import type { Rights } from '../people/rights.js'
import { rows, type EntityManager } from '../store/orm.js'
import { checkSettingNames, filterConditions, PICKED, visible, type Bound, type Condition } from './filter-sql.js'
import { Pick } from './group.type.js'
import { OrderDirection, RunOrderBy, type RunFilter, type RunOrder } from './run-filter.input.js'
import { RunTable, type RunRow } from './run.table.js'

/** Part of an order: the runs that have a value of one kind, by it; the last part has those without. */
interface Part {
  readonly from: Condition
  /** Null: by id alone. */
  readonly value: string | null
}

const all = (sql: string, ...values: Bound[]): Condition => ({ sql, values })

function partsOf({ by, name, pick }: RunOrder): Part[] {
  const byColumn = (value: string): Part[] => [
    { from: all(`run where ${value} is not null`), value },
    { from: all(`run where ${value} is null`), value: null },
  ]
  switch (by) {
    case RunOrderBy.CREATED_AT:
      return [{ from: all('run where 1 = 1'), value: null }]
    case RunOrderBy.STARTED_AT:
      return byColumn('run.started_at')
    case RunOrderBy.FINISHED_AT:
      return byColumn('run.finished_at')
    case RunOrderBy.DURATION:
      return byColumn('(run.finished_at - run.started_at)')
    case RunOrderBy.NAME:
      return byColumn('run.name')
    case RunOrderBy.METRIC: {
      const column = `o."${PICKED[pick ?? Pick.LAST]}"`
      const has = `o.metric = ? and ${column} is not null`
      return [
        { from: all(`metric_summary o join run on run.id = o.run_id where ${has}`, nameOf(name)), value: column },
        {
          from: all(
            `run where not exists (select 1 from metric_summary o where o.run_id = run.id and ${has})`,
            nameOf(name),
          ),
          value: null,
        },
      ]
    }
    case RunOrderBy.SETTING: {
      const setting = nameOf(name)
      const valued = (column: string): Part => ({
        from: all(`run_setting o join run on run.id = o.run_id where o.name = ? and ${column} is not null`, setting),
        value: column,
      })
      const without = 'run where not exists (select 1 from run_setting o where o.run_id = run.id and o.name = ?)'
      return [valued('o.number'), valued('o.text'), { from: all(without, setting), value: null }]
    }
  }
}

function nameOf(name: string | null | undefined): string {
  if (name) return name
  throw badInput('Expected the name of the metric or setting to order by, but received none.', [
    { path: 'order.name', message: 'Expected the name of the metric or setting to order by, but received none.' },
  ])
}

export interface Wanted {
  readonly filter: RunFilter
  readonly order: RunOrder
  readonly page: PageArgs
}

/** So many runs are sorted in a moment. */
const FEW = 5_000

interface Narrowed extends Condition {
  readonly isFew: boolean
}

/** Where few runs have it, the condition as the set of these: then a page is found among them, and not by going through an order. */
async function narrowed(em: EntityManager, condition: Condition): Promise<Narrowed> {
  const { ids } = condition
  if (!ids) return { ...condition, isFew: false }
  const sql = `select count(*) as n from (${ids.sql} limit ?) found`
  const [counted] = await rows<{ n: number }>(em, sql, [...ids.values, FEW + 1])
  const isFew = Number(counted!.n) <= FEW
  return isFew ? { sql: `run.id in (${ids.sql})`, values: ids.values, isFew } : { ...condition, isFew }
}

/** The same part, begun with the runs: `cross join` keeps SQLite from going through the order's index first. */
const fromRuns = ({ from, value }: Part): Part => ({
  from: {
    ...from,
    sql: from.sql.replace(
      /^(\w+) o join run on run\.id = o\.run_id where/,
      'run cross join $1 o where o.run_id = run.id and',
    ),
  },
  value,
})

interface Found {
  readonly id: number
  readonly value: Bound | null
}

/** Where a run stands in an order. */
type Place = readonly [part: number, value: Bound | null, id: number]

export interface FoundPage {
  readonly edges: { readonly cursor: string; readonly node: RunRow }[]
  readonly pageInfo: PageInfo
  /** Counted only where it is asked for. */
  readonly countAll: () => Promise<number>
}

/** @throws BAD_USER_INPUT for a page, a filter or an order that cannot be, or a cursor of another order */
export async function findRuns(em: EntityManager, rights: Rights, wanted: Wanted): Promise<FoundPage> {
  const { filter, order } = wanted
  const reading = readPageArgs(wanted.page)
  const { isBackward, size, cursor } = reading
  await checkSettingNames(em, rights, [
    ...(filter.settings ?? []).map(({ name }, i) => ({ path: `filter.settings.${i}.name`, name })),
    ...(order.by === RunOrderBy.SETTING && order.name ? [{ path: 'order.name', name: order.name }] : []),
  ])
  const conditions = await Promise.all([visible(rights), ...filterConditions(filter)].map((one) => narrowed(em, one)))
  const startsFromRuns = conditions.some(({ isFew }) => isFew)
  const parts = partsOf(order).map((part) => (startsFromRuns ? fromRuns(part) : part))
  const named = JSON.stringify([
    order.by,
    order.name ?? null,
    order.pick ?? null,
    order.direction ?? OrderDirection.DESC,
  ])
  const start = cursor === null ? null : readPlace(cursor, named, isBackward ? 'before' : 'after')
  const descends = (order.direction ?? OrderDirection.DESC) === OrderDirection.DESC
  const found: { place: Place }[] = []
  const sequence = parts.map((_, i) => i)
  if (isBackward) sequence.reverse()
  for (const i of sequence) {
    const isPast = start !== null && (isBackward ? i > start[0] : i < start[0])
    if (isPast || found.length > size) continue
    const within = start !== null && start[0] === i ? start : null
    const some = await readPart(em, parts[i]!, conditions, {
      descends: descends !== isBackward,
      within,
      limit: size + 1 - found.length,
    })
    found.push(...some.map(({ id, value }) => ({ place: [i, value, id] as Place })))
  }
  const { edges, pageInfo } = pageOf(found, reading, ({ place }) => cursorOf(place, named))
  const ids = edges.map(({ node }) => node.place[2])
  const runs = new Map((await em.find(RunTable, { id: { $in: ids } })).map((run) => [run.id, run]))
  return {
    edges: edges.flatMap(({ cursor, node }) => {
      const run = runs.get(node.place[2])
      return run ? [{ cursor, node: run }] : []
    }),
    pageInfo,
    countAll: () => countRuns(em, conditions),
  }
}

async function readPart(
  em: EntityManager,
  { from, value }: Part,
  conditions: readonly Condition[],
  { descends, within, limit }: { descends: boolean; within: Place | null; limit: number },
): Promise<Found[]> {
  const [less, way] = descends ? ['<', 'desc'] : ['>', 'asc']
  const clauses = [from, ...conditions]
  const id = value?.startsWith('o.') ? 'o.run_id' : 'run.id'
  if (within) {
    const [, at, from] = within
    // As one comparison of pairs, which an index answers: with `or` between it would read all pages before.
    clauses.push(value === null ? all(`run.id ${less} ?`, from) : all(`(${value}, ${id}) ${less} (?, ?)`, at!, from))
  }
  const sql = `select run.id as id, ${value ?? 'null'} as value from ${clauses.map((one) => one.sql).join(' and ')}
    order by ${value === null ? '' : `${value} ${way}, `}${id} ${way} limit ?`
  return rows<Found>(em, sql, [...clauses.flatMap(({ values }) => values), limit])
}

async function countRuns(em: EntityManager, conditions: readonly Condition[]): Promise<number> {
  const sql = `select count(*) as n from run where ${conditions.map((one) => one.sql).join(' and ')}`
  const [counted] = await rows<{ n: number }>(
    em,
    sql,
    conditions.flatMap(({ values }) => values),
  )
  return Number(counted!.n)
}

const cursorOf = (place: Place, named: string): string =>
  Buffer.from(JSON.stringify([named, ...place])).toString('base64url')

function readPlace(cursor: string, named: string, path: string): Place {
  try {
    const [order, part, value, id, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    const isValue = value === null || typeof value === 'string' || typeof value === 'number'
    if (order === named && Number.isInteger(part) && isValue && Number.isSafeInteger(id) && rest.length === 0)
      return [part as number, value, id as number]
  } catch {
    // Not JSON: told below.
  }
  throw badField(
    path,
    `Expected a cursor that this server gave out for this order, but received "${cursor.slice(0, 100)}".`,
  )
}
