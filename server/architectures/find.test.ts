// Architectures in the store: kept once, given to runs from before, and shown only by runs that may be seen.
import type { Genotype } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { resolveTrainingSettings, trainingSettingsSchema } from '@cellboard/schema/training-settings'
import { expect, test } from 'vitest'
import { appendEvents } from '../events/log.js'
import { newLoaders } from '../graphql/loaders.js'
import { Rights } from '../people/rights.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import { queueRun } from '../runs/state.js'
import { openForTest } from '../store/open-for-test.js'
import { rows, type EntityManager, type Store } from '../store/orm.js'
import { architectureId, hashOf } from './architecture-id.js'
import { findArchitecture, pageOfArchitectures, seenArchitecture } from './find.js'
import { fillArchitectures, keepArchitecture } from './keep.js'
import { runsOf } from './runs-of.js'

const CELLS: readonly Genotype[] = (['nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3'] as const).map((operator) => ({
  space: 'nas-bench-201',
  normal: [1, 2, 3].map((nodes) => Array.from({ length: nodes }, (_, from) => ({ operator, from }))),
}))
const HASHES = CELLS.map(hashOf)

const seeing = (...projects: number[]) =>
  new Rights(
    new Map(),
    projects.map((id) => ({ id, teamId: 1, role: null })),
    { run: new Set(), group: new Set(), study: new Set(), board: new Set() },
  )

function training(em: EntityManager, cell: Genotype, projectId = 1): Promise<RunRow> {
  const given = trainingSettingsSchema.parse({ dataset: 'digits', genotype: genotypeText(cell) })
  const settings = resolveTrainingSettings(given, cell.space)
  return queueRun(em, { kind: 'training', name: 'a training', projectId, settings })
}

async function search(em: EntityManager, cell: Genotype, projectId = 1): Promise<RunRow> {
  const settings = resolveSettings(searchSettingsSchema.parse({ space: 'nas-bench-201', dataset: 'digits' }))
  const run = await queueRun(em, { kind: 'search', name: 'a search', projectId, settings })
  const architectureHash = await keepArchitecture(em, cell)
  await em.nativeUpdate(RunTable, run.id, { architectureHash })
  return run
}

/** Counts the statements that read. */
async function counted<T>(store: Store, work: () => Promise<T>): Promise<{ statements: number; value: T }> {
  let statements = 0
  const count = () => statements++
  store.em.getKnex().on('query', count)
  const value = await work()
  store.em.getKnex().removeListener('query', count)
  return { statements, value }
}

test('a training has its architecture from the queue on, and shares it', async () => {
  const store = await openForTest()
  const em = store.em.fork()
  const [one, other] = [await training(em, CELLS[0]!), await training(em, CELLS[0]!)]
  expect([one.architectureHash, other.architectureHash]).toEqual([HASHES[0], HASHES[0]])
  expect(await rows(em, 'select hash from architecture')).toEqual([{ hash: HASHES[0] }])
})

test('runs from before are given theirs once; those that have found nothing are left', async () => {
  const store = await openForTest()
  const em = store.em.fork()
  const trained = await training(em, CELLS[0]!)
  const found = await search(em, CELLS[1]!)
  const empty = await search(em, CELLS[2]!)
  const event = { type: 'genotype-derived', stage: 1, epoch: 1, final: true, genotype: CELLS[1]! } as const
  await appendEvents(em, found.id, [{ number: 2, time: 1, event }])
  await appendEvents(em, empty.id, [{ number: 2, time: 1, event: { ...event, final: false } }])
  await rows(em, 'update run set architecture_hash = null')
  await rows(em, 'delete from architecture')

  await fillArchitectures(store.em.fork())
  const after = await rows<{ id: number; hash: string | null }>(em, 'select id, architecture_hash as hash from run')
  expect(new Map(after.map(({ id, hash }) => [id, hash]))).toEqual(
    new Map([
      [trained.id, HASHES[0]],
      [found.id, HASHES[1]],
      [empty.id, null],
    ]),
  )
  const again = await counted(store, () => fillArchitectures(store.em.fork()))
  expect(again.statements).toBeLessThan(5)
})

