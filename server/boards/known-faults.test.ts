// Faults by which leaderboards elsewhere rank wrongly, each with what happens here; and what has a defined outcome besides.
import { expect, test } from 'vitest'
import { TeamTable } from '../teams/team.table.js'
import { mergeTeams } from '../teams/merge.js'
import { openForTest } from '../store/open-for-test.js'
import type { EntityManager } from '../store/orm.js'
import { BoardEntryTable, type BoardRow } from './board.table.js'
import { change } from './enter.js'
import { makeBoard, ruled, submit, value, type Submission } from './make-for-test.js'
import { countAsOf, readPage } from './placed.js'
import { rerank, orderOf } from './standings.js'
import { lengthOf, placesFrom, rankOf } from './stretches.js'

async function boardOf(
  rules = {},
): Promise<{ em: EntityManager; board: BoardRow; enter: (of: Partial<Submission>) => Promise<number> }> {
  const em = (await openForTest()).em.fork()
  const board = await makeBoard(em, ruled({ perTeam: 'all', ...rules }))
  const enter = async (of: Partial<Submission>) =>
    (await submit(em, board, { teamId: 1, at: 1_000, values: {}, ...of })).entry.id
  return { em, board, enter }
}

const accuracy = (mean: number | null) => ({ 'accuracy last': value(mean) })
const order = async (em: EntityManager, { id }: BoardRow) =>
  (await placesFrom(em, id, 1, 100)).map(({ entryId }) => entryId)

test('a missing score is never a zero: where lower is better it does not win, it has no place', async () => {
  const { em, board, enter } = await boardOf({ metric: { name: 'accuracy', direction: 'lower' } })
  const error = await enter({ values: accuracy(0.03) })
  await enter({ values: {} })
  await enter({ values: accuracy(null) })
  await enter({ values: accuracy(Number.NaN) })
  await enter({ values: accuracy(-Infinity) })
  expect(await order(em, board)).toEqual([error])
})

test('teams are their ids: two of one name stand apart, and a new name moves nothing', async () => {
  const { em, board, enter } = await boardOf({ perTeam: 'best' })
  const make = async (slug: string) => {
    const team = em.create(TeamTable, { slug, name: 'The same', createdAt: new Date() })
    await em.persistAndFlush(team)
    return team
  }
  const [one, other] = [await make('one'), await make('other')]
  const first = await enter({ teamId: one.id, values: accuracy(0.9) })
  const second = await enter({ teamId: other.id, values: accuracy(0.8) })
  expect(await order(em, board)).toEqual([first, second])
  em.assign(other, { name: 'Another' })
  await em.flush()
  await rerank(em, board, board.rules, new Date())
  expect(await order(em, board)).toEqual([first, second])
})

test('two teams that become one have one best entry, and everything of both is kept', async () => {
  const { em, board, enter } = await boardOf({ perTeam: 'best' })
  const make = async (slug: string) => {
    const team = em.create(TeamTable, { slug, name: slug, createdAt: new Date() })
    await em.persistAndFlush(team)
    return team
  }
  const [ends, stays] = [await make('ends'), await make('stays')]
  const worse = await enter({ teamId: stays.id, values: accuracy(0.8) })
  const better = await enter({ teamId: ends.id, values: accuracy(0.9) })
  expect(await order(em, board)).toEqual([better, worse])
  expect((await mergeTeams(em, ends, stays)).boards).toEqual([board.id])
  const after = em.fork()
  expect(await order(after, board)).toEqual([better])
  const entries = await after.find(BoardEntryTable, { boardId: board.id })
  expect(entries.map(({ teamId }) => teamId)).toEqual([stays.id, stays.id])
  expect(await after.findOne(TeamTable, ends.id)).toBeNull()
})

