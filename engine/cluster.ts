// Operator clustering alone: trains a supernet with all candidates, measures it and tells the clusters, without a search.
import { DATASETS } from '@cellboard/schema/datasets'
import type { EngineEvent } from '@cellboard/schema/events'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { spaceOf } from '@cellboard/schema/space-of'
import { pickBackend } from './backend/pick.js'
import { clusteringBatches, measureClusters } from './clustering/measure-clusters.js'
import { trainCandidates } from './clustering/train-candidates.js'
import { loadDataset } from './data/load.js'
import { splitImages } from './data/split.js'
import { buildSupernet } from './network/supernet.js'
import { countWeights } from './network/weights.js'
import { allCandidates } from './space/candidates.js'

/**
 * The first event is `started`, the last is `operators-clustered`, one for each kind of cell where these are measured apart; in between
 * the training of stage 0. Leaving the loop stops it and frees its tensors.
 * @throws {EngineError} with a code, a sentence and a hint, when it cannot go on.
 */
export async function* clusterOperators(
  settings: ResolvedSearchSettings,
  { dataFolder }: { readonly dataFolder: string },
): AsyncGenerator<EngineEvent> {
  const { clusteringCells: cells, clusteringEpochs: epochs, channels, batch } = settings
  const space = spaceOf(settings)
  const facts = DATASETS[settings.dataset]
  const { train: all } = await loadDataset(settings.dataset, dataFolder)
  const { train, validation } = splitImages(all, settings)
  const { note, ...backend } = await pickBackend(settings.backend)
  const stepsPerEpoch = Math.floor(train.count / batch)
  const { classes, channels: imageChannels, size } = facts
  yield {
    type: 'started',
    backend,
    backendNote: note,
    dataset: { train: train.count, validation: validation.count, size, channels: imageChannels, classes },
    steps: epochs * stepsPerEpoch,
  }

  const candidates = allCandidates(space)
  const net = buildSupernet({ space, cells, channels, classes, imageChannels, candidates })
  const edges = space.edges.map((edge) => ({ ...edge, candidates: [...edge.candidates] }))
  const parameters = countWeights(net.specs)
  yield { type: 'stage-started', stage: 0, cells, channels, epochs, parameters, stepsPerEpoch, edges }
  const trained = yield* trainCandidates(net, train, facts, settings)

  const images = clusteringBatches(train, settings, facts)
  const measured = yield* measureClusters(net, candidates, space, trained, images, facts, settings)
  for (const clustering of measured) yield { type: 'operators-clustered', origin: 'measured', ...clustering }
}
