// k-means from distances: groups that lie apart are found from any seed, points that lie together do not break it.
import { describe, expect, it } from 'vitest'
import { randomStream } from '../data/random.js'
import { kMeans, kMeansBySilhouette } from './k-means.js'

const squared = (...places: number[]): number[][] => places.map((a) => places.map((b) => (a - b) ** 2))

describe('kMeans', () => {
  it.each([1, 2, 3, 4, 5])('finds three groups on a line, seed %i', (seed) => {
    const groups = kMeans(squared(0, 10, 1, 11, 21, 20, 0.5), 3, randomStream(seed, 'k-means'))
    expect(groups).toEqual([[0, 2, 6], [1, 3], [4, 5]]) // prettier-ignore
  })

  it('leaves no group empty, also where all points are one', () => {
    const groups = kMeans(squared(1, 1, 1, 1), 3, randomStream(1, 'k-means'))
    expect(groups).toHaveLength(3)
    expect(groups.flat().sort()).toEqual([0, 1, 2, 3])
    expect(groups.every((group) => group.length > 0)).toBe(true)
  })

  it('gives the same for the same seed', () => {
    const points = squared(...Array.from({ length: 12 }, randomStream(3, 'points')))
    const [one, again] = [1, 1].map((seed) => kMeans(points, 4, randomStream(seed, 'k-means')))
    expect(one).toEqual(again)
  })
})

describe('kMeansBySilhouette', () => {
  it('chooses between 2, 3 and 4 clusters', () => {
    const { groups, cut } = kMeansBySilhouette(squared(0, 0.1, 5, 5.1, 10, 10.1, 10.2), randomStream(1, 'k-means'))
    expect(groups).toEqual([[0, 1], [2, 3], [4, 5, 6]]) // prettier-ignore
    expect(cut).toMatchObject({ rule: 'k-means', height: null })
    expect(cut.scores.map(({ clusters }) => clusters)).toEqual([2, 3, 4])
  })

  it('leaves all alone where nothing scores: two points, or all the same', () => {
    expect(kMeansBySilhouette(squared(0, 1), randomStream(1, 'k-means')).groups).toEqual([[0], [1]])
    expect(kMeansBySilhouette(squared(2, 2, 2, 2), randomStream(1, 'k-means')).groups).toEqual([[0], [1], [2], [3]])
  })
})
