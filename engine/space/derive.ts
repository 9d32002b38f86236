// From architecture logits to the genotype they speak for: the best operator of every edge, the best edges of every node.
import type { Genotype, GenotypeCell } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { CellKind, Space, SpaceEdge } from '@cellboard/schema/spaces'

/** What compares the edges of a node: softmax shares (DARTS), or raw logits (as StacNAS was released). */
export type Ranking = 'softmax' | 'logit'

/** The shares of one edge's operators: positive, summing to 1. */
export function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - most))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

/** Whether an edge, by its place in `space.edges`, may keep an operator. */
export type Allowed = (edge: number, operator: Operator) => boolean

/** Index of the largest logit whose operator may be kept, never `none`; the lower index where two are equal; -1 where none may. */
function bestIndex(
  candidates: readonly Operator[],
  logits: readonly number[],
  allowed: (one: Operator) => boolean,
): number {
  let best = -1
  candidates.forEach((operator, i) => {
    if (operator !== 'none' && allowed(operator) && (best < 0 || logits[i]! > logits[best]!)) best = i
  })
  return best
}

/** An edge with the operator that it would keep, and what that ranks by. */
export interface RankedEdge extends SpaceEdge {
  /** Its place in `space.edges`. */
  readonly index: number
  readonly operator: Operator
  readonly value: number
}

/** The edges that a derived cell keeps, in the order of `space.edges`; see `deriveGenotype`. */
export function keptEdges(
  space: Space,
  candidates: readonly (readonly Operator[])[],
  logits: readonly (readonly number[])[],
  ranking: Ranking,
  allowed: Allowed = () => true,
): RankedEdge[] {
  const ranked = space.edges.flatMap((edge, index): RankedEdge[] => {
    const own = logits[index]!.slice(0, candidates[index]!.length)
    const best = bestIndex(candidates[index]!, own, (operator) => allowed(index, operator))
    if (best < 0) return []
    const value = (ranking === 'logit' ? own : softmax(own))[best]!
    return [{ ...edge, index, operator: candidates[index]![best]!, value }]
  })
  const nodes = [...new Set(space.edges.map(({ cell, to }) => `${cell} ${to}`))]
  return nodes
    .flatMap((node) =>
      ranked
        .filter((edge) => `${edge.cell} ${edge.to}` === node)
        .sort((a, b) => b.value - a.value || a.from - b.from)
        .slice(0, space.keep ?? undefined),
    )
    .sort((a, b) => a.index - b.index)
}

/** The genotype of kept edges. */
export function genotypeOf({ cellKinds, inputs, nodes, keep, network }: Space, kept: readonly RankedEdge[]): Genotype {
  const cell = (kind: CellKind): GenotypeCell =>
    Array.from({ length: nodes }, (_, i) => inputs + i).map((to) => {
      const node = kept
        .filter((edge) => edge.cell === kind && edge.to === to)
        .map(({ operator, from }) => ({ operator, from }))
      return keep === null ? everySource(node, to) : node
    })
  return cellKinds.includes('reduction')
    ? { space: network, normal: cell('normal'), reduction: cell('reduction') }
    : { space: network, normal: cell('normal') }
}

/** Where a node keeps every edge, an edge that the space does not have is `none`. */
export const everySource = (node: GenotypeCell[number], states: number): GenotypeCell[number] =>
  Array.from({ length: states }, (_, from) => node.find((edge) => edge.from === from) ?? { operator: 'none', from })

/**
 * The genotype that the logits speak for (Liu et al. 2019, section 2.4): on every edge the best operator that is not `none`; where a
 * node keeps only some edges, those whose best operator ranks highest, from different sources. Equal values go to the lower index.
 *
 * A frozen edge (one candidate) has share 1 by definition and so outranks all others of its node; to rank it by what stage 1
 * measured, pass stage 1's candidates and logits for that edge.
 * @param candidates aligned with `space.edges`
 * @param logits one for each candidate; what stands behind them on an edge is padding and ignored
 */
export function deriveGenotype(
  space: Space,
  candidates: readonly (readonly Operator[])[],
  logits: readonly (readonly number[])[],
  ranking: Ranking = 'softmax',
): Genotype {
  const kept = keptEdges(space, candidates, logits, ranking)
  if (candidates.some((edge) => edge.every((operator) => operator === 'none')))
    throw new Error('Expected an operator other than none on every edge.')
  return genotypeOf(space, kept)
}
