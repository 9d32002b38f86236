// A board kept in order one change at a time is the board that sorts everything anew.
import type { BoardRules, BoardRulesInput } from '@cellboard/schema/board-rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openForTest } from '../store/open-for-test.js'
import type { EntityManager } from '../store/orm.js'
import { BoardEntryTable, type BoardEntryRow, type BoardRow, type EntryState } from './board.table.js'
import { makeBoard, ruled, submit, value } from './make-for-test.js'
import { comparedValue, orderedHex } from './sort-key.js'
import { rerank, settle } from './standings.js'
import { lengthOf, placesFrom, rankOf } from './stretches.js'

/** Ids in order, by sorting everything: written from the rules' words, with nothing of the code that it judges. */
function naive(rules: BoardRules, entries: readonly BoardEntryRow[]): number[] {
  const metrics = [rules.metric, ...rules.tieBreaks]
  const figures = (entry: BoardEntryRow) =>
    metrics.map((metric) => {
      const mean = entry.values[`${metric.name} ${metric.pick}`]?.mean
      if (mean == null || !Number.isFinite(mean)) return null
      return metric.decimals === null ? mean : Number(mean.toFixed(metric.decimals))
    })
  const compare = (a: BoardEntryRow, b: BoardEntryRow): number => {
    const [of, other] = [figures(a), figures(b)]
    for (const [i, { direction }] of metrics.entries()) {
      const [x, y] = [of[i]!, other[i]!]
      if (x === y || (x === null && y === null)) continue
      if (x === null) return 1
      if (y === null) return -1
      return (direction === 'higher' ? x > y : x < y) ? -1 : 1
    }
    return +a.submittedAt - +b.submittedAt || a.id - b.id
  }
  const ranked = entries.filter((one) => !one.baseline && one.state === 'STANDING' && figures(one)[0] !== null)
  const sorted = [...ranked].sort(compare)
  if (rules.perTeam === 'all') return sorted.map(({ id }) => id)
  const order = rules.perTeam === 'best' ? sorted : [...ranked].sort((a, b) => b.id - a.id)
  const kept = new Map<number | null, number>()
  for (const { id, teamId } of order) if (!kept.has(teamId ?? null)) kept.set(teamId ?? null, id)
  return sorted.flatMap(({ id }) => ([...kept.values()].includes(id) ? [id] : []))
}

async function expectOrdered(em: EntityManager, board: BoardRow) {
  const entries = await em.find(BoardEntryTable, { boardId: board.id }, { disableIdentityMap: true })
  const places = await placesFrom(em, board.id, 1, 1000)
  expect(places.map(({ entryId }) => entryId)).toEqual(naive(board.rules, entries))
  expect(await lengthOf(em, board.id)).toBe(places.length)
  for (const { rank, sortKey } of places) expect(await rankOf(em, board.id, sortKey)).toBe(rank)
}

test('digits order as numbers do', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
      expect(orderedHex(a) < orderedHex(b)).toBe(a < b)
      if (a === b) expect(orderedHex(a)).toBe(orderedHex(b))
    }),
  )
})

const scores = fc.oneof(
  fc.constantFrom(90, 90.004, 90.006, 91, -1, 0, -0, 1e-300, 1e300),
  fc.double({ noNaN: true, min: -100, max: 100 }),
  fc.constant(null),
)
const submissions = fc.record({
  kind: fc.constant('submit' as const),
  teamId: fc.integer({ min: 1, max: 4 }),
  at: fc.integer({ min: 1_000_000, max: 1_000_003 }),
  values: fc.record({ 'accuracy last': scores.map(value), 'loss min': scores.map(value) }, { requiredKeys: [] }),
  baseline: fc.boolean(),
})
const changes = fc.record({
  kind: fc.constant('state' as const),
  which: fc.nat(),
  state: fc.constantFrom<EntryState>('STANDING', 'FLAGGED', 'WITHDRAWN'),
})
const directions = fc.constantFrom('higher' as const, 'lower' as const)
const decimals = fc.constantFrom(null, 0, 2)
const someRules = fc
  .record({
    metric: fc.record({ name: fc.constant('accuracy'), direction: directions, decimals }),
    tieBreaks: fc.oneof(
      fc.constant<BoardRulesInput['tieBreaks']>([]),
      fc
        .record({ name: fc.constant('loss'), pick: fc.constant('min' as const), direction: directions, decimals })
        .map((one) => [one]),
    ),
    perTeam: fc.constantFrom('best' as const, 'latest' as const, 'all' as const),
  })
  .map((rules) => ruled(rules))
