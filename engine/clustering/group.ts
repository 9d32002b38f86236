// Operators in clusters: which cluster each edge goes on with after stage 1.
import type { Operator } from '@cellboard/schema/operators'
import type { CellKind, Space } from '@cellboard/schema/spaces'
import { clustersOn, type Clustering } from '../space/candidates.js'
import { softmax } from '../space/derive.js'

export interface ChosenCluster {
  readonly cell: CellKind
  readonly from: number
  readonly to: number
  /** Index of the winning cluster, and its representative's share of the edge, in [0, 1]. */
  readonly cluster: number
  readonly share: number
}

/**
 * For each edge the cluster whose representative has the largest logit. `none` takes part in the shares and never wins
 * (StacNAS genotypes.py). A tie goes to the earlier cluster.
 */
export function winningClusters(
  space: Space,
  clustering: Clustering,
  candidates: readonly (readonly Operator[])[],
  logits: readonly (readonly number[])[],
): ChosenCluster[] {
  return space.edges.map((edge, e) => {
    const shares = softmax(logits[e]!.slice(0, candidates[e]!.length))
    const ofClusters = clustersOn(edge, clustering).map(([representative]) =>
      representative ? shares[candidates[e]!.indexOf(representative)]! : -1,
    )
    const share = Math.max(...ofClusters)
    return { cell: edge.cell, from: edge.from, to: edge.to, cluster: ofClusters.indexOf(share), share }
  })
}
