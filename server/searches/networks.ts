// The networks that a search's settings lead to, counted before anything is built.
import {
  PASSES,
  allCandidates,
  countGenotype,
  countSupernet,
  randomGenotype,
  randomStream,
  sameClusters,
  stageOneCandidates,
  supernetCandidates,
  uniformStageTwo,
  type Cost,
} from '@cellboard/engine/facts'
import { DATASETS } from '@cellboard/schema/datasets'
import type { EdgeCandidates, StageNumber } from '@cellboard/schema/events'
import type { Genotype, GenotypeEdge } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { spaceOf } from '@cellboard/schema/space-of'
import type { CellKind, Space } from '@cellboard/schema/spaces'

/** A network that the search will train, the largest where it depends on what is found on the way. */
export interface PlannedNetwork extends Cost {
  readonly stage: StageNumber
  readonly cells: number
  /** Optimisation steps of all its epochs, and of all its like. */
  readonly steps: number
}

/** What every network of a search has in common. */
function shapeOf({ dataset, channels }: ResolvedSearchSettings, cells: number) {
  const { classes, size, channels: imageChannels } = DATASETS[dataset]
  return { channels, cells, classes, imageChannels, imageSize: size }
}

const largest = (costs: readonly Cost[]): Cost => {
  const most = (of: (cost: Cost) => number) => Math.max(...costs.map(of))
  return {
    parameters: most((cost) => cost.parameters),
    multiplyAdds: most((cost) => cost.multiplyAdds),
    operations: most((cost) => cost.operations),
    activations: most((cost) => cost.activations),
    kept: most((cost) => cost.kept),
    layers: most((cost) => cost.layers),
  }
}

const supernet = (settings: ResolvedSearchSettings, cells: number, candidates: Operator[][]): Cost =>
  countSupernet({ ...shapeOf(settings, cells), space: spaceOf(settings), candidates })

/** A supernet that a running stage has told of; null for one that has only some of the space's edges. */
export function stageCost(
  settings: ResolvedSearchSettings,
  cells: number,
  edges: readonly EdgeCandidates[],
): Cost | null {
  const candidates = edges.map((edge) => edge.candidates)
  return candidates.length === spaceOf(settings).edges.length ? supernet(settings, cells, candidates) : null
}

/**
 * Every node with as many edges as it keeps, each with this operator, or with its first where it lacks it. Where a node keeps all
 * its edges, those that the space does not have are `none`.
 */
function uniformGenotype(space: Space, operator: Operator): Genotype {
  const edgesInto = (kind: CellKind, to: number): GenotypeEdge[] => {
    const edges = space.edges.filter((edge) => edge.cell === kind && edge.to === to)
    const chosen = edges.map(({ from, candidates }): GenotypeEdge => ({
      from,
      operator: candidates.includes(operator) ? operator : candidates.find((one) => one !== 'none')!,
    }))
    return space.keep === null
      ? Array.from({ length: to }, (_, from) => chosen.find((edge) => edge.from === from) ?? { from, operator: 'none' })
      : chosen.slice(0, space.keep)
  }
  const cellOf = (kind: CellKind) =>
    Array.from({ length: space.nodes }, (_, node) => edgesInto(kind, space.inputs + node))
  return {
    space: space.network,
    normal: cellOf('normal'),
    ...(space.cellKinds.includes('reduction') && { reduction: cellOf('reduction') }),
  }
}

/** The largest network of cells that keep one operator an edge. */
function derivedNetwork(settings: ResolvedSearchSettings, cells: number): Cost {
  const space = spaceOf(settings)
  const real = space.candidates.filter((operator) => operator !== 'none')
  const shape = shapeOf(settings, cells)
  return largest(real.map((operator) => countGenotype({ ...shape, genotype: uniformGenotype(space, operator) })))
}

const DRAWS = 100

/** Of the network of a random cell, in the mean over some that the search may draw. */
export function randomCellMultiplyAdds(settings: ResolvedSearchSettings): number {
  const random = randomStream(settings.seed, 'cost')
  const shape = shapeOf(settings, settings.stage1Cells)
  const draws = Array.from({ length: DRAWS }, () => randomGenotype(spaceOf(settings), random))
  return draws.reduce((sum, genotype) => sum + countGenotype({ ...shape, genotype }).multiplyAdds, 0) / DRAWS
}

/**
 * All networks of a search, in the order in which they are trained. Depths that are to be measured count as the deepest of the
 * choice, clusters that are to be measured as those the settings have. What only measures (confusion, eigenvalues) is left out.
 */
export function plannedNetworks(settings: ResolvedSearchSettings): PlannedNetwork[] {
  const { method, clustering, singletons, epochs, stage1Cells, samples, zeroAttention } = settings
  const space = spaceOf(settings)
  const planned = (stage: StageNumber, cells: number, times: number, cost: Cost): PlannedNetwork => ({
    ...cost,
    stage,
    cells,
    steps: times * stepsPerEpoch(settings),
  })
  if (method === 'random') return [planned(1, stage1Cells, samples * epochs, derivedNetwork(settings, stage1Cells))]
  const last = (cells: number) => (zeroAttention ? [planned(3, cells, epochs, derivedNetwork(settings, cells))] : [])
  if (method === 'darts')
    return [
      planned(1, stage1Cells, epochs, supernet(settings, stage1Cells, allCandidates(space))),
      ...last(stage1Cells),
    ]

  const clusters = sameClusters(settings.clusters)
  const depthOf = (given: number) => (settings.depth === 'auto' ? Math.max(...settings.depthChoices) : given)
  const [one, two] = [depthOf(stage1Cells), depthOf(settings.stage2Cells)]
  const stageTwo = uniformStageTwo(space, clusters, singletons).map((candidates) => supernet(settings, two, candidates))
  const { clusteringCells, clusteringEpochs } = settings
  const measured = () => supernet(settings, clusteringCells, supernetCandidates(space))
  return [
    ...(clustering === 'given' ? [] : [planned(0, clusteringCells, clusteringEpochs, measured())]),
    planned(1, one, epochs, supernet(settings, one, stageOneCandidates(space, clusters))),
    planned(2, two, epochs, largest(stageTwo)),
    ...last(settings.stage2Cells),
  ]
}

/** Optimisation steps of an epoch: a last smaller batch is dropped. */
export const stepsPerEpoch = ({ images, trainShare, batch }: ResolvedSearchSettings): number =>
  Math.floor(Math.floor(images * trainShare) / batch)

/** Gradients that a step takes, each of one batch. */
export const passesPerStep = ({ method, optimisation }: ResolvedSearchSettings): number =>
  method === 'random' ? 1 : PASSES[optimisation]
