// From what edges say of their operators to clusters with representatives: correlations pooled, a dendrogram, a cut.
import type { ClusterCut, Correlation, Merge, OperatorCluster } from '@cellboard/schema/events'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { CellKind, Space } from '@cellboard/schema/spaces'
import { randomStream } from '../data/random.js'
import { EngineError } from '../errors.js'
import { cutAtHeight, cutBySilhouette, type CutGroups } from './cut.js'
import { kMeansBySilhouette } from './k-means.js'
import { averageLinkage, type Distances } from './linkage.js'
import { poolCorrelations } from './pool-edges.js'
import { withRepresentative } from './representative.js'

/** What an `operators-clustered` event tells of measured clusters. */
export interface MeasuredClustering {
  /** The kind of cell it holds for; null: both. */
  readonly cell: CellKind | null
  readonly clusters: OperatorCluster[]
  readonly correlation: Correlation
  /** The dendrogram of the correlations: also where k-means made the clusters, to compare. */
  readonly linkage: Merge[]
  readonly cut: ClusterCut
}

/** What was measured on an edge, square matrices in the order of its operators: each once, without `none`. */
export interface MeasuredEdge {
  readonly operators: readonly Operator[]
  /** Correlations of the outputs. */
  readonly rho: Distances
  /** Squared Euclidean distances of the mean outputs. */
  readonly apart: Distances
}

export interface PoolSetting {
  readonly cell: CellKind | null
  readonly images: number
  readonly space: Pick<Space, 'network' | 'candidates'>
  /** Side of an image, in pixels. */
  readonly size: number
  readonly settings: Pick<
    ResolvedSearchSettings,
    'clustering' | 'clusteringCut' | 'clusteringThreshold' | 'representative' | 'channels' | 'seed'
  >
}

/**
 * Clusters the operators that these edges offer, in the order of the space.
 * @throws EngineError BAD_SETTINGS where k-means is asked for and no edge offers all of them
 */
export function clusterPool(edges: readonly MeasuredEdge[], setting: PoolSetting): MeasuredClustering {
  const { cell, images, space, size, settings } = setting
  const operators = space.candidates.filter((operator) => edges.some((edge) => edge.operators.includes(operator)))
  const pooled = poolCorrelations(
    operators,
    edges.map((edge) => ({ operators: edge.operators, values: edge.rho })),
  )
  const correlation = { ...pooled, images, edges: edges.length }
  const distances = pooled.rho.map((row) => row.map((rho) => 1 - rho))
  const linkage = averageLinkage(distances)
  const { groups, cut } = group(operators, edges, { linkage, distances, settings })
  const choice = { rule: settings.representative, space, channels: settings.channels, size, correlation }
  const clusters = groups.map((members) =>
    withRepresentative(
      members.map((i) => operators[i]!),
      choice,
    ),
  )
  return { cell, clusters, correlation, linkage, cut }
}

function group(
  operators: readonly Operator[],
  edges: readonly MeasuredEdge[],
  { linkage, distances, settings }: Pick<PoolSetting, 'settings'> & { linkage: Merge[]; distances: Distances },
): CutGroups {
  if (settings.clustering === 'k-means')
    return kMeansBySilhouette(mapDistances(operators, edges), randomStream(settings.seed, 'k-means'))
  if (settings.clusteringCut === 'threshold') return cutAtHeight(linkage, settings.clusteringThreshold)
  return cutBySilhouette(linkage, distances)
}

/** Squared distances of the operators' mean outputs on all edges that offer every one of them, side by side. */
function mapDistances(operators: readonly Operator[], edges: readonly MeasuredEdge[]): number[][] {
  const whole = edges.filter((edge) => operators.every((operator) => edge.operators.includes(operator)))
  if (whole.length === 0)
    throw new EngineError(
      'BAD_SETTINGS',
      `Expected an edge that offers all of ${operators.join(', ')} for k-means, but there is none.`,
      'Measure clusters by average linkage, which takes what each edge offers.',
    )
  const at = ({ operators: own, apart }: MeasuredEdge, one: Operator, other: Operator) =>
    apart[own.indexOf(one)]![own.indexOf(other)]!
  return operators.map((one) => operators.map((other) => whole.reduce((sum, edge) => sum + at(edge, one, other), 0)))
}
