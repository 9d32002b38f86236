// The search spaces: which networks can be found. A space names its edges and what each may choose; networks are built from it alone.
import type { Operator } from './operators.js'
import { completeEdges, S1_EDGES } from './space-edges.js'

/** The two skeletons that cells are put into: DARTS' (Liu et al. 2019) and NAS-Bench-201's (Dong & Yang 2020). */
export const NETWORK_NAMES = ['darts', 'nas-bench-201'] as const
export type NetworkName = (typeof NETWORK_NAMES)[number]

/** `custom` is a space that somebody wrote: its text is a setting of the search (`spaceText`, see space-file.ts). */
export const SPACE_NAMES = [
  'darts',
  's1',
  's2',
  's3',
  's4',
  'darts-1-skip',
  'darts-3-skip',
  'nas-bench-201',
  'custom',
] as const
export type SpaceName = (typeof SPACE_NAMES)[number]
export type PublishedSpaceName = Exclude<SpaceName, 'custom'>

export const CELL_KINDS = ['normal', 'reduction'] as const
export type CellKind = (typeof CELL_KINDS)[number]

/** An edge of a searched cell: `from` and `to` number the cell's states, its inputs first, then its nodes. */
export interface SpaceEdge {
  readonly cell: CellKind
  readonly from: number
  readonly to: number
  /** What the edge may choose, in the published order; an operator may stand there more than once. */
  readonly candidates: readonly Operator[]
}

export interface Space {
  readonly name: SpaceName
  readonly title: string
  readonly network: NetworkName
  /** Kinds of cell that are searched; NAS-Bench-201 fixes its reductions as residual blocks. */
  readonly cellKinds: readonly CellKind[]
  /** States that enter a cell: DARTS reads the two cells before, NAS-Bench-201 the one before. */
  readonly inputs: number
  /** Nodes computed inside a cell. */
  readonly nodes: number
  /** Edges a node keeps in a derived cell; null keeps every edge. */
  readonly keep: number | null
  /** Every operator that some edge may choose, each once, in the published order. */
  readonly candidates: readonly Operator[]
  /** Normal cells first, then reduction cells; within a cell node by node, sources ascending: what all per-edge lists are aligned with. */
  readonly edges: readonly SpaceEdge[]
  /**
   * Operators thought alike, the representative first (StacNAS genotypes.py; for other spaces by family). `none` is in no cluster.
   * An edge that lacks some of them has what is left of each cluster.
   */
  readonly clusters: readonly (readonly Operator[])[]
  /** Depth of each stage: cells of the whole network for darts, cells a stage of three for nas-bench-201. */
  readonly cells: readonly [number, number]
  /** Depth of a search with all candidates at once, as DARTS searches. */
  readonly singleCells: number
  /** Width of the first cell, in channels. */
  readonly channels: number
  /** Smallest depth that can be built. */
  readonly minCells: number
}

/** What all spaces in DARTS' network have in common. */
const DARTS_NETWORK = {
  network: 'darts',
  cellKinds: CELL_KINDS,
  inputs: 2,
  nodes: 4,
  keep: 2,
  cells: [14, 20], // StacNAS, stages 1 and 2
  singleCells: 8, // DARTS, RobustDARTS
  channels: 16,
  minCells: 3,
} as const

const POOLS = ['max_pool_3x3', 'avg_pool_3x3'] as const
const SEPARABLE = ['sep_conv_3x3', 'sep_conv_5x5'] as const
const DILATED = ['dil_conv_3x3', 'dil_conv_5x5'] as const

/** A space in DARTS' network whose every edge may choose the same. */
const uniform = (
  name: PublishedSpaceName,
  title: string,
  candidates: readonly Operator[],
  clusters: Space['clusters'],
): Space => ({
  name,
  title,
  ...DARTS_NETWORK,
  candidates: [...new Set(candidates)],
  edges: completeEdges(CELL_KINDS, 2, 4, candidates),
  clusters,
})

export const SPACES: Readonly<Record<PublishedSpaceName, Space>> = {
  darts: uniform(
    'darts',
    'DARTS',
    ['none', ...POOLS, 'skip_connect', ...SEPARABLE, ...DILATED],
    [POOLS, ['skip_connect'], SEPARABLE, DILATED],
  ),
  // S1 to S4: Zela et al. 2020 (automl/RobustDARTS, src/spaces.py). Their S5 is darts.
  s1: {
    name: 's1',
    title: 'S1 (RobustDARTS)',
    ...DARTS_NETWORK,
    candidates: [...POOLS, 'skip_connect', 'sep_conv_3x3', ...DILATED],
    edges: S1_EDGES,
    clusters: [POOLS, ['skip_connect'], ['sep_conv_3x3'], DILATED],
  },
  s2: uniform('s2', 'S2 (RobustDARTS)', ['skip_connect', 'sep_conv_3x3'], [['skip_connect'], ['sep_conv_3x3']]),
  s3: uniform('s3', 'S3 (RobustDARTS)', ['none', 'skip_connect', 'sep_conv_3x3'], [['skip_connect'], ['sep_conv_3x3']]),
  s4: uniform('s4', 'S4 (RobustDARTS)', ['noise', 'sep_conv_3x3'], [['noise'], ['sep_conv_3x3']]),
  // DropNAS (wiljohnhong/DropNAS, genotypes.py): both pools left out, or both replaced by further skips.
  'darts-1-skip': uniform(
    'darts-1-skip',
    'DARTS, 1 skip',
    ['none', 'skip_connect', ...SEPARABLE, ...DILATED],
    [['skip_connect'], SEPARABLE, DILATED],
  ),
  'darts-3-skip': uniform(
    'darts-3-skip',
    'DARTS, 3 skips',
    ['none', 'skip_connect', 'skip_connect', 'skip_connect', ...SEPARABLE, ...DILATED],
    [['skip_connect'], SEPARABLE, DILATED],
  ),
  'nas-bench-201': {
    name: 'nas-bench-201',
    title: 'NAS-Bench-201',
    network: 'nas-bench-201',
    cellKinds: ['normal'],
    inputs: 1,
    nodes: 3,
    keep: null,
    candidates: ['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3'],
    edges: completeEdges(['normal'], 1, 3, ['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3']),
    clusters: [['nor_conv_1x1', 'nor_conv_3x3'], ['skip_connect'], ['avg_pool_3x3']],
    cells: [5, 5], // Dong & Yang 2020: five cells a stage, three stages
    singleCells: 5,
    channels: 16,
    minCells: 1,
  },
}

/** The published space whose cells a network of that kind is made of: what bounds its genotypes. */
export const spaceOfNetwork = (network: NetworkName): Space => SPACES[network]
