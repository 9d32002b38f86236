// Operators in clusters: which cluster each edge goes on with after stage 1.
import type { Operator } from '@cellboard/schema/operators'
import type { CellKind, SpaceName } from '@cellboard/schema/spaces'
import { softmax } from '../space/derive.js'
import { edgesOf } from '../space/wiring.js'

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
  space: SpaceName,
  clusters: readonly (readonly Operator[])[],
  candidates: readonly (readonly Operator[])[],
  logits: readonly (readonly number[])[],
): ChosenCluster[] {
  return edgesOf(space).map((edge, e) => {
    const shares = softmax(logits[e]!.slice(0, candidates[e]!.length))
    const shareOf = (cluster: readonly Operator[]) => shares[candidates[e]!.indexOf(cluster[0]!)]!
    const cluster = clusters.reduce((best, _, i) => (shareOf(clusters[i]!) > shareOf(clusters[best]!) ? i : best), 0)
    return { cell: edge.cell, from: edge.from, to: edge.to, cluster, share: shareOf(clusters[cluster]!) }
  })
}
