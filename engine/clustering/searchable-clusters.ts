// Clusters as a search takes them: by kind of cell, and refused where they leave stage 1 nothing to choose.
import type { OperatorCluster } from '@cellboard/schema/events'
import type { CellKind } from '@cellboard/schema/spaces'
import { EngineError } from '../errors.js'
import type { Clustering, Clusters } from '../space/candidates.js'

/** Given or measured: one clustering for both kinds of cell (null), or one for each kind that is searched. */
export interface CellClusters {
  readonly cell: CellKind | null
  readonly clusters: readonly OperatorCluster[]
}

/**
 * Where only one kind of cell is searched, both have its clusters.
 * @throws EngineError BAD_SETTINGS where all operators came out as one cluster
 */
export function searchableClusters(clusterings: readonly CellClusters[]): Clustering {
  const one = clusterings.find(({ clusters }) => clusters.length < 2)
  if (one)
    throw new EngineError(
      'BAD_SETTINGS',
      `Expected at least 2 clusters${one.cell ? ` in ${one.cell} cells` : ''}, but the dendrogram is cut above its last merge: stage 1 has nothing to choose.`,
      'Lower clusteringThreshold, or cut by silhouette, which leaves at least 2.',
    )
  const of = (kind: CellKind): Clusters =>
    (clusterings.find(({ cell }) => cell === kind || cell === null) ?? clusterings[0]!).clusters.map(
      ({ operators }) => operators,
    )
  return { normal: of('normal'), reduction: of('reduction') }
}
