// Random search: cells drawn uniformly, each trained for a short while; the one that validates best is the result.
import { setImmediate } from 'node:timers/promises'
import type { EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { writeCheckpoint, type TrainedCandidate } from '../checkpoint.js'
import { epochBatches } from '../data/batches.js'
import { randomStream } from '../data/random.js'
import { NetworkTraining } from '../learning/network-training.js'
import { weightRate } from '../learning/schedule.js'
import { buildFinalNetwork } from '../network/final-network.js'
import { initialWeights } from '../network/weights.js'
import { allCandidates } from '../space/candidates.js'
import { countGenotype } from '../space/cost.js'
import { randomGenotype } from '../space/random-genotype.js'
import { Clock } from './clock.js'
import type { SearchContext } from './context.js'
import { refuseDiverged } from './diverged.js'
import { outOfMemory, refuseTooLarge } from './out-of-memory.js'

/** The control that every search must beat (Li & Talwalkar 2019; Yang et al. 2020): no supernet, no logits. */
export async function* randomSearch(
  settings: ResolvedSearchSettings,
  context: SearchContext,
): AsyncGenerator<EngineEvent> {
  const { space, facts, stepsPerEpoch, resumed, checkpointFolder } = context
  const { samples, epochs, stage1Cells: cells, channels, seed } = settings
  const trained: TrainedCandidate[] = [...(resumed?.decided.candidates ?? [])]
  const clock = new Clock([{ stage: 1, steps: samples * epochs * stepsPerEpoch, work: 1 }])
  clock.begin(1, 1, trained.length * epochs * stepsPerEpoch)
  const shape = { channels, cells, classes: facts.classes, imageChannels: facts.channels, imageSize: facts.size }
  const candidates = allCandidates(space)

  yield { type: 'depth-matched', stage: 1, cells, origin: 'given' }
  yield {
    type: 'stage-started',
    ...{ stage: 1, cells, channels, epochs: samples, stepsPerEpoch: epochs * stepsPerEpoch },
    parameters: 0,
    edges: space.edges.map(({ cell, from, to }, i) => ({ cell, from, to, candidates: candidates[i]! })),
  }
  for (let number = trained.length + 1; number <= samples; number++) {
    const genotype = randomGenotype(space, randomStream(seed, 'cell', number))
    const outcome = yield* trainCandidate(genotype, number, settings, context, clock)
    const best = trained.every((one) => one.validationAccuracy < outcome.validationAccuracy)
    const { parameters } = countGenotype({ ...shape, genotype })
    const told = { number, of: samples, genotype, parameters, ...outcome, best }
    trained.push(told)
    yield { type: 'candidate-trained', ...told }
    yield { type: 'genotype-derived', stage: 1, epoch: number, final: false, genotype: bestOf(trained) }
    const at = { stage: 1, epoch: number, step: number * epochs * stepsPerEpoch } as const
    if (checkpointFolder) {
      const checkpoint = { settings, ...at, decided: { candidates: trained }, history: [], tensors: {} }
      yield { type: 'checkpoint-written', ...at, bytes: writeCheckpoint(checkpointFolder, checkpoint) }
    }
  }
  yield { type: 'genotype-derived', stage: 1, epoch: samples, final: true, genotype: bestOf(trained) }
}

/** The earlier one where two are equal. */
const bestOf = (trained: readonly TrainedCandidate[]): Genotype =>
  trained.reduce((best, one) => (one.validationAccuracy > best.validationAccuracy ? one : best)).genotype

async function* trainCandidate(
  genotype: Genotype,
  number: number,
  settings: ResolvedSearchSettings,
  { facts, train, validation, stepsPerEpoch, signal }: SearchContext,
  clock: Clock,
): AsyncGenerator<EngineEvent, { validationAccuracy: number; seconds: number }> {
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
        const metrics = await training.step(images, rate, ++step)
        const seconds = (performance.now() - from) / 1000
        clock.step(seconds)
        yield {
          type: 'step-finished',
          ...{ stage: 1, epoch: number, step },
          metrics: { ...metrics, 'learning-rate': rate, 'step-seconds': seconds },
          etaSeconds: clock.etaSeconds,
        }
        refuseDiverged(metrics, 1, step)
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
