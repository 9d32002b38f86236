// How the cells of a space are wired: their edges in the one order everything is aligned with, strides, and where reductions stand.
import { SPACES, type CellKind, type SpaceName } from '@cellboard/schema/spaces'

/** An edge of a searched cell: `from` and `to` number the cell's states, its inputs first, then its nodes. */
export interface Edge {
  readonly cell: CellKind
  readonly from: number
  readonly to: number
}

/** Every edge that is searched: normal cells first, then reduction cells; within a cell node by node, sources ascending. */
export function edgesOf(space: SpaceName): Edge[] {
  const { cellKinds, inputs, nodes } = SPACES[space]
  return cellKinds.flatMap((cell) =>
    Array.from({ length: nodes }, (_, node) => inputs + node).flatMap((to) =>
      Array.from({ length: to }, (_, from) => ({ cell, from, to })),
    ),
  )
}

/** 2 where an edge halves the image: edges that leave an input of a reduction cell. */
export const strideOf = (space: SpaceName, edge: Pick<Edge, 'cell' | 'from'>): 1 | 2 =>
  edge.cell === 'reduction' && edge.from < SPACES[space].inputs ? 2 : 1

/** Cell number `index` of a DARTS network of `cells` cells: reductions stand after a third and two thirds (quark0/darts, cnn/model.py). */
export const cellKindAt = (index: number, cells: number): CellKind =>
  index === Math.floor(cells / 3) || index === Math.floor((2 * cells) / 3) ? 'reduction' : 'normal'
