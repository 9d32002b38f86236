// Average linkage by hand, where distances tie, and what holds of every dendrogram. SciPy's figures: test/oracle/clustering.test.ts.
import { describe, expect, it } from 'vitest'
import { randomStream } from '../data/random.js'
import { averageLinkage, groupsAfter, type Distances } from './linkage.js'

/** Symmetric, from the numbers below the diagonal, row by row. */
const distancesOf = (...rows: number[][]): number[][] =>
  Array.from({ length: rows.length + 1 }, (_, i) =>
    Array.from({ length: rows.length + 1 }, (_, j) => (i === j ? 0 : i > j ? rows[i - 1]![j]! : rows[j - 1]![i]!)),
  )

const randomDistances = (items: number, seed: number): Distances => {
  const draw = randomStream(seed, 'distances')
  return distancesOf(...Array.from({ length: items - 1 }, (_, i) => Array.from({ length: i + 1 }, () => 2 * draw())))
}

describe('averageLinkage', () => {
  it('is computed by hand', () => {
    // 0 and 1 meet at 0.2; 2 and 3 at 0.3; both pairs at (0.9 + 0.7 + 1 + 0.8) / 4; 4 joins at (1.2 + 1 + 1.1 + 0.9) / 4.
    const distances = distancesOf([0.2], [0.9, 1], [0.7, 0.8, 0.3], [1.2, 1, 1.1, 0.9])
    const merges = averageLinkage(distances)
    expect(merges.map(({ left, right }) => [left, right])).toEqual([[0, 1], [2, 3], [5, 6], [4, 7]]) // prettier-ignore
    merges.forEach(({ height }, i) => expect(height).toBeCloseTo([0.2, 0.3, 0.85, 1.05][i]!, 12))
  })

  it('has no merge for one item, and takes the smallest numbers where distances tie', () => {
    expect(averageLinkage([[0]])).toEqual([])
    const merges = averageLinkage(distancesOf([1], [1, 1], [1, 1, 1]))
    expect(merges.map(({ left, right, height }) => [left, right, height])).toEqual([[0, 1, 1], [2, 3, 1], [4, 5, 1]]) // prettier-ignore
  })

  it.each([2, 3, 5, 8, 13])('of %i items never falls in height, and joins each group once', (items) => {
    for (let seed = 0; seed < 20; seed++) {
      const merges = averageLinkage(randomDistances(items, seed))
      expect(merges).toHaveLength(items - 1)
      merges.slice(1).forEach(({ height }, i) => expect(height).toBeGreaterThanOrEqual(merges[i]!.height))
      const joined = merges.flatMap(({ left, right }) => [left, right]).sort((a, b) => a - b)
      expect(joined).toEqual(Array.from({ length: 2 * items - 2 }, (_, group) => group))
      merges.forEach(({ left, right }, i) => {
        expect(left).toBeLessThan(right)
        expect(right).toBeLessThan(items + i)
      })
    }
  })
})

describe('groupsAfter', () => {
  it('parts the items, one group less with each merge, in order', () => {
    const merges = averageLinkage(randomDistances(9, 1))
    for (let count = 0; count < 9; count++) {
      const groups = groupsAfter(merges, count)
      expect(groups).toHaveLength(9 - count)
      expect(groups.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
      const firsts = groups.map(([first]) => first!)
      expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
    }
  })
})
