// The networks that a search's settings lead to, counted before anything is built.
import {
  allCandidates,
  countGenotype,
  countSupernet,
  randomGenotype,
  randomStream,
  sameClusters,
  stageOneCandidates,
  uniformStageTwo,
} from '@cellboard/engine/facts'
import { DATASETS } from '@cellboard/schema/datasets'
import type { EdgeCandidates, StageNumber } from '@cellboard/schema/events'
import type { Genotype, GenotypeEdge } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { spaceOf } from '@cellboard/schema/space-of'
import type { CellKind, Space } from '@cellboard/schema/spaces'

export interface NetworkCost {
  readonly parameters: number
  /** Of convolutions and linear layers for one image, forward. */
  readonly multiplyAdds: number
  readonly activations: number
}

/** A network that the search will train, the largest where it depends on what is found on the way. */
export interface PlannedNetwork extends NetworkCost {
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

const largest = (costs: readonly NetworkCost[]): NetworkCost => ({
  parameters: Math.max(...costs.map(({ parameters }) => parameters)),
  multiplyAdds: Math.max(...costs.map(({ multiplyAdds }) => multiplyAdds)),
  activations: Math.max(...costs.map(({ activations }) => activations)),
})

const supernet = (settings: ResolvedSearchSettings, cells: number, candidates: Operator[][]): NetworkCost =>
  countSupernet({ ...shapeOf(settings, cells), space: spaceOf(settings), candidates })

/** A supernet that a running stage has told of; null for one that has only some of the space's edges. */
export function stageCost(
  settings: ResolvedSearchSettings,
  cells: number,
  edges: readonly EdgeCandidates[],
): NetworkCost | null {
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
function derivedNetwork(settings: ResolvedSearchSettings, cells: number): NetworkCost {
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
  const { method, singletons, epochs, stage1Cells, samples } = settings
  const space = spaceOf(settings)
  const planned = (stage: StageNumber, cells: number, times: number, cost: NetworkCost): PlannedNetwork => ({
    ...cost,
    stage,
    cells,
    steps: times * stepsPerEpoch(settings),
  })
  if (method === 'random') return [planned(1, stage1Cells, samples * epochs, derivedNetwork(settings, stage1Cells))]
  if (method === 'darts')
    return [planned(1, stage1Cells, epochs, supernet(settings, stage1Cells, allCandidates(space)))]

  const clusters = sameClusters(settings.clusters)
  const depthOf = (given: number) => (settings.depth === 'auto' ? Math.max(...settings.depthChoices) : given)
  const [one, two] = [depthOf(stage1Cells), depthOf(settings.stage2Cells)]
  const stageTwo = uniformStageTwo(space, clusters, singletons).map((candidates) => supernet(settings, two, candidates))
  const stages = [
    planned(1, one, epochs, supernet(settings, one, stageOneCandidates(space, clusters))),
    planned(2, two, epochs, largest(stageTwo)),
  ]
  if (settings.clustering !== 'given') {
    const { clusteringCells: cells, clusteringEpochs } = settings
    stages.unshift(planned(0, cells, clusteringEpochs, supernet(settings, cells, allCandidates(space))))
  }
  if (settings.zeroAttention) stages.push(planned(3, two, epochs, derivedNetwork(settings, two)))
  return stages
}

/** Optimisation steps of an epoch: a last smaller batch is dropped. */
export const stepsPerEpoch = ({ images, trainShare, batch }: ResolvedSearchSettings): number =>
  Math.floor(Math.floor(images * trainShare) / batch)

const PASSES = { 'one-level': 1, 'first-order': 2, 'second-order': 5 } as const

/**
 * Gradients that a step takes, each of one batch: the second order asks twice for the logits' own (at the stepped weights, and to
 * step them) and twice for the finite difference, and once for the weights'.
 */
export const passesPerStep = ({ method, optimisation }: ResolvedSearchSettings): number =>
  method === 'random' ? 1 : PASSES[optimisation]
