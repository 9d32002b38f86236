// The rules of a search that hold between settings: each fault is told at the setting it is about, with what to do.
import { DATASETS } from './datasets.js'
import { METHOD_DEFAULTS, publishedShare } from './method-defaults.js'
import type { SearchSettings } from './settings.js'
import { SpaceFileError, spaceOf } from './space-of.js'
import type { Space } from './spaces.js'
import { whyUnmeasurable } from './unmeasurable.js'

/** Is told the setting and what is wrong with it. */
type Refuse = (path: string, message: string) => void

export function checkSettings(settings: SearchSettings, refuse: Refuse): void {
  let space: Space
  try {
    space = spaceOf(settings)
  } catch (error) {
    if (!(error instanceof SpaceFileError)) throw error
    return refuse('spaceText', error.message)
  }
  if (settings.space !== 'custom' && settings.spaceText !== '')
    refuse('spaceText', `Expected no space file beside space ${settings.space}: say space custom to use it.`)
  checkDepths(settings, space, refuse)
  checkImages(settings, refuse)
  checkClusters(settings, space, refuse)
  if (settings.weightRateEnd > settings.weightRate)
    refuse(
      'weightRateEnd',
      `Expected at most weightRate (${settings.weightRate}), but received ${settings.weightRateEnd}.`,
    )
  if (settings.earlyStop === 'eigenvalue' && settings.eigenvalueEvery === 0)
    refuse('eigenvalueEvery', 'Expected at least 1 where the eigenvalue stops the search, but received 0.')
}

function checkDepths(settings: SearchSettings, space: Space, refuse: Refuse): void {
  for (const key of ['stage1Cells', 'stage2Cells', 'clusteringCells', 'finalCells'] as const) {
    const cells = settings[key]
    if (cells !== undefined && cells < space.minCells)
      refuse(key, `Expected at least ${space.minCells} cells in space ${space.name}, but received ${cells}.`)
  }
  const shallow = settings.depthChoices.find((cells) => cells < space.minCells)
  if (settings.depth === 'auto' && shallow !== undefined)
    refuse('depthChoices', `Expected at least ${space.minCells} cells in space ${space.name}, but received ${shallow}.`)
  if (settings.depth === 'auto' && settings.method !== 'stacnas')
    refuse('depth', `Expected depth given for method ${settings.method}: only stacnas matches its depth.`)
}

function checkImages(settings: SearchSettings, refuse: Refuse): void {
  const { images } = settings
  const optimisation = settings.optimisation ?? METHOD_DEFAULTS[settings.method].optimisation
  const trainShare = settings.trainShare ?? publishedShare(settings.method, optimisation)
  const all = Math.min(images ?? DATASETS[settings.dataset].train, DATASETS[settings.dataset].train)
  const trained = Math.floor(all * trainShare)
  const bi = optimisation !== 'one-level'
  if (trained < settings.batch)
    refuse(
      'batch',
      `Expected at most the ${trained} images there are to train on, but received ${settings.batch}. Use a smaller batch or more images.`,
    )
  else if ((bi || settings.method === 'random') && all - trained < settings.batch)
    refuse(
      'trainShare',
      `Expected at least a batch (${settings.batch}) of images to validate on, but ${all - trained} of ${all} are left. Lower trainShare, for example to 0.5.`,
    )
  const compared = settings.confusionBatches * settings.confusionBatch
  if (settings.depth === 'auto' && trained < compared)
    refuse(
      'confusionBatch',
      `Expected at most the ${trained} images there are to train on in all batches that are compared, but ${settings.confusionBatches} of ${settings.confusionBatch} hold ${compared}. Use fewer (confusionBatches) or smaller ones.`,
    )
}

function checkClusters(settings: SearchSettings, space: Space, refuse: Refuse): void {
  const { clusters, clustering, method } = settings
  if (clustering === 'given' && settings.representative === 'central')
    refuse(
      'representative',
      'Expected first, smallest or cheapest where clusters are given: central needs correlations.',
    )
  if (clustering !== 'given' && method !== 'stacnas')
    return refuse('clustering', `Expected clustering given for method ${method}: only stacnas searches over clusters.`)
  const unmeasurable = clustering === 'given' ? null : whyUnmeasurable(space, settings)
  if (unmeasurable !== null) refuse('clustering', unmeasurable)
  if (method === 'stacnas' && clustering === 'given' && (clusters ?? space.clusters).length < 2)
    refuse(
      'clusters',
      'Expected at least 2 clusters: with one there is nothing to choose in stage 1. Use method darts.',
    )
  if (!clusters) return
  if (clustering !== 'given')
    refuse('clusters', `Expected no clusters where they are measured (clustering ${clustering}).`)
  const operators = space.candidates.filter((operator) => operator !== 'none')
  if (clusters.length > operators.length)
    refuse(
      'clusters',
      `Expected at most ${operators.length} clusters, as many as space ${space.name} has operators, but received ${clusters.length}.`,
    )
  const named = new Set<string>()
  for (const operator of clusters.flat()) {
    if (operator === 'none')
      refuse('clusters', 'Expected clusters without none, which takes part in every stage by itself.')
    else if (!space.candidates.includes(operator))
      refuse(
        'clusters',
        `Expected operators of space ${space.name} (${space.candidates.join(', ')}), but received ${operator}.`,
      )
    else if (named.has(operator))
      refuse('clusters', `Expected each operator in one cluster, but received ${operator} twice.`)
    named.add(operator)
  }
  const missing = operators.filter((operator) => !named.has(operator))
  if (missing.length > 0)
    refuse(
      'clusters',
      `Expected every operator of space ${space.name} in a cluster, but ${missing.join(', ')} is in none.`,
    )
}