test('an architecture is there only for who sees a run of it', async () => {
  const store = await openForTest()
  const em = store.em.fork()
  await search(em, CELLS[0]!, 1)
  await search(em, CELLS[1]!, 2)
  await training(em, CELLS[1]!, 1)
  const mine = { em, rights: seeing(1) }
  const theirs = { em, rights: seeing(2) }
  const [first, second, never] = [HASHES[0]!, HASHES[1]!, 'f'.repeat(16)].map(architectureId)
  expect((await findArchitecture(mine, first!)).hash).toBe(HASHES[0])
  expect(await seenArchitecture(theirs, first!)).toBeNull()
  await expect(findArchitecture(theirs, first!)).rejects.toThrow(
    `Expected an architecture, but found none with id "${first}"`,
  )
  await expect(findArchitecture(theirs, never!)).rejects.toThrow(
    `Expected an architecture, but found none with id "${never}"`,
  )
  expect((await findArchitecture(theirs, second!)).hash).toBe(HASHES[1])
  const page = { first: 10 }
  expect((await runsOf(mine, HASHES[1]!, { kind: 'search', page })).totalCount).toBe(0)
  expect((await runsOf(mine, HASHES[1]!, { kind: 'training', page })).totalCount).toBe(1)
  const em2 = store.em.fork()
  expect((await runsOf({ ...theirs, em: em2 }, HASHES[1]!, { kind: 'search', page })).totalCount).toBe(1)
  expect((await pageOfArchitectures(mine, page)).totalCount).toBe(2)
  expect((await pageOfArchitectures(theirs, page)).edges.map(({ node }) => node.hash)).toEqual([HASHES[1]])
  expect((await pageOfArchitectures({ em, rights: seeing() }, page)).totalCount).toBe(0)
})

test('pages go through all, each once, the newest run first', async () => {
  const store = await openForTest()
  const em = store.em.fork()
  const runs: number[] = []
  for (let i = 0; i < 7; i++) runs.push((await search(em, CELLS[i % 3]!)).id)
  const context = { em, rights: seeing(1) }

  const seen: string[] = []
  for (let after: string | null = null; ;) {
    const { edges, pageInfo, totalCount } = await pageOfArchitectures(context, { first: 2, after })
    expect(totalCount).toBe(3)
    seen.push(...edges.map(({ node }) => node.hash))
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  expect(seen).toEqual([HASHES[0], HASHES[2], HASHES[1]])

  const found: number[] = []
  for (let after: string | null = null; ;) {
    const { edges, pageInfo, totalCount } = await runsOf(context, HASHES[0]!, {
      kind: 'search',
      page: { first: 2, after },
    })
    expect(totalCount).toBe(3)
    found.push(...edges.map(({ node }) => node.id))
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  expect(found).toEqual([runs[6], runs[3], runs[0]])

  const { pageInfo: last, edges: oldest } = await pageOfArchitectures(context, { last: 2 })
  expect(oldest.map(({ node }) => node.hash)).toEqual([HASHES[2], HASHES[1]])
  expect(last).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  const rest = await pageOfArchitectures(context, { last: 2, before: last.startCursor })
  expect(rest.edges.map(({ node }) => node.hash)).toEqual([HASHES[0]])
  expect(rest).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true, hasPreviousPage: false } })

  const back = await runsOf(context, HASHES[0]!, { kind: 'search', page: { last: 2 } })
  expect(back.edges.map(({ node }) => node.id)).toEqual([runs[3], runs[0]])
  const page = { last: 2, before: back.pageInfo.startCursor }
  const before = await runsOf(context, HASHES[0]!, { kind: 'search', page })
  expect(before.edges.map(({ node }) => node.id)).toEqual([runs[6]])
  expect(before).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true, hasPreviousPage: false } })
})

test('as many statements are read for many architectures as for one', async () => {
  const store = await openForTest()
  const setUp = store.em.fork()
  for (const cell of CELLS) await search(setUp, cell)
  const ask = async (hashes: readonly string[]) => {
    const context = { em: store.em.fork(), rights: seeing(1) }
    const loaders = newLoaders(context.em)
    const { statements } = await counted(store, () =>
      Promise.all(
        hashes.map((hash) =>
          Promise.all([loaders.architecture.load(hash), runsOf(context, hash, { kind: 'search', page: { first: 5 } })]),
        ),
      ),
    )
    return statements
  }
  expect(await ask(HASHES)).toBe(await ask(HASHES.slice(0, 1)))
})
