// Measured clusters as a search takes them: by kind of cell, and refused where they leave stage 1 nothing to choose.
import type { CellKind } from '@cellboard/schema/spaces'
import { EngineError } from '../errors.js'
import type { Clustering, Clusters } from '../space/candidates.js'
import type { MeasuredClustering } from './cluster-pool.js'

/**
 * Where only one kind of cell is searched and measured, both have its clusters.
 * @throws EngineError BAD_SETTINGS where all operators came out as one cluster
 */
export function searchableClusters(measured: readonly MeasuredClustering[]): Clustering {
  const of = (kind: CellKind): Clusters =>
    (measured.find(({ cell }) => cell === kind || cell === null) ?? measured[0]!).clusters.map(
      ({ operators }) => operators,
    )
  for (const { cell, clusters, cut, linkage } of measured)
    if (clusters.length < 2) throw oneCluster(cell, cut.height, linkage)
  return { normal: of('normal'), reduction: of('reduction') }
}

function oneCluster(cell: CellKind | null, height: number | null, linkage: MeasuredClustering['linkage']): EngineError {
  const top = linkage.at(-1)?.height
  return new EngineError(
    'BAD_SETTINGS',
    `Expected at least 2 clusters${cell ? ` in ${cell} cells` : ''}, but the cut leaves one: stage 1 has nothing to choose.`,
    top === undefined || height === null
      ? 'Search with method darts: there is one operator only.'
      : `Cut below ${top.toPrecision(3)}, where the last two groups meet (clusteringThreshold is ${height}), or by silhouette.`,
  )
}
