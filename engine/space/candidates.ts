// What every edge may choose: all operators of the space, one of each cluster (StacNAS stage 1), or the members of one cluster (stage 2).
import type { Operator } from '@cellboard/schema/operators'
import type { CellKind, Space, SpaceEdge } from '@cellboard/schema/spaces'

/** What stage 2 does with an edge whose cluster has one member; see `stageTwoCandidates`. */
export type SingletonRule = 'duplicate' | 'plain' | 'freeze'

/** Operators that are alike, the representative first; no operator in two clusters. */
export type Clusters = readonly (readonly Operator[])[]

/** Clusters by kind of cell: the same for both, or measured apart. */
export type Clustering = Readonly<Record<CellKind, Clusters>>

export const sameClusters = (clusters: Clusters): Clustering => ({ normal: clusters, reduction: clusters })

/** All operators of the space on every edge, in the published order; aligned with `space.edges`. */
export const allCandidates = (space: Space): Operator[][] => space.edges.map(({ candidates }) => [...candidates])

/** The same, each operator once: what clusters are measured on. */
export const supernetCandidates = (space: Space): Operator[][] =>
  space.edges.map(({ candidates }) => [...new Set(candidates)])

/**
 * The clusters of an edge: of each cluster of its kind of cell the members that the edge may choose, the representative (or what is
 * nearest to it in the cluster's order) first. Empty where the edge offers none of a cluster; the index stays the cluster's.
 */
export const clustersOn = ({ cell, candidates }: SpaceEdge, clustering: Clustering): Operator[][] =>
  clustering[cell].map((cluster) => cluster.filter((operator) => candidates.includes(operator)))

/** `none` takes part where the edge offers it. */
const withNone = (operators: readonly Operator[], { candidates }: SpaceEdge): Operator[] =>
  candidates.includes('none') ? [...operators, 'none'] : [...operators]

/**
 * StacNAS stage 1: on every edge the representative of each of its clusters, in the clusters' order, then `none`
 * (susan0199/StacNAS, genotypes.py). Aligned with `space.edges`.
 */
export const stageOneCandidates = (space: Space, clustering: Clustering): Operator[][] =>
  space.edges.map((edge) =>
    withNone(
      clustersOn(edge, clustering).flatMap(([representative]) => (representative ? [representative] : [])),
      edge,
    ),
  )

/**
 * StacNAS stage 2: on every edge the members of the cluster it chose, then `none`.
 * @param chosen for every edge, in the order of `space.edges`, the index of its cluster
 * @param singletons where the edge has one member of it: `duplicate` puts it there twice, with weights of its own each, so that every
 *   edge has as many logits as the others (as StacNAS was released); `plain` once; `freeze` leaves it alone, without `none`: decided.
 */
export function stageTwoCandidates(
  space: Space,
  clustering: Clustering,
  chosen: readonly number[],
  singletons: SingletonRule,
): Operator[][] {
  return space.edges.map((edge, i): Operator[] => {
    const members = clustersOn(edge, clustering)[chosen[i]!]!
    if (members.length > 1 || singletons === 'plain') return withNone(members, edge)
    return singletons === 'freeze' ? members : withNone([...members, ...members], edge)
  })
}

/**
 * Stage 2 as it would be if every edge went on with the same cluster (or, where it lacks that, with its first), for each cluster:
 * the largest bounds what stage 2 can cost.
 */
export const uniformStageTwo = (space: Space, clustering: Clustering, singletons: SingletonRule): Operator[][][] =>
  clustering.normal.map((_, cluster) =>
    stageTwoCandidates(
      space,
      clustering,
      space.edges.map((edge) => {
        const there = clustersOn(edge, clustering)
        return there[cluster]?.length ? cluster : there.findIndex((members) => members.length > 0)
      }),
      singletons,
    ),
  )
