// What every edge may choose: all operators of the space, one of each cluster (StacNAS stage 1), or the members of one cluster (stage 2).
import type { Operator } from '@cellboard/schema/operators'
import { SPACES, type SpaceName } from '@cellboard/schema/spaces'
import { edgesOf } from './wiring.js'

/** What stage 2 does with an edge whose cluster has one member; see `stageTwoCandidates`. */
export type SingletonRule = 'duplicate' | 'plain' | 'freeze'

/** The published operators of the space on every edge, in the published order; aligned with `edgesOf`. */
export const publishedCandidates = (space: SpaceName): Operator[][] =>
  edgesOf(space).map(() => [...SPACES[space].candidates])

/**
 * StacNAS stage 1: on every edge the representative (the first member) of each cluster, in the clusters' order, then `none`
 * (susan0199/StacNAS, genotypes.py). Aligned with `edgesOf`.
 */
export function stageOneCandidates(space: SpaceName, clusters: readonly (readonly Operator[])[]): Operator[][] {
  const representatives = clusters.map((cluster) => cluster[0]!)
  return edgesOf(space).map(() => [...representatives, 'none'])
}

/**
 * StacNAS stage 2: on every edge the members of the cluster it chose, then `none`.
 * @param chosen for every edge, in the order of `edgesOf`, the index of its cluster
 * @param singletons where the cluster has one member: `duplicate` puts it there twice, with weights of its own each, so that every
 *   edge has as many logits as the others (as StacNAS was released); `plain` once; `freeze` leaves it alone, without `none`: decided.
 */
export function stageTwoCandidates(
  space: SpaceName,
  clusters: readonly (readonly Operator[])[],
  chosen: readonly number[],
  singletons: SingletonRule,
): Operator[][] {
  return edgesOf(space).map((_, i): Operator[] => {
    const members = clusters[chosen[i]!]!
    if (members.length > 1 || singletons === 'plain') return [...members, 'none']
    return singletons === 'freeze' ? [...members] : [...members, ...members, 'none']
  })
}

/** Stage 2 as it would be if every edge went on with the same cluster, for each cluster: the largest bounds what stage 2 can cost. */
export const uniformStageTwo = (
  space: SpaceName,
  clusters: readonly (readonly Operator[])[],
  singletons: SingletonRule,
): Operator[][][] =>
  clusters.map((_, cluster) =>
    stageTwoCandidates(
      space,
      clusters,
      edgesOf(space).map(() => cluster),
      singletons,
    ),
  )
