// Trains a supernet with all candidates as a search would, to measure on: clustering alone, without the rest of a search.
import { setImmediate } from 'node:timers/promises'
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { EngineEvent } from '@cellboard/schema/events'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { epochBatches } from '../data/batches.js'
import type { Images } from '../data/images.js'
import { gaussian, randomStream } from '../data/random.js'
import { EngineError } from '../errors.js'
import { weightRate } from '../learning/schedule.js'
import { stepChance } from '../learning/step-chance.js'
import { freshState, SupernetTraining } from '../learning/supernet-training.js'
import type { Supernet } from '../network/supernet.js'
import { initialWeights } from '../network/weights.js'
import type { TrainedSupernet } from './measure-clusters.js'

const stage = 0

/**
 * `clusteringEpochs` epochs of the one-level step (none: the weights as they are drawn), by the settings of the search, its learning rate
 * falling over these epochs. Tells steps and epochs of stage 0, with the seconds left.
 * @throws EngineError DIVERGED where the loss is no number
 */
export async function* trainCandidates(
  net: Supernet,
  train: Images,
  facts: DatasetFacts,
  settings: ResolvedSearchSettings,
): AsyncGenerator<EngineEvent, TrainedSupernet> {
  const { seed, batch, augment, cutout, alphaInit, clusteringEpochs: epochs } = settings
  const stepsPerEpoch = Math.floor(train.count / batch)
  const draw = gaussian(randomStream(seed, 'alphas', stage))
  const alphas = Float32Array.from({ length: net.edges * net.widest }, () => alphaInit * draw())
  const start = freshState(net, initialWeights(net.specs, randomStream(seed, 'weights', stage)), alphas)
  const training = new SupernetTraining(net, facts, { ...settings, optimisation: 'one-level' }, start)
  let [step, began] = [0, 0]
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const from = performance.now()
      const rate = weightRate({ ...settings, epochs }, epoch)
      let [loss, accuracy] = [0, 0]
      for (const images of epochBatches(train, { batch, seed, stage, epoch, augment, cutout, facts })) {
        if (!training.ready) yield { type: 'preparing', what: 'building the graph', etaSeconds: null }
        await setImmediate() // lets messages in between two steps
        const metrics = await training.step(images, null, {
          rate,
          alphaStep: ++step,
          chance: stepChance(net, { ...settings, epochs }, { stage, epoch, step }),
        })
        if (!Number.isFinite(metrics.loss)) throw diverged(metrics.loss, step)
        loss += metrics.loss / stepsPerEpoch
        accuracy += metrics.accuracy / stepsPerEpoch
        if (step === 1) began = performance.now() // the first step builds the graph, and says nothing of the others
        const left = epochs * stepsPerEpoch - step
        const etaSeconds = step === 1 ? null : ((performance.now() - began) / 1000 / (step - 1)) * left
        yield { type: 'step-finished', stage, epoch, step, metrics: { ...metrics, 'learning-rate': rate }, etaSeconds }
      }
      const seconds = (performance.now() - from) / 1000
      yield { type: 'epoch-finished', stage, epoch, step, trainLoss: loss, trainAccuracy: accuracy, seconds }
    }
    const { weights, alphas: learned } = await training.toHost()
    return { weights: weights!, alphas: learned! }
  } finally {
    training.dispose()
  }
}

const diverged = (loss: number, step: number) =>
  new EngineError(
    'DIVERGED',
    `Expected a finite loss, but received ${loss} in step ${step}.`,
    'Lower weightRate or gradientClip.',
  )
