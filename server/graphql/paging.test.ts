// Pages of a table, forward and backward, in sizes of any kind: together they are the table, each row once.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TeamTable } from '../teams/team.table.js'
import { openForTest } from '../store/open-for-test.js'
import { readPage, readPageArgs, type PageArgs } from './paging.js'

test('pages of any sizes from either end hold every row once, and know what lies around them', async () => {
  const store = await openForTest()
  const em = store.em.fork()
  const before = (await em.findAll(TeamTable)).length
  for (let i = 0; i < 23; i++) em.create(TeamTable, { slug: `team${i}`, name: `Team ${i}`, createdAt: new Date() })
  await em.flush()
  const all = (await em.findAll(TeamTable, { orderBy: { id: 'desc' } })).map(({ id }) => id)
  expect(all).toHaveLength(before + 23)
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(sizes, fc.boolean(), async (some, isBackward) => {
      const read: number[] = []
      for (let [cursor, turn, isMore]: [string | null, number, boolean] = [null, 0, true]; isMore; turn++) {
        const size = some[turn % some.length]!
        const args: PageArgs = isBackward ? { last: size, before: cursor } : { first: size, after: cursor }
        const { edges, pageInfo, totalCount } = await readPage(em, TeamTable, {}, args)
        const ids = edges.map(({ node }) => node.id)
        if (isBackward) read.unshift(...ids)
        else read.push(...ids)
        expect(totalCount).toBe(all.length)
        expect(isBackward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage).toBe(turn > 0)
        isMore = isBackward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage
        cursor = isBackward ? pageInfo.startCursor : pageInfo.endCursor
      }
      expect(read).toEqual(all)
    }),
    { numRuns: 40 },
  )
})

test('a page is asked for from one end, and no larger than a list gives', () => {
  const refused = (args: PageArgs) => {
    try {
      readPageArgs(args)
    } catch (error) {
      return (error as Error).message
    }
    return null
  }
  const both = 'Expected first with after, or last with before, but received some of both.'
  expect(refused({ first: 1, last: 1 })).toBe(both)
  expect(refused({ last: 1, after: 'x' })).toBe(both)
  expect(refused({ before: 'x' })).toBe(both)
  expect(refused({ last: 201 })).toBe('Expected last to be from 1 to 200, but received 201.')
  expect(refused({ first: 0 })).toBe('Expected first to be from 1 to 200, but received 0.')
  expect(refused({})).toBeNull()
  expect(refused({ first: null, after: null, last: 200, before: null })).toBeNull()
})
