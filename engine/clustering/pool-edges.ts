// Which edges are measured, and what they say together: the mean correlation of two operators over the edges that offer both.
import type { Correlation } from '@cellboard/schema/events'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { CellKind, Space, SpaceEdge } from '@cellboard/schema/spaces'

/** Edges whose operators are clustered together: of one kind of cell, or (null) of both. */
export interface EdgePool {
  readonly cell: CellKind | null
  /** Places in `space.edges`. */
  readonly edges: readonly number[]
}

/**
 * two: of each kind of cell its first and its last edge, which are the first node's from input 0 and the last node's from the node
 * before (StacNAS feature.py). all: every edge. cell-kind: every edge, each kind of cell for itself.
 */
export function edgePools(
  space: Pick<Space, 'edges' | 'cellKinds'>,
  rule: ResolvedSearchSettings['clusteringEdges'],
): EdgePool[] {
  const ofKinds = space.cellKinds.map((cell) => ({ cell, edges: placesOf(space.edges, cell) }))
  if (rule === 'cell-kind') return ofKinds
  if (rule === 'all') return [{ cell: null, edges: space.edges.map((_, place) => place) }]
  return [{ cell: null, edges: ofKinds.flatMap(({ edges }) => [...new Set([edges[0]!, edges.at(-1)!])]) }]
}

const placesOf = (edges: readonly SpaceEdge[], cell: CellKind): number[] =>
  edges.flatMap((edge, place) => (edge.cell === cell ? [place] : []))

/** The operators of an edge that are compared: each once, the first copy where it stands there again, without `none`. */
export interface MeasuredOperators {
  readonly operators: readonly Operator[]
  /** Where each stands among the edge's candidates other than `none`. */
  readonly places: readonly number[]
}

export function measuredOperators(candidates: readonly Operator[]): MeasuredOperators {
  const present = candidates.filter((operator) => operator !== 'none')
  const operators = [...new Set(present)]
  return { operators, places: operators.map((operator) => present.indexOf(operator)) }
}

/** Square, in the order of `operators`: some number that an edge says of each two of its operators. */
export interface EdgeMatrix {
  readonly operators: readonly Operator[]
  readonly values: readonly (readonly number[])[]
}

/**
 * For each two operators the mean over the edges that offer both; null where none does. Every edge counts the same: comoments added up
 * over edges would weigh them by the square of their shares and by the size of their images, which says nothing of the operators.
 */
export function meanOverEdges(operators: readonly Operator[], edges: readonly EdgeMatrix[]): (number | null)[][] {
  return operators.map((one) =>
    operators.map((other) => {
      const seen = edges.flatMap((edge) => {
        const [i, j] = [edge.operators.indexOf(one), edge.operators.indexOf(other)]
        return i < 0 || j < 0 ? [] : [edge.values[i]![j]!]
      })
      return seen.length > 0 ? seen.reduce((sum, value) => sum + value, 0) / seen.length : null
    }),
  )
}

/** Correlations of edges, pooled. Two operators that no edge offers together are taken as unlike, rho 0, and named in `unseen`. */
export function poolCorrelations(
  operators: readonly Operator[],
  edges: readonly EdgeMatrix[],
): Pick<Correlation, 'operators' | 'rho' | 'unseen'> {
  const means = meanOverEdges(operators, edges)
  const unseen = operators.flatMap((one, i) =>
    operators
      .slice(i + 1)
      .flatMap((other, j): [Operator, Operator][] => (means[i]![i + 1 + j] === null ? [[one, other]] : [])),
  )
  const rho = means.map((row) => row.map((mean) => mean ?? 0))
  return { operators: [...operators], rho, ...(unseen.length > 0 && { unseen }) }
}
