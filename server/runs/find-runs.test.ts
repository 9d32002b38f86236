// Pages of runs in every order, forward and backward, are those of sorting all of them.
import fc from 'fast-check'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { expect, test } from 'vitest'
import { Rights } from '../people/rights.js'
import { openForTest } from '../store/open-for-test.js'
import { insertRows, type EntityManager } from '../store/orm.js'
import { findRuns, type Wanted } from './find-runs.js'
import { Pick } from './group.type.js'
import {
  OrderDirection,
  RunOrderBy,
  type MetricFilter,
  type RunFilter,
  type RunOrder,
  type SettingFilter,
} from './run-filter.input.js'
import { RunTable, type RunRow } from './run.table.js'
import { queueRun } from './state.js'

const rights = new Rights(new Map(), [{ id: 1, teamId: 1, role: 'viewer' }], {
  run: new Set(),
  group: new Set(),
  study: new Set(),
  board: new Set(),
})

interface Made {
  readonly name: string
  readonly batch: number
  readonly accuracy: number | null
  readonly finished: number | null
  readonly tags: readonly string[]
  readonly projectId: number
  readonly isIn: boolean
}

async function make(em: EntityManager, made: Made): Promise<RunRow> {
  const settings = resolveSettings(searchSettingsSchema.parse({ dataset: 'digits', batch: made.batch }))
  const { id } = await queueRun(em, { kind: 'search', name: made.name, projectId: made.projectId, settings })
  const run = await em.findOneOrFail(RunTable, id)
  em.assign(run, {
    finishedAt: made.finished === null ? null : new Date(made.finished),
    trashedAt: made.isIn ? new Date() : null,
  })
  await em.flush()
  if (made.accuracy !== null)
    await insertRows(
      em,
      'metric_summary',
      ['run_id', 'metric', 'count', 'last', 'last_step', 'min', 'min_step', 'max', 'max_step'],
      [[id, 'accuracy', 1, made.accuracy, 1, made.accuracy, 1, made.accuracy, 1]],
    )
  await insertRows(
    em,
    'run_tag',
    ['run_id', 'tag'],
    made.tags.map((tag) => [id, tag]),
  )
  return run
}

const wanted = (more: Partial<Wanted>): Wanted => ({
  filter: {},
  order: { by: RunOrderBy.CREATED_AT },
  page: {},
  ...more,
})

async function walk(em: EntityManager, filter: RunFilter, order: RunOrder, size: number, isBackward: boolean) {
  const ids: number[] = []
  for (let cursor: string | null = null; ;) {
    const page = isBackward ? { last: size, before: cursor } : { first: size, after: cursor }
    const found = await findRuns(em, rights, wanted({ filter, order, page }))
    const some = found.edges.map(({ node }) => node.id)
    if (isBackward) ids.unshift(...some)
    else ids.push(...some)
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = found.pageInfo
    if (!(isBackward ? hasPreviousPage : hasNextPage)) return { ids, total: await found.countAll() }
    cursor = isBackward ? startCursor : endCursor
  }
}

const made = fc.record<Made>({
  name: fc.constantFrom('a', 'B', 'b%c', 'x_y', 'Zürich'),
  batch: fc.constantFrom(16, 32, 64),
  accuracy: fc.option(fc.constantFrom(0.5, 0.25, 0.1 + 0.2, 0.3, -1)),
  finished: fc.option(fc.constantFrom(1_000, 2_000)),
  tags: fc.subarray(['one', 'two', 'three']),
  projectId: fc.constantFrom(1, 1, 1, 2),
  isIn: fc.constantFrom(false, false, true),
})
const orders = fc.record<RunOrder>({
  by: fc.constantFrom(RunOrderBy.CREATED_AT, RunOrderBy.NAME, RunOrderBy.FINISHED_AT),
  direction: fc.constantFrom(OrderDirection.ASC, OrderDirection.DESC),
})
const named = fc.record<RunOrder>({
  by: fc.constantFrom(RunOrderBy.METRIC, RunOrderBy.SETTING),
  name: fc.constant(''),
  pick: fc.constantFrom(Pick.LAST, Pick.MIN, Pick.MAX),
  direction: fc.constantFrom(OrderDirection.ASC, OrderDirection.DESC),
})
const filters: fc.Arbitrary<RunFilter> = fc.record(
  {
    text: fc.constantFrom('b', '%', '_', 'ü', ''),
    tags: fc.record({ all: fc.subarray(['one', 'two']), none: fc.subarray(['three']) }),
    trashed: fc.boolean(),
    settings: fc.constantFrom(
      [{ name: 'batch', min: 32 }],
      [{ name: 'dataset', oneOf: ['digits'] }],
      [{ name: 'batch', is: 16 }],
      [{ name: 'batch', above: 16, below: 64 }],
    ),
    metrics: fc.constantFrom(
      [{ name: 'accuracy', min: 0.3 }],
      [{ name: 'accuracy', above: 0.3, below: 0.5 }],
      [{ name: 'accuracy', missing: true }],
      [{ name: 'other' }],
    ),
  },
  { requiredKeys: [] },
)

