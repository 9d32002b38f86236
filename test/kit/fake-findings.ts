// What the fake engine finds, in nas-bench-201: each number follows from the settings, so that a test can tell what it must see.
import { parseGenotype } from '@cellboard/engine/facts'
import type { EdgeCandidates, EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { Method, ResolvedSearchSettings } from '@cellboard/schema/settings'
import { SPACES } from '@cellboard/schema/spaces'

type Of<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>

export const EDGES = [
  [0, 1],
  [0, 2],
  [1, 2],
  [0, 3],
  [1, 3],
  [2, 3],
] as const

const REPRESENTATIVES: readonly Operator[] = ['nor_conv_1x1', 'skip_connect', 'avg_pool_3x3', 'none']

/** Representatives where clusters are searched, all operators where they are not. */
export const edgesOf = (method: Method): EdgeCandidates[] =>
  EDGES.map(([from, to]) => {
    const candidates = method === 'stacnas' ? REPRESENTATIVES : SPACES['nas-bench-201'].candidates
    return { cell: 'normal', from, to, candidates: [...candidates] }
  })

/** Two seeds that find isomorphic cells: a 3x3 convolution of the input, handed on by skips on two ways. */
export const ISOMORPHIC: Readonly<Record<number, string>> = {
  201: '|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|none~1|skip_connect~2|',
  202: '|skip_connect~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|skip_connect~2|',
}

/** Skips everywhere for every third seed, 1x1 convolutions for the others but `ISOMORPHIC`. */
export const genotypeOf = (seed: number): Genotype =>
  ISOMORPHIC[seed] ? parseGenotype(ISOMORPHIC[seed]) : uniform(seed % 3 === 0 ? 'skip_connect' : 'nor_conv_1x1')

const uniform = (operator: Operator): Genotype => ({
  space: 'nas-bench-201',
  normal: [1, 2, 3].map((node) => Array.from({ length: node }, (_, from) => ({ operator, from }))),
})

/** Two convolutions that are alike, and two operators that are like nothing. */
const CORRELATION = {
  operators: ['nor_conv_1x1', 'nor_conv_3x3', 'skip_connect', 'avg_pool_3x3'] as Operator[],
  rho: [
    [1, 0.8, 0, 0],
    [0.8, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ],
  edges: 6,
}

export function clustered(settings: ResolvedSearchSettings): Of<'operators-clustered'> {
  const clusters = settings.clusters.map((operators) => ({ operators, representative: operators[0]! }))
  if (settings.clustering === 'given') return { type: 'operators-clustered', origin: 'given', cell: null, clusters }
  return {
    type: 'operators-clustered',
    origin: 'measured',
    cell: null,
    clusters,
    correlation: { ...CORRELATION, images: settings.clusteringImages },
    linkage: [
      { left: 0, right: 1, height: 0.2 },
      { left: 2, right: 3, height: 1 },
      { left: 4, right: 5, height: 1 },
    ],
    cut: { rule: settings.clusteringCut, height: 0.6, scores: [{ clusters: 3, silhouette: 0.4 }] },
  }
}

/** Confusion that falls with depth; the final network has that of the second choice. */
export function depthOf(settings: ResolvedSearchSettings, stage: 1 | 2): Of<'depth-matched'> {
  const given = stage === 2 ? settings.stage2Cells : settings.stage1Cells
  if (settings.depth === 'given') return { type: 'depth-matched', stage, cells: given, origin: 'given' }
  const at = (cells: number, place: number) => ({
    cells,
    confusion: { pairs: 105, minCosine: -0.1 * place, minInnerProduct: -place, lowCosine: 0, negativeShare: 0.5 },
  })
  const measured = settings.depthChoices.map(at)
  const cells = settings.depthChoices[1]!
  return { type: 'depth-matched', stage, cells, origin: 'measured', target: at(settings.finalCells, 1), measured }
}

/** Healthy in stage 1; in stage 2 more skips with every epoch, and a warning from the second on. */
export function collapseAt(at: { stage: 1 | 2; epoch: number; step: number }): Of<'collapse-measured'> {
  const warned = at.stage === 2 && at.epoch >= 2
  return {
    type: 'collapse-measured',
    ...at,
    skips: at.epoch,
    edges: EDGES.length,
    noneShare: 0.1,
    entropy: 1 / at.epoch,
    eigenvalue: at.stage === 1 ? null : at.epoch,
    verdict: warned ? 'warning' : 'healthy',
    reasons: warned ? ['Skips grow.'] : [],
    since: warned ? 2 : null,
  }
}

/** The later, the better. */
export const candidateAt = (number: number, of: number): Of<'candidate-trained'> => ({
  type: 'candidate-trained',
  number,
  of,
  genotype: uniform('nor_conv_3x3'),
  parameters: 1000 + number,
  validationAccuracy: 1 - 1 / (number + 1),
  seconds: 0.01,
  best: true,
})
