// How much clusterings agree, by hand; scikit-learn's figures: test/oracle/clustering.test.ts.
import { describe, expect, it } from 'vitest'
import { adjustedRandIndex, stability } from './rand-index.js'

const PAIRS = [['max', 'avg'], ['skip'], ['sep3', 'sep5'], ['dil3', 'dil5']]

describe('adjustedRandIndex', () => {
  it('is 1 for the same clusters in any order', () => {
    expect(adjustedRandIndex(PAIRS, [['skip'], ['dil5', 'dil3'], ['avg', 'max'], ['sep3', 'sep5']])).toBe(1)
  })

  it('is computed by hand', () => {
    // Pairs together: 3 in one, 5 in the other, 3 in both, of 21: (3 - 15/21) / (4 - 15/21).
    const other = [['max', 'avg', 'skip'], ['sep3', 'sep5'], ['dil3', 'dil5']] // prettier-ignore
    expect(adjustedRandIndex(PAIRS, other)).toBeCloseTo((3 - 15 / 21) / (4 - 15 / 21), 12)
  })

  it('is 1 where both leave all alone or both put all together, 0 where one does the other', () => {
    const [alone, together] = [[[1], [2], [3]], [[1, 2, 3]]] // prettier-ignore
    expect([adjustedRandIndex(alone, alone), adjustedRandIndex(together, together)]).toEqual([1, 1])
    expect(adjustedRandIndex(alone, together)).toBe(0)
  })
})

describe('stability', () => {
  it('is the mean over all pairs', () => {
    const [alone, together] = [[[1], [2], [3]], [[1, 2, 3]]] // prettier-ignore
    expect(stability([alone, alone, together])).toBeCloseTo(1 / 3, 12)
  })

  it('needs two', () => {
    expect(() => stability([PAIRS])).toThrow('Expected at least 2 clusterings to compare, but received 1.')
  })
})
