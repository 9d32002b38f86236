// The search spaces by name: how a cell is wired, what each edge may choose, and the published defaults of a search there.
import { z } from 'zod'
import type { Operator } from './operators.js'

export const SPACE_NAMES = ['darts', 'nas-bench-201'] as const
export const spaceNameSchema = z.enum(SPACE_NAMES)
export type SpaceName = z.infer<typeof spaceNameSchema>

export const CELL_KINDS = ['normal', 'reduction'] as const
export type CellKind = (typeof CELL_KINDS)[number]

export interface SpaceFacts {
  readonly title: string
  /** Kinds of cell that are searched; NAS-Bench-201 fixes its reductions as residual blocks. */
  readonly cellKinds: readonly CellKind[]
  /** States that enter a cell: DARTS reads the two cells before, NAS-Bench-201 the one before. */
  readonly inputs: number
  /** Nodes computed inside a cell; node i (from 0) may read every state before it. */
  readonly nodes: number
  /** Edges a node keeps in a derived cell; null keeps every edge. */
  readonly keep: number | null
  /** Every candidate of an edge, in the published order. */
  readonly candidates: readonly Operator[]
  /** Operators thought alike, the representative first (StacNAS genotypes.py; for NAS-Bench-201 by family). `none` is in no cluster. */
  readonly clusters: readonly (readonly Operator[])[]
  /** Published depth of each stage: cells of the whole network for darts, cells a stage of three for nas-bench-201. */
  readonly cells: readonly [number, number]
  /** Published width of the first cell, in channels. */
  readonly channels: number
  /** Smallest depth that can be built. */
  readonly minCells: number
}

export const SPACES: Readonly<Record<SpaceName, SpaceFacts>> = {
  darts: {
    title: 'DARTS',
    cellKinds: ['normal', 'reduction'],
    inputs: 2,
    nodes: 4,
    keep: 2,
    candidates: [
      'none',
      'max_pool_3x3',
      'avg_pool_3x3',
      'skip_connect',
      'sep_conv_3x3',
      'sep_conv_5x5',
      'dil_conv_3x3',
      'dil_conv_5x5',
    ],
    clusters: [
      ['max_pool_3x3', 'avg_pool_3x3'],
      ['skip_connect'],
      ['sep_conv_3x3', 'sep_conv_5x5'],
      ['dil_conv_3x3', 'dil_conv_5x5'],
    ],
    cells: [14, 20], // StacNAS, stages 1 and 2
    channels: 16,
    minCells: 3,
  },
  'nas-bench-201': {
    title: 'NAS-Bench-201',
    cellKinds: ['normal'],
    inputs: 1,
    nodes: 3,
    keep: null,
    candidates: ['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3'],
    clusters: [['nor_conv_1x1', 'nor_conv_3x3'], ['skip_connect'], ['avg_pool_3x3']],
    cells: [5, 5], // Dong & Yang 2020: five cells a stage, three stages
    channels: 16,
    minCells: 1,
  },
}