const isWithin = ({ min, above, below }: SettingFilter | MetricFilter, value: number) =>
  value >= (min ?? -Infinity) && value > (above ?? -Infinity) && value < (below ?? Infinity)

/** By the words of the filter, with nothing of the code that it judges. */
function matches(filter: RunFilter, { name, batch, accuracy, tags, projectId, isIn }: Made): boolean {
  if (projectId !== 1 || isIn !== (filter.trashed ?? false)) return false
  if (filter.text && !name.toLowerCase().includes(filter.text)) return false
  if (filter.tags?.all?.some((tag) => !tags.includes(tag)) || filter.tags?.none?.some((tag) => tags.includes(tag)))
    return false
  for (const one of filter.settings ?? [])
    if (one.name === 'batch' && !((one.is == null || batch === one.is) && isWithin(one, batch))) return false
  for (const one of filter.metrics ?? []) {
    const has = one.name === 'accuracy' && accuracy !== null && isWithin(one, accuracy)
    if (has === (one.missing ?? false)) return false
  }
  return true
}

test('every page in every order', async () => {
  const store = await openForTest()
  await fc.assert(
    fc.asyncProperty(
      fc.array(made, { maxLength: 12 }),
      fc.oneof(orders, named),
      filters,
      fc.integer({ min: 1, max: 5 }),
      async (all, asked, filter, size) => {
        const em = store.em.fork()
        for (const table of ['run', 'metric_summary', 'run_setting', 'run_tag', 'event'])
          await em.execute(`delete from ${table}`)
        const order = {
          ...asked,
          ...(asked.by === RunOrderBy.METRIC && { name: 'accuracy' }),
          ...(asked.by === RunOrderBy.SETTING && { name: 'batch' }),
        }
        const valueOf = {
          [RunOrderBy.NAME]: (one: Made) => one.name,
          [RunOrderBy.FINISHED_AT]: (one: Made) => one.finished,
          [RunOrderBy.METRIC]: (one: Made) => one.accuracy,
          [RunOrderBy.SETTING]: (one: Made) => one.batch,
        }[asked.by as string]
        const kept: { id: number; value: number | string | null }[] = []
        for (const one of all) {
          const { id } = await make(em, one)
          if (matches(filter, one)) kept.push({ id, value: valueOf?.(one) ?? null })
        }
        const sign = order.direction === OrderDirection.ASC ? 1 : -1
        kept.sort((a, b) => {
          if (a.value !== b.value) {
            if (a.value === null) return 1
            if (b.value === null) return -1
            return a.value < b.value ? -sign : sign
          }
          return sign * (a.id - b.id)
        })
        const ids = kept.map(({ id }) => id)
        for (const isBackward of [false, true])
          expect(await walk(em, filter, order, size, isBackward)).toEqual({ ids, total: ids.length })
      },
    ),
    { numRuns: 60 },
  )
})

test('what cannot be asked is refused at its place', async () => {
  const { em } = await openForTest()
  const refused = (more: Partial<Wanted>) =>
    findRuns(em.fork(), rights, wanted(more)).catch((error: Error) => error.message)
  expect(await refused({ filter: { settings: [{ name: 'bach', is: 1 }] } })).toBe(
    'Expected the key of a setting, but received "bach". Did you mean batch?',
  )
  expect(await refused({ order: { by: RunOrderBy.METRIC } })).toContain('Expected the name of the metric or setting')
  expect(await refused({ page: { after: 'nonsense' } })).toContain(
    'Expected a cursor that this server gave out for this order',
  )
  expect(await refused({ page: { first: 1, last: 1 } })).toContain('but received some of both')
  const other = Buffer.from(JSON.stringify(['["NAME",null,null,"DESC"]', 0, 'a', 1])).toString('base64url')
  expect(await refused({ page: { after: other } })).toContain('for this order')
})

test('a setting of logged runs is asked for by those who see one of them', async () => {
  const { em } = await openForTest()
  const mine = { name: 'a', batch: 16, accuracy: null, finished: null, tags: [], isIn: false }
  for (const [projectId, name] of [
    [1, 'warmupOfMine'],
    [2, 'warmupOfOthers'],
  ] as const) {
    const { id } = await make(em.fork(), { ...mine, projectId })
    await insertRows(em.fork(), 'run_setting', ['run_id', 'name', 'number', 'text'], [[id, name, 3, null]])
  }
  const askedFor = (name: string) => findRuns(em.fork(), rights, wanted({ filter: { settings: [{ name, above: 2 }] } }))
  expect((await askedFor('warmupOfMine')).edges).toHaveLength(1)
  await expect(askedFor('warmupOfOthers')).rejects.toThrow('Expected the key of a setting')
})
