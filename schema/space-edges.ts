// The edges of spaces: all of a cell with the same candidates, or the published list of S1.
import type { Operator } from './operators.js'
import type { CellKind, SpaceEdge } from './spaces.js'

/** Every edge that a cell of `nodes` nodes can have, each with the same candidates; node by node, sources ascending. */
export const completeEdges = (
  kinds: readonly CellKind[],
  inputs: number,
  nodes: number,
  candidates: readonly Operator[],
): SpaceEdge[] =>
  kinds.flatMap((cell) =>
    Array.from({ length: nodes }, (_, node) => inputs + node).flatMap((to) =>
      Array.from({ length: to }, (_, from) => ({ cell, from, to, candidates })),
    ),
  )

const SHORT = {
  skip: 'skip_connect',
  max: 'max_pool_3x3',
  avg: 'avg_pool_3x3',
  sep3: 'sep_conv_3x3',
  dil3: 'dil_conv_3x3',
  dil5: 'dil_conv_5x5',
} as const satisfies Record<string, Operator>
type Pair = `${keyof typeof SHORT}/${keyof typeof SHORT}`

/** automl/RobustDARTS, src/spaces.py, spaces['s1']: two operators an edge, in the order of the edges. */
const S1_NORMAL: readonly Pair[] = [
  'skip/dil3', 'skip/dil5',
  'skip/dil5', 'skip/sep3', 'skip/dil3',
  'max/skip', 'skip/sep3', 'skip/sep3', 'skip/dil3',
  'skip/sep3', 'max/skip', 'skip/dil3', 'dil3/dil5', 'dil3/dil5',
] // prettier-ignore
const S1_REDUCTION: readonly Pair[] = [
  'max/avg', 'max/dil3',
  'max/avg', 'max/avg', 'skip/dil5',
  'max/avg', 'max/sep3', 'skip/dil3', 'skip/dil5',
  'max/avg', 'max/avg', 'skip/dil5', 'skip/dil5', 'skip/dil5',
] // prettier-ignore

export const S1_EDGES: readonly SpaceEdge[] = completeEdges(['normal', 'reduction'], 2, 4, []).map((edge, i) => {
  const pair = edge.cell === 'normal' ? S1_NORMAL[i]! : S1_REDUCTION[i - S1_NORMAL.length]!
  return { ...edge, candidates: pair.split('/').map((short) => SHORT[short as keyof typeof SHORT]) }
})
