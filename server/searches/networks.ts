// The supernets that a search's settings lead to, counted before anything is built.
import { countSupernet, stageOneCandidates, uniformStageTwo } from '@cellboard/engine/facts'
import { DATASETS } from '@cellboard/schema/datasets'
import type { EdgeCandidates } from '@cellboard/schema/events'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'

export interface NetworkCost {
  readonly parameters: number
  /** Of convolutions and linear layers for one image, forward. */
  readonly multiplyAdds: number
  readonly activations: number
}

function count(settings: ResolvedSearchSettings, cells: number, candidates: Operator[][]): NetworkCost {
  const { classes, size, channels: imageChannels } = DATASETS[settings.dataset]
  const { space, channels } = settings
  return countSupernet({ space, channels, cells, classes, imageChannels, imageSize: size, candidates })
}

/** A network that a running stage has told of. */
export const stageCost = (settings: ResolvedSearchSettings, cells: number, edges: readonly EdgeCandidates[]) =>
  count(
    settings,
    cells,
    edges.map((edge) => edge.candidates),
  )

/** Both stages; of stage 2, whose operators depend on what stage 1 chooses, the largest network there can be. */
export function previewCosts(settings: ResolvedSearchSettings): [NetworkCost, NetworkCost] {
  const { space, clusters, singletons, stage1Cells, stage2Cells } = settings
  const stageOne = count(settings, stage1Cells, stageOneCandidates(space, clusters))
  const stageTwo = uniformStageTwo(space, clusters, singletons).map((candidates) =>
    count(settings, stage2Cells, candidates),
  )
  const largest = stageTwo.reduce((most, cost) => ({
    parameters: Math.max(most.parameters, cost.parameters),
    multiplyAdds: Math.max(most.multiplyAdds, cost.multiplyAdds),
    activations: Math.max(most.activations, cost.activations),
  }))
  return [stageOne, largest]
}

/** Optimisation steps of both stages: a last smaller batch is dropped. */
export const stepsPerEpoch = (settings: ResolvedSearchSettings): number =>
  Math.floor(Math.floor(settings.images * settings.trainShare) / settings.batch)
