// From architecture logits to the genotype they speak for: the best operator of every edge, the best edges of every node.
import type { Genotype, GenotypeCell } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { CellKind, Space } from '@cellboard/schema/spaces'

/** What compares the edges of a node: softmax shares (DARTS), or raw logits (as StacNAS was released). */
export type Ranking = 'softmax' | 'logit'

/** The shares of one edge's operators: positive, summing to 1. */
export function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - most))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

/** Index of the largest logit whose operator is not `none`, the lower index where two are equal. */
function bestIndex(candidates: readonly Operator[], logits: readonly number[]): number {
  let best = -1
  candidates.forEach((operator, i) => {
    if (operator !== 'none' && (best < 0 || logits[i]! > logits[best]!)) best = i
  })
  if (best < 0) throw new Error('Expected an operator other than none on every edge.')
  return best
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
  const { cellKinds, inputs, nodes, keep, network } = space
  const ranked = space.edges.map((edge, i) => {
    const own = logits[i]!.slice(0, candidates[i]!.length)
    const best = bestIndex(candidates[i]!, own)
    const value = (ranking === 'logit' ? own : softmax(own))[best]!
    return { ...edge, operator: candidates[i]![best]!, value }
  })
  const cell = (kind: CellKind): GenotypeCell =>
    Array.from({ length: nodes }, (_, node) =>
      ranked
        .filter((edge) => edge.cell === kind && edge.to === inputs + node)
        .sort((a, b) => b.value - a.value || a.from - b.from)
        .slice(0, keep ?? undefined)
        .sort((a, b) => a.from - b.from)
        .map(({ operator, from }) => ({ operator, from })),
    ).map((node, i) => (keep === null ? everySource(node, inputs + i) : node))
  return cellKinds.includes('reduction')
    ? { space: network, normal: cell('normal'), reduction: cell('reduction') }
    : { space: network, normal: cell('normal') }
}
