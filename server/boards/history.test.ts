// What moved since yesterday, where an entry stood, who was best when: against the board as it was.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openForTest } from '../store/open-for-test.js'
import { BoardEntryTable } from './board.table.js'
import { bestOverTime, historyOf, movementOf } from './history.js'
import { makeBoard, ruled, submit, value } from './make-for-test.js'
import { readPage } from './placed.js'
import { rerank, settle } from './standings.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const steps = fc.array(
  fc.record({
    /** Hours ago: none lies at the edge of the day, which moves while the test runs. */
    ago: fc.oneof(fc.integer({ min: 1, max: 23 }), fc.integer({ min: 25, max: 60 })),
    teamId: fc.integer({ min: 1, max: 4 }),
    score: fc.integer({ min: 0, max: 9 }),
    what: fc.constantFrom(
      'submit' as const,
      'submit' as const,
      'submit' as const,
      'withdraw' as const,
      'turn' as const,
    ),
  }),
  { minLength: 1, maxLength: 12 },
)

test('a movement is the place of yesterday less that of now', async () => {
  const store = await openForTest()
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom('best' as const, 'all' as const), async (all, perTeam) => {
      const em = store.em.fork()
      await em.begin()
      const now = Date.now()
      const board = await makeBoard(em, ruled({ perTeam }))
      let direction: 'higher' | 'lower' = 'higher'
      for (const { ago, teamId, score, what } of [...all].sort((a, b) => b.ago - a.ago)) {
        const at = new Date(now - ago * HOUR)
        if (what === 'submit') await submit(em, board, { teamId, at: +at, values: { 'accuracy last': value(score) } })
        else if (what === 'turn') {
          direction = direction === 'higher' ? 'lower' : 'higher'
          em.assign(board, { rules: ruled({ perTeam, metric: { name: 'accuracy', direction } }) })
          await em.flush()
          await rerank(em, board, board.rules, at)
          em.clear()
        } else {
          const entry = await em.findOne(BoardEntryTable, { boardId: board.id, teamId, state: 'STANDING' })
          if (!entry) continue
          em.assign(entry, { state: 'WITHDRAWN' })
          await em.flush()
          await settle(em, board, entry, at)
        }
      }
      const page = { most: 100, after: null, from: 1 }
      const places = async (asOf: number | null) => {
        const found = await readPage(em, board, { ...page, asOf })
        return new Map(found.places.map(({ entryId, rank }) => [entryId, rank]))
      }
      const [then, since] = [await places(now - DAY), await places(null)]
      const fresh = em.fork({ keepTransactionContext: true })
      for (const entry of await fresh.find(BoardEntryTable, { boardId: board.id })) {
        const [was, is] = [then.get(entry.id), since.get(entry.id)]
        const expected = was === undefined || is === undefined ? null : was - is
        expect(await movementOf(fresh, entry, is ?? null)).toBe(expected)
      }
      await em.rollback()
    }),
    { numRuns: Number(process.env.CELLBOARD_CASES ?? 100) },
  )
})

test('the history of an entry tells its places, and that it was not ranked between', async () => {
  const em = (await openForTest()).em.fork()
  const board = await makeBoard(em, ruled({ perTeam: 'all' }))
  const now = Date.now()
  const enter = (at: number, score: number) =>
    submit(em, board, { teamId: 1, at: now - at, values: { 'accuracy last': value(score) } })
  const { entry } = await enter(4 * HOUR, 0.5)
  await enter(3 * HOUR, 0.9)
  em.assign(entry, { state: 'FLAGGED' })
  await em.flush()
  await settle(em, board, entry, new Date(now - 2 * HOUR))
  em.assign(entry, { state: 'STANDING' })
  await em.flush()
  await settle(em, board, entry, new Date(now - HOUR))
  const history = await historyOf(em, entry, 4)
  expect(history.map(({ rank, score }) => [rank, score])).toEqual(
    expect.arrayContaining([
      [1, 0.5],
      [2, 0.5],
      [null, null],
    ]),
  )
  expect(history[0]!.rank).toBe(1)
  expect(history.at(-1)!.rank).toBe(2)
})

test('the best of a team rises only, by the rules of now', async () => {
  const em = (await openForTest()).em.fork()
  const board = await makeBoard(em, ruled({ perTeam: 'all', metric: { name: 'accuracy', direction: 'lower' } }))
  const scores = [5, 7, 3, 3, 4, 1]
  for (const [i, score] of scores.entries())
    await submit(em, board, { teamId: 1, at: 1_000 + i, values: { 'accuracy last': value(score) } })
  await submit(em, board, { teamId: 2, at: 2_000, values: { 'accuracy last': value(9) } })
  const best = await bestOverTime(em, board, 1)
  expect(best).toEqual([{ teamId: 1, times: Float64Array.of(1_000, 1_002, 1_005), scores: Float64Array.of(5, 3, 1) }])
})
