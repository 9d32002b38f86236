// What a training will cost, before it begins: sizes, memory, and hours by steps that are made to be measured.
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { pickBackendOn } from '../backend/device.js'
import type { PickedBackend } from '../backend/pick.js'
import { openFeed } from '../data/feed/feed.js'
import { openTrainingData } from '../data/open-training-data.js'
import type { Batch } from '../data/batches.js'
import { randomStream } from '../data/random.js'
import { NetworkTraining } from '../learning/network-training.js'
import { outOfMemory, refuseTooLarge } from '../learning/out-of-memory.js'
import { pathMasks } from '../network/chance.js'
import { buildFinalNetwork } from '../network/final-network.js'
import { initialWeights } from '../network/weights.js'
import { countGenotype } from '../space/cost.js'
import { parseGenotype } from '../space/parse-genotype.js'
import { stepMemory } from '../space/step-memory.js'
import type { TrainOptions } from './train.js'
import { trainingPlan } from './training-plan.js'

export interface TrainingCost {
  readonly backend: PickedBackend
  /** Without the auxiliary head. */
  readonly parameters: number
  /** Of one image: convolutions and linear layers, a multiplication with its addition counted once. */
  readonly multiplyAdds: number
  /** Bytes that the process takes at most, as estimated: `stepMemory`. */
  readonly memoryBytes: number
  readonly stepsPerEpoch: number
  readonly steps: number
  /** Seconds of a step, the median of those measured; of a batch that is looked at. */
  readonly stepSeconds: number
  readonly lookSeconds: number
  /** The whole training on this machine, looks at validation and test images included. */
  readonly hours: number
}

const MEASURED = 5

/** @throws {EngineError} as `train` does */
export async function trainingCost(
  settings: ResolvedTrainingSettings,
  { dataFolder, signal }: Pick<TrainOptions, 'dataFolder' | 'signal'>,
): Promise<TrainingCost> {
  const { batch, epochs, evaluateEvery, dropPath, seed, weightRate: rate } = settings
  const data = await openTrainingData(settings, dataFolder)
  const plan = trainingPlan(parseGenotype(settings.genotype), settings, data.facts)
  const net = buildFinalNetwork(plan)
  const backend = await pickBackendOn(settings.device, settings.backend)
  const ask = { of: 'this training', cost: countGenotype(plan), batch }
  refuseTooLarge(ask)
  const training = new NetworkTraining(
    net,
    data.facts,
    settings,
    initialWeights(net.specs, randomStream(seed, 'weights')),
  )
  const feed = openFeed(data, settings)
  const random = randomStream(seed, 'paths')
  const timed: number[] = []
  try {
    for (let number = 1; number <= 1 + MEASURED;) {
      for await (const images of feed.training(number)) {
        signal?.throwIfAborted()
        const masks = dropPath > 0 ? pathMasks(net, batch, dropPath, random) : undefined
        const from = performance.now()
        await training.step(images, { rate, number, ...(masks && { masks }) })
        timed.push((performance.now() - from) / 1000)
        if (++number > 1 + MEASURED) break
      }
    }
    const lookSeconds = await secondsOfLook(training, feed.still('test'))
    const stepSeconds = timed.slice(1).sort((a, b) => a - b)[MEASURED >> 1]!
    const stepsPerEpoch = Math.floor(data.train.count / batch)
    const steps = epochs * stepsPerEpoch
    const batches = Math.ceil(data.validation.count / batch) + Math.ceil(data.test.count / batch)
    const looks = Math.ceil(epochs / evaluateEvery) + 1
    const { parameters, multiplyAdds } = countGenotype({ ...plan, auxiliary: false })
    return {
      ...{ backend, parameters, multiplyAdds, memoryBytes: stepMemory(ask), stepsPerEpoch, steps },
      ...{ stepSeconds, lookSeconds, hours: (steps * stepSeconds + looks * batches * lookSeconds) / 3600 },
    }
  } catch (error) {
    throw outOfMemory(error, ask)
  } finally {
    training.dispose()
    await feed.close()
  }
}

/** Of one batch, after another that builds the graph. */
async function secondsOfLook(training: NetworkTraining, batches: AsyncGenerator<Batch>): Promise<number> {
  const { value: one } = (await batches.next()) as { value: Batch }
  await batches.return(undefined)
  await training.evaluate([one])
  const from = performance.now()
  await training.evaluate([one])
  return (performance.now() - from) / 1000
}
