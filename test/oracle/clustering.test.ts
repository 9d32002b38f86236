// Dendrograms, cuts, silhouettes, k-means and Rand indices against SciPy and scikit-learn.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cutAtHeight, cutBySilhouette } from '../../engine/clustering/cut.js'
import { kMeans } from '../../engine/clustering/k-means.js'
import { averageLinkage, groupsAfter, inOrder, type Groups } from '../../engine/clustering/linkage.js'
import { adjustedRandIndex } from '../../engine/clustering/rand-index.js'
import { silhouette } from '../../engine/clustering/silhouette.js'
import { randomStream } from '../../engine/data/random.js'

interface Case {
  distances: number[][]
  linkage: [number, number, number][]
  /** For 2 to n - 1 clusters. */
  silhouettes: number[]
  cuts: { height: number; labels: number[] }[]
  kMeans: { k: number; labels: number[]; inertia: number }[]
}
interface Oracle {
  cases: Case[]
  rand: { a: number[]; b: number[]; index: number }[]
}
const oracle = JSON.parse(readFileSync(new URL('clustering.json', import.meta.url), 'utf8')) as Oracle

const groupsOf = (labels: readonly number[]): Groups =>
  inOrder([...new Set(labels)].map((label) => labels.flatMap((one, item) => (one === label ? [item] : []))))

describe.each(oracle.cases.map((one) => ({ ...one, n: one.distances.length })))('$n items', (one) => {
  const merges = averageLinkage(one.distances)

  it('come together as in SciPy', () => {
    expect(merges).toHaveLength(one.linkage.length)
    merges.forEach(({ left, right, height }, i) => {
      const [theirLeft, theirRight, theirHeight] = one.linkage[i]!
      expect([left, right]).toEqual([theirLeft, theirRight])
      expect(height).toBeCloseTo(theirHeight, 12)
    })
  })

  it('are cut at a height as in SciPy', () => {
    for (const { height, labels } of one.cuts)
      expect(cutAtHeight(merges, height + 1e-9).groups).toEqual(groupsOf(labels)) // its heights are heights of merges
  })

  it('have the silhouettes of scikit-learn, the highest of which is cut', () => {
    const n = one.distances.length
    one.silhouettes.forEach((theirs, i) =>
      expect(silhouette(groupsAfter(merges, n - 2 - i), one.distances)).toBeCloseTo(theirs, 12),
    )
    const best = one.silhouettes.indexOf(Math.max(...one.silhouettes)) + 2
    expect(cutBySilhouette(merges, one.distances).groups).toHaveLength(best)
  })

  it('are k-means clusters of scikit-learn', () => {
    const squared = one.distances.map((row) => row.map((distance) => distance ** 2))
    for (const { k, labels } of one.kMeans)
      expect(kMeans(squared, k, randomStream(1, 'k-means'))).toEqual(groupsOf(labels))
  })
})

it('clusterings agree as much as in scikit-learn', () => {
  for (const { a, b, index } of oracle.rand) expect(adjustedRandIndex(groupsOf(a), groupsOf(b))).toBeCloseTo(index, 12)
})
