// Cuts by hand: the silhouette's choice, heights that stand between merges, ties, and distances in which there is nothing to see.
import { describe, expect, it } from 'vitest'
import { randomStream } from '../data/random.js'
import { cutAtHeight, cutBySilhouette } from './cut.js'
import { averageLinkage, type Distances } from './linkage.js'
import { silhouette } from './silhouette.js'

const bySilhouette = (distances: Distances) => cutBySilhouette(averageLinkage(distances), distances)
/** Points on a line. */
const line = (...places: number[]): number[][] => places.map((a) => places.map((b) => Math.abs(a - b)))
const alike = (items: number, distance: number) =>
  Array.from({ length: items }, (_, i) => Array.from({ length: items }, (_, j) => (i === j ? 0 : distance)))

describe('silhouette', () => {
  it('is computed by hand', () => {
    // Of 0 and 1: a = 1, b = 10 and 9; the item at 10 is alone and counts 0.
    expect(silhouette([[0, 1], [2]], line(0, 1, 10))).toBeCloseTo((9 / 10 + 8 / 9 + 0) / 3, 12)
  })

  it('is negative where items stand with the wrong ones, 0 where nothing differs', () => {
    expect(silhouette([[0, 2], [1, 3]], line(0, 1, 10, 11))).toBeLessThan(0) // prettier-ignore
    expect(silhouette([[0, 1], [2]], alike(3, 0))).toBe(0)
  })
})

describe('cutBySilhouette', () => {
  it('finds three pairs and one alone', () => {
    const { groups, cut } = bySilhouette(line(0, 0.25, 4, 4.25, 8, 8.25, 20))
    expect(groups).toEqual([[0, 1], [2, 3], [4, 5], [6]])
    expect(cut).toMatchObject({ rule: 'silhouette', height: (0.25 + 4) / 2 })
    expect(cut.scores.map(({ clusters }) => clusters)).toEqual([2, 3, 4]) // all pairs form at one height
  })

  it('leaves everybody alone where all are equally far apart, whether that is near or far', () => {
    for (const distance of [0, 0.5, 1]) {
      const { groups, cut } = bySilhouette(alike(5, distance))
      expect(groups).toEqual([[0], [1], [2], [3], [4]])
      expect(cut).toEqual({ rule: 'silhouette', height: null, scores: [] })
    }
  })

  it('leaves one or two alone: there is nothing to compare', () => {
    expect(bySilhouette([[0]]).groups).toEqual([[0]])
    expect(bySilhouette(line(0, 0.01))).toEqual({ groups: [[0], [1]], cut: { rule: 'silhouette', height: null, scores: [] } }) // prettier-ignore
  })

  it('gives a height that makes the same groups', () => {
    for (let seed = 0; seed < 30; seed++) {
      const draw = randomStream(seed, 'points')
      const distances = line(...Array.from({ length: 7 }, draw))
      const { groups, cut } = bySilhouette(distances)
      expect(groups).toEqual(cutAtHeight(averageLinkage(distances), cut.height!).groups)
      const best = Math.max(...cut.scores.map((score) => score.silhouette))
      expect(silhouette(groups, distances)).toBe(best)
    }
  })
})

describe('cutAtHeight', () => {
  const merges = averageLinkage(line(0, 1, 4, 6)) // meet at 1, 2 and 4.5
  it.each([
    { height: 0.99, groups: [[0], [1], [2], [3]] },
    { height: 1, groups: [[0, 1], [2], [3]] },
    { height: 3, groups: [[0, 1], [2, 3]] }, // prettier-ignore
    { height: 4.5, groups: [[0, 1, 2, 3]] },
  ])('makes the merges up to $height', ({ height, groups }) => {
    expect(cutAtHeight(merges, height)).toEqual({ groups, cut: { rule: 'threshold', height, scores: [] } })
  })
})
