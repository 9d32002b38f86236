// How the cells of a space are wired: strides, and where reductions stand. The edges themselves are `space.edges`.
import type { CellKind, Space, SpaceEdge } from '@cellboard/schema/spaces'

/** 2 where an edge halves the image: edges that leave an input of a reduction cell. */
export const strideOf = ({ inputs }: Pick<Space, 'inputs'>, edge: Pick<SpaceEdge, 'cell' | 'from'>): 1 | 2 =>
  edge.cell === 'reduction' && edge.from < inputs ? 2 : 1

/** Cell number `index` of a DARTS network of `cells` cells: reductions stand after a third and two thirds (quark0/darts, cnn/model.py). */
export const cellKindAt = (index: number, cells: number): CellKind =>
  index === Math.floor(cells / 3) || index === Math.floor((2 * cells) / 3) ? 'reduction' : 'normal'