test('a metric that breaks ties has a direction of its own: where lower is better the smaller error is ahead', async () => {
  const { em, board, enter } = await boardOf({
    metric: { name: 'accuracy', direction: 'lower' },
    tieBreaks: [{ name: 'loss', direction: 'lower' }],
  })
  const larger = await enter({ values: { ...accuracy(0.5), 'loss last': value(2) } })
  const smaller = await enter({ values: { ...accuracy(0.5), 'loss last': value(1) } })
  const missing = await enter({ values: accuracy(0.5) })
  expect(await order(em, board)).toEqual([smaller, larger, missing])
})

test('an old champion stays, however many newer entries come', async () => {
  const { em, board, enter } = await boardOf()
  const champion = await enter({ values: accuracy(0.99) })
  const rules = board.rules
  await em.transactional(async (em) => {
    const common = {
      boardId: board.id,
      teamId: 2,
      title: 'newer',
      subject: 'run' as const,
      subjectId: null,
      ruleVersion: 1,
      submittedBy: 1,
    }
    for (let from = 0; from < 12_000; from += 1_000) {
      const some = Array.from({ length: 1_000 }, (_, i) => ({
        ...common,
        submittedAt: new Date(2_000 + from + i),
        values: accuracy(((from + i) % 900) / 1_000),
      }))
      await em.insertMany(BoardEntryTable, some)
    }
    await rerank(em, board, rules, new Date())
  })
  expect(await lengthOf(em, board.id)).toBe(12_001)
  expect((await order(em, board))[0]).toBe(champion)
  const last = await em.findOneOrFail(BoardEntryTable, { boardId: board.id }, { orderBy: { sortKey: 'desc' } })
  expect(await rankOf(em, board.id, orderOf(rules, last).sortKey!)).toBe(12_001)
})

test('places are kept in the store: yesterday can be asked for', async () => {
  const { em, board, enter } = await boardOf()
  const first = await enter({ values: accuracy(0.8), at: 1_000 })
  const second = await enter({ values: accuracy(0.9), at: 2_000 })
  expect(await order(em, board)).toEqual([second, first])
  const then = await readPage(em, board, { most: 10, after: null, from: 1, asOf: 1_500 })
  expect(then.places.map(({ entryId }) => entryId)).toEqual([first])
  expect(await countAsOf(em, board.id, { asOf: 500 })).toBe(0)
})

test('of equal scores the earlier is ahead, within what is compared; at the same instant what the store took first', async () => {
  const { em, board, enter } = await boardOf({ metric: { name: 'accuracy', direction: 'higher', decimals: 2 } })
  const later = await enter({ values: accuracy(0.904), at: 3_000 })
  const earlier = await enter({ values: accuracy(0.896), at: 2_000 })
  const atOnce = await enter({ values: accuracy(0.9), at: 3_000 })
  expect(await order(em, board)).toEqual([earlier, later, atOnce])
})

test('what lies in the bin or was deleted holds up no rank, and comes back to its place', async () => {
  const { em, board, enter } = await boardOf({ perTeam: 'best' })
  const best = await enter({ values: accuracy(0.9) })
  const next = await enter({ values: accuracy(0.8) })
  const of = () => em.findOneOrFail(BoardEntryTable, best)
  expect(await order(em, board)).toEqual([best])
  await change(em, board, await of(), { evidence: 'IN_BIN' })
  expect(await order(em, board)).toEqual([next])
  await change(em, board, await of(), { evidence: 'THERE' })
  expect(await order(em, board)).toEqual([best])
  await change(em, board, await of(), { evidence: 'DELETED' })
  expect(await order(em, board)).toEqual([next])
})

test('a changed direction turns the board', async () => {
  const { em, board, enter } = await boardOf()
  const [low, high] = [await enter({ values: accuracy(0.1) }), await enter({ values: accuracy(0.9) })]
  expect(await order(em, board)).toEqual([high, low])
  await rerank(em, board, ruled({ perTeam: 'all', metric: { name: 'accuracy', direction: 'lower' } }), new Date())
  expect(await order(em, board)).toEqual([low, high])
})
