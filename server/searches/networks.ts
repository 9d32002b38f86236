// The supernets that a search's settings lead to, counted before anything is built.
import { DATASETS } from '@cellboard/schema/datasets'
import type { EdgeCandidates } from '@cellboard/schema/events'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { engineFacts } from './engine-facts.js'

export interface NetworkCost {
  readonly parameters: number
  /** Of convolutions and linear layers for one image, forward. */
  readonly multiplyAdds: number
  readonly activations: number
}

async function count(settings: ResolvedSearchSettings, cells: number, candidates: Operator[][]): Promise<NetworkCost> {
  const { countSupernet } = await engineFacts()
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
export async function previewCosts(settings: ResolvedSearchSettings): Promise<[NetworkCost, NetworkCost]> {
  const { stageOneCandidates } = await engineFacts()
  const stageOne = stageOneCandidates(settings.space, settings.clusters)
  const stageTwo = await Promise.all(
    settings.clusters.map((cluster) => {
      const twice = cluster.length === 1 && settings.singletons === 'duplicate'
      const members: Operator[] = twice ? [...cluster, ...cluster, 'none'] : [...cluster, 'none']
      return count(
        settings,
        settings.stage2Cells,
        stageOne.map(() => members),
      )
    }),
  )
  const largest = stageTwo.reduce((most, cost) => ({
    parameters: Math.max(most.parameters, cost.parameters),
    multiplyAdds: Math.max(most.multiplyAdds, cost.multiplyAdds),
    activations: Math.max(most.activations, cost.activations),
  }))
  return [await count(settings, settings.stage1Cells, stageOne), largest]
}

/** Optimisation steps of both stages: a last smaller batch is dropped. */
export const stepsPerEpoch = (settings: ResolvedSearchSettings): number =>
  Math.floor(Math.floor(settings.images * settings.trainShare) / settings.batch)
