// A training, from a genotype to a network that can be handed out: told from top to bottom.
import type { EngineEvent } from '@cellboard/schema/events'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { pickBackendOn } from '../backend/device.js'
import { openFeed } from '../data/feed/feed.js'
import { randomStream } from '../data/random.js'
import { checkFolder } from '../export/write-files.js'
import { Clock } from '../learning/clock.js'
import { NetworkTraining } from '../learning/network-training.js'
import { outOfMemory, refuseTooLarge } from '../learning/out-of-memory.js'
import { buildFinalNetwork } from '../network/final-network.js'
import { countWeights, initialWeights } from '../network/weights.js'
import { countGenotype } from '../space/cost.js'
import { parseGenotype } from '../space/parse-genotype.js'
import { handOut } from './hand-out.js'
import { measureTest } from './measure-test.js'
import { opening } from './opening.js'
import { outOfPatience } from './patience.js'
import { BEGINNING, readTrainingCheckpoint, writeTrainingCheckpoint } from './training-checkpoint.js'
import { trainEpoch, type TrainingRun } from './train-epoch.js'
import { trainingPlan } from './training-plan.js'

export interface TrainOptions {
  /** Where data sets are found, each in a folder of its own name (digits ships with the engine). */
  readonly dataFolder: string
  /** Where the training keeps its checkpoint, and goes on from one of the same settings; none is kept when absent. */
  readonly checkpointFolder?: string | undefined
  /** Where the trained network is left, as a whole folder; nothing is handed out when absent. */
  readonly filesFolder?: string | undefined
  /** Ends the training before its next step, with the signal's reason (an AbortError). */
  readonly signal?: AbortSignal | undefined
}

/**
 * Trains the network of a genotype from scratch. The first event is `started`, after `preparing` where pictures are read, the last `test-measured` or, with a folder for files,
 * `files-written`; epochs and steps are told as those of stage 1. Leaving the loop, or the signal, stops it in mid-epoch, keeps a
 * checkpoint where one is wanted, and frees its tensors. Same settings, same machine: same events, times aside, whether it was
 * stopped and taken up again or not.
 *
 * @throws {EngineError} with a code, a sentence and a hint, when the experiment cannot go on.
 */
export async function* train(settings: ResolvedTrainingSettings, options: TrainOptions): AsyncGenerator<EngineEvent> {
  const { seed, batch, epochs, patience } = settings
  const { dataFolder, checkpointFolder, filesFolder, signal } = options
  const genotype = parseGenotype(settings.genotype)
  if (filesFolder) await checkFolder(filesFolder)
  const data = yield* opening(settings, dataFolder, signal)
  const { facts } = data
  const plan = trainingPlan(genotype, settings, facts)
  const net = buildFinalNetwork(plan)
  const stepsPerEpoch = Math.floor(data.train.count / batch)
  const place = checkpointFolder ? { folder: checkpointFolder, settings, stepsPerEpoch } : null
  const resumed = place && readTrainingCheckpoint(place, countWeights(net.specs))
  const position = resumed?.position ?? BEGINNING
  signal?.throwIfAborted()
  const { note, ...backend } = await pickBackendOn(settings.device, settings.backend)
  yield {
    type: 'started',
    backend,
    backendNote: note,
    dataset: {
      train: data.train.count,
      validation: data.validation.count,
      size: facts.size,
      channels: facts.channels,
      classes: facts.classes,
    },
    steps: epochs * stepsPerEpoch,
    ...(resumed && { resumedFrom: { stage: 1, epoch: position.epoch, step: position.step } }),
  }
  const { parameters, multiplyAdds } = countGenotype({ ...plan, auxiliary: false })
  yield {
    type: 'network-built',
    genotype,
    ...{ cells: settings.cells, channels: settings.channels, epochs, stepsPerEpoch, parameters, multiplyAdds },
    classNames: [...facts.classNames],
    leftOut: [...data.leftOut],
  }

  const ask = { of: 'this training', cost: countGenotype(plan), batch }
  refuseTooLarge(ask)
  const start = resumed?.tensors ?? initialWeights(net.specs, randomStream(seed, 'weights'))
  const training = new NetworkTraining(net, facts, settings, start)
  const feed = openFeed(data, settings)
  const clock = new Clock([{ stage: 1, steps: epochs * stepsPerEpoch, work: 1 }])
  clock.begin(1, 1, position.step)
  const run: TrainingRun = {
    ...{ settings, data, net, training, feed, clock, stepsPerEpoch, place, signal, position },
    saved: position.step,
    lookSeconds: 0,
  }
  let failed = false
  try {
    while (run.position.epoch < epochs) {
      const { epoch, step, looks } = run.position
      const over = outOfPatience(patience, looks, epoch)
      if (over) {
        yield { type: 'stopped-early', stage: 1, epoch, rule: 'patience', reason: over.reason, kept: epoch }
        break
      }
      yield* trainEpoch(run, epoch + 1, step - epoch * stepsPerEpoch)
    }
    yield { type: 'preparing', what: 'testing the trained network', etaSeconds: run.lookSeconds || null }
    const measured = await measureTest(run)
    yield measured
    if (filesFolder) {
      const files = await handOut(filesFolder, run, { plan, parameters, multiplyAdds, backend, measured })
      yield { type: 'files-written', files }
    }
  } catch (error) {
    failed = !signal?.aborted
    throw outOfMemory(error, ask)
  } finally {
    // Stopped from outside: what was done since the last checkpoint is kept.
    if (!failed && place && run.position.step > run.saved)
      writeTrainingCheckpoint(place, run.position, await training.toHost())
    training.dispose()
    await feed.close()
  }
}
