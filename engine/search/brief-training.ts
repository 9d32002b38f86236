// Trains one cell for a short while from scratch and validates it: how random search and groups of searches compare cells.
import { setImmediate } from 'node:timers/promises'
import type { EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { epochBatches } from '../data/batches.js'
import { randomStream } from '../data/random.js'
import { NetworkTraining } from '../learning/network-training.js'
import { weightRate } from '../learning/schedule.js'
import { buildFinalNetwork } from '../network/final-network.js'
import { initialWeights } from '../network/weights.js'
import { countGenotype } from '../space/cost.js'
import type { Clock } from '../learning/clock.js'
import type { SearchContext } from './context.js'
import { refuseDiverged } from '../learning/diverged.js'
import { outOfMemory, refuseTooLarge } from '../learning/out-of-memory.js'

/** Accuracy on the validation images after the last epoch, in [0, 1], and what that took. */
export interface BriefResult {
  readonly validationAccuracy: number
  readonly seconds: number
}

/**
 * `epochs` epochs on the training images, in a network of `stage1Cells` cells and `channels` channels, by the rates of the search.
 * @param number of the cell, from 1: its steps, epochs and random draws are those of a random search's cell of that number
 */
export async function* trainBriefly(
  genotype: Genotype,
  number: number,
  settings: ResolvedSearchSettings,
  { facts, train, validation, stepsPerEpoch, signal }: SearchContext,
  clock: Clock,
): AsyncGenerator<EngineEvent, BriefResult> {
  const { epochs, stage1Cells: cells, channels, seed, batch, augment, cutout } = settings
  const shape = {
    genotype,
    cells,
    channels,
    classes: facts.classes,
    imageChannels: facts.channels,
    imageSize: facts.size,
  }
  const ask = { of: `cell ${number}`, cost: countGenotype(shape), batch, passes: 1 }
  refuseTooLarge(ask)
  const net = buildFinalNetwork({ ...shape, auxiliary: false, poolNorm: false })
  const began = performance.now()
  const training = new NetworkTraining(
    net,
    facts,
    settings,
    initialWeights(net.specs, randomStream(seed, 'weights', number)),
  )
  try {
    let [loss, accuracy, step] = [0, 0, (number - 1) * epochs * stepsPerEpoch]
    for (let epoch = 1; epoch <= epochs; epoch++) {
      ;[loss, accuracy] = [0, 0]
      const rate = weightRate(settings, epoch)
      const drawn = { batch, seed, stage: 1, epoch: (number - 1) * epochs + epoch, augment, cutout, facts }
      for (const images of epochBatches(train, drawn)) {
        if (!training.ready)
          yield { type: 'preparing', what: `building the graph of cell ${number}`, etaSeconds: clock.etaSeconds }
        await setImmediate() // lets messages in between two steps, an abort among them
        signal?.throwIfAborted()
        const from = performance.now()
        const metrics = await training.step(images, { rate, number: ++step })
        const seconds = (performance.now() - from) / 1000
        clock.step(seconds)
        yield {
          type: 'step-finished',
          ...{ stage: 1, epoch: number, step },
          metrics: { ...metrics, 'learning-rate': rate, 'step-seconds': seconds },
          etaSeconds: clock.etaSeconds,
        }
        refuseDiverged(metrics, `step ${step} of stage 1`)
        loss += metrics.loss / stepsPerEpoch
        accuracy += metrics.accuracy / stepsPerEpoch
      }
    }
    const still = epochBatches(validation, { batch, seed, stage: 1, epoch: 0, augment: false, facts })
    const validated = await training.evaluate(still)
    const seconds = (performance.now() - began) / 1000
    yield {
      type: 'epoch-finished',
      ...{ stage: 1, epoch: number, step, trainLoss: loss, trainAccuracy: accuracy, seconds },
      ...{ validationLoss: validated.loss, validationAccuracy: validated.accuracy },
    }
    return { validationAccuracy: validated.accuracy, seconds }
  } catch (error) {
    throw outOfMemory(error, ask)
  } finally {
    training.dispose()
  }
}