const ruleChanges = fc.record({ kind: fc.constant('rules' as const), rules: someRules })

test('whatever is submitted, withdrawn, flagged and ruled, the order is that of sorting everything', async () => {
  const store = await openForTest()
  await fc.assert(
    fc.asyncProperty(
      someRules,
      fc.array(fc.oneof({ weight: 5, arbitrary: submissions }, { weight: 3, arbitrary: changes }, ruleChanges), {
        maxLength: 15,
      }),
      async (rules, steps) => {
        const em = store.em.fork()
        await em.begin()
        const board = await makeBoard(em, rules)
        const entries: BoardEntryRow[] = []
        for (const step of steps) {
          if (step.kind === 'submit') entries.push((await submit(em, board, step)).entry)
          else if (step.kind === 'rules') {
            em.assign(board, { rules: step.rules })
            await em.flush()
            await rerank(em, board, step.rules, new Date())
            for (const entry of entries) await em.refresh(entry)
          } else if (entries.length > 0) {
            const entry = entries[step.which % entries.length]!
            em.assign(entry, { state: step.state })
            await em.flush()
            await settle(em, board, entry, new Date())
          }
          await expectOrdered(em, board)
        }
        await em.rollback()
      },
    ),
    { numRuns: Number(process.env.CELLBOARD_CASES ?? 100) },
  )
})

test('a move tells the place before and after', async () => {
  const { em: root } = await openForTest()
  const em = root.fork()
  const board = await makeBoard(em, ruled())
  const enter = (teamId: number, mean: number) =>
    submit(em, board, { teamId, at: 1, values: { 'accuracy last': value(mean) } })
  const first = await enter(1, 90)
  expect(first.moves).toEqual([{ entryId: first.entry.id, from: null, to: 1 }])
  await enter(2, 91)
  const better = await enter(1, 92)
  expect(better.moves).toContainEqual({ entryId: first.entry.id, from: 2, to: null })
  expect(better.moves).toContainEqual({ entryId: better.entry.id, from: null, to: 1 })
  const worse = await enter(1, 80)
  expect(worse.moves).toEqual([])
})

test('a board of thousands is split into stretches, and every rank is right', async () => {
  const { em: root } = await openForTest()
  const em = root.fork()
  const board = await makeBoard(em, ruled({ perTeam: 'all' }))
  await em.transactional(async (em) => {
    for (let i = 0; i < 2500; i++) {
      await submit(em, board, { teamId: 1, at: i, values: { 'accuracy last': value((i * 7919) % 2500) } })
      em.clear()
    }
  })
  const places = await placesFrom(em, board.id, 1, 5000)
  expect(places.map(({ score }) => score)).toEqual(Array.from({ length: 2500 }, (_, i) => 2499 - i))
  for (const at of [0, 999, 1000, 1001, 2000, 2499]) {
    expect(await rankOf(em, board.id, places[at]!.sortKey)).toBe(at + 1)
    expect((await placesFrom(em, board.id, at + 1, 1))[0]!.entryId).toBe(places[at]!.entryId)
  }
  await rerank(em, board, ruled({ perTeam: 'all', metric: { name: 'accuracy', direction: 'lower' } }), new Date())
  expect((await placesFrom(em, board.id, 2500, 1))[0]!.score).toBe(2499)
})

test('not a number, infinite and missing are no scores', () => {
  const { metric } = ruled()
  for (const mean of [Number.NaN, Infinity, -Infinity, null])
    expect(comparedValue(metric, { 'accuracy last': value(mean) })).toBeNull()
  expect(comparedValue(metric, {})).toBeNull()
})
