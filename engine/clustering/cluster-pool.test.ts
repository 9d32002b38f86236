// From measured edges to clusters: by linkage, by a height, by k-means; refused where that cannot be.
import type { Operator } from '@cellboard/schema/operators'
import { SPACES } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { clusterPool, type MeasuredEdge, type PoolSetting } from './cluster-pool.js'
import { searchableClusters } from './searchable-clusters.js'

const operators = SPACES.darts.candidates.filter((operator) => operator !== 'none')
const PUBLISHED = SPACES.darts.clusters
const together = (one: Operator, other: Operator) => PUBLISHED.some((cluster) => cluster.includes(one) && cluster.includes(other)) // prettier-ignore
/** An edge on which the published clusters are alike. */
const edge: MeasuredEdge = {
  operators,
  rho: operators.map((one) => operators.map((other) => (one === other ? 1 : together(one, other) ? 0.8 : 0.1))),
  apart: operators.map((one) => operators.map((other) => (one === other ? 0 : together(one, other) ? 1 : 16))),
}
const SETTINGS: PoolSetting['settings'] = {
  clustering: 'average-linkage',
  clusteringCut: 'silhouette',
  clusteringThreshold: 0.5,
  representative: 'first',
  channels: 16,
  seed: 1,
}
const clustered = (edges: readonly MeasuredEdge[], asked: Partial<PoolSetting['settings']> = {}) =>
  clusterPool(edges, { cell: null, images: 10, space: SPACES.darts, size: 32, settings: { ...SETTINGS, ...asked } })
const clustersOf = (...args: Parameters<typeof clustered>) => clustered(...args).clusters.map((one) => one.operators)

describe('clusterPool', () => {
  it.each([{ asked: {} }, { asked: { clusteringCut: 'threshold' } }, { asked: { clustering: 'k-means' } }] as const)(
    'finds the published clusters, $asked',
    ({ asked }) => {
      expect(clustersOf([edge, edge], asked)).toEqual(PUBLISHED)
    },
  )

  it('tells what it was measured from', () => {
    const { correlation, linkage, cut, clusters } = clustered([edge])
    expect(correlation).toEqual({ operators, rho: edge.rho, images: 10, edges: 1 })
    expect(linkage).toHaveLength(6)
    expect(cut.height).toBeCloseTo((0.2 + 0.9) / 2, 12)
    expect(clusters[0]).toEqual({ operators: ['max_pool_3x3', 'avg_pool_3x3'], representative: 'max_pool_3x3' })
  })

  it('takes from each edge the operators that it offers', () => {
    const poor: MeasuredEdge = { operators: ['sep_conv_5x5', 'skip_connect'], rho: [[1, 0.1], [0.1, 1]], apart: [[0, 9], [9, 0]] } // prettier-ignore
    expect(clustersOf([poor, edge])).toEqual(PUBLISHED)
    expect(clustersOf([poor, edge], { clustering: 'k-means' })).toEqual(PUBLISHED)
    expect(clustersOf([poor])).toEqual([['skip_connect'], ['sep_conv_5x5']])
  })

  it('refuses k-means where no edge offers all operators', () => {
    const [left, right] = [['skip_connect'], ['sep_conv_3x3']].map((own) => ({ operators: own as Operator[], rho: [[1]], apart: [[0]] })) // prettier-ignore
    expect(() => clustered([left!, right!], { clustering: 'k-means' })).toThrow('Expected an edge that offers all of skip_connect, sep_conv_3x3') // prettier-ignore
  })
})

describe('searchableClusters', () => {
  it('gives both kinds of cell the same clusters, or each its own', () => {
    const both = clustered([edge])
    expect(searchableClusters([both])).toEqual({ normal: PUBLISHED, reduction: PUBLISHED })
    const alone = { ...clustered([edge], { clusteringCut: 'threshold', clusteringThreshold: 0 }), cell: 'reduction' as const } // prettier-ignore
    const apart = searchableClusters([{ ...both, cell: 'normal' }, alone])
    expect(apart.normal).toEqual(PUBLISHED)
    expect(apart.reduction).toHaveLength(7)
    expect(searchableClusters([{ ...both, cell: 'normal' }]).reduction).toEqual(PUBLISHED)
  })

  it('refuses one cluster: there would be nothing to choose', () => {
    const one = clustered([edge], { clusteringCut: 'threshold', clusteringThreshold: 1.5 })
    expect(one.clusters).toHaveLength(1)
    expect(() => searchableClusters([one])).toThrow(
      'Expected at least 2 clusters, but the dendrogram is cut above its last merge',
    )
  })
})
