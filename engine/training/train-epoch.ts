// One epoch of a training: its steps, then a look at the validation and test images, then a checkpoint.
import { setImmediate } from 'node:timers/promises'
import type { EngineEvent } from '@cellboard/schema/events'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import type { Batch } from '../data/batches.js'
import { randomStream } from '../data/random.js'
import type { Feed, TrainingData } from '../data/training-data.js'
import type { Clock } from '../learning/clock.js'
import { refuseDiverged } from '../learning/diverged.js'
import type { NetworkTraining } from '../learning/network-training.js'
import { trainingRate } from '../learning/schedule.js'
import { pathMasks } from '../network/chance.js'
import type { FinalNetwork } from '../network/final-network.js'
import { writeTrainingCheckpoint, type CheckpointPlace, type Position } from './training-checkpoint.js'

/** A training under way. */
export interface TrainingRun {
  readonly settings: ResolvedTrainingSettings
  readonly data: TrainingData
  readonly net: FinalNetwork
  readonly training: NetworkTraining
  readonly feed: Feed
  readonly clock: Clock
  readonly stepsPerEpoch: number
  readonly place: CheckpointPlace | null
  readonly signal: AbortSignal | undefined
  /** Where it is; what has happened is in it before it is told. */
  position: Position
  /** The step that the newest checkpoint was written after. */
  saved: number
  /** What the last look at validation and test images took. */
  lookSeconds: number
}

/** @param done steps of the epoch that were made before */
export async function* trainEpoch(run: TrainingRun, epoch: number, done: number): AsyncGenerator<EngineEvent> {
  const { settings, net, training, feed, clock, stepsPerEpoch, place } = run
  const { epochs, seed, batch, dropPath, evaluateEvery } = settings
  let from = performance.now()
  for await (const images of heeding(feed.training(epoch, done), run.signal)) {
    if (!training.ready) yield { type: 'preparing', what: 'building the graph of a training step', etaSeconds: null }
    const began = performance.now()
    const step = run.position.step + 1
    const rate = trainingRate(settings, step, stepsPerEpoch)
    const random = randomStream(seed, 'paths', step)
    const masks = dropPath > 0 ? pathMasks(net, batch, (dropPath * (epoch - 1)) / epochs, random) : undefined
    const metrics = await training.step(images, { rate, number: step, ...(masks && { masks }) })
    const now = performance.now()
    const seconds = (now - from) / 1000 // with the wait for images
    from = now
    clock.step(seconds)
    const { loss, accuracy } = run.position
    run.position = later({ ...run.position, step, loss: loss + metrics.loss, accuracy: accuracy + metrics.accuracy }, seconds) // prettier-ignore
    yield {
      type: 'step-finished',
      ...{ stage: 1, epoch, step },
      metrics: { ...metrics, 'learning-rate': rate, 'step-seconds': (now - began) / 1000 },
      etaSeconds: timeLeft(run, epoch),
    }
    refuseDiverged(metrics, `step ${step}`)
  }

  const looks = epoch % evaluateEvery === 0 || epoch === epochs
  const seen = looks ? await look(run) : {}
  const { step, loss, accuracy, epochSeconds } = later(run.position, (performance.now() - from) / 1000)
  const { validationAccuracy, testAccuracy } = seen
  run.position = {
    ...{ epoch, step, loss: 0, accuracy: 0, epochSeconds: 0 },
    seconds: run.position.seconds + epochSeconds - run.position.epochSeconds,
    looks: looks
      ? [
          ...run.position.looks,
          {
            epoch,
            ...(validationAccuracy !== undefined && { validationAccuracy }),
            ...(testAccuracy !== undefined && { testAccuracy }),
          },
        ]
      : run.position.looks,
  }
  const at = { stage: 1, epoch, step } as const
  yield {
    type: 'epoch-finished',
    ...at,
    trainLoss: loss / stepsPerEpoch,
    trainAccuracy: accuracy / stepsPerEpoch,
    ...seen,
    seconds: epochSeconds,
  }
  if (place) {
    const bytes = writeTrainingCheckpoint(place, run.position, await training.toHost())
    run.saved = step
    yield { type: 'checkpoint-written', ...at, bytes }
  }
}

const later = (position: Position, seconds: number): Position => ({
  ...position,
  epochSeconds: position.epochSeconds + seconds,
  seconds: position.seconds + seconds,
})

interface Seen {
  readonly validationLoss?: number
  readonly validationAccuracy?: number
  readonly testLoss?: number
  readonly testAccuracy?: number
}

async function look(run: TrainingRun): Promise<Seen> {
  const { training, feed, data, signal } = run
  const from = performance.now()
  const part = (name: 'validation' | 'test') => training.evaluate(heeding(feed.still(name), signal))
  const validation = data.validation.count > 0 ? await part('validation') : null
  const test = await part('test')
  run.lookSeconds = (performance.now() - from) / 1000
  return {
    ...(validation && { validationLoss: validation.loss, validationAccuracy: validation.accuracy }),
    ...{ testLoss: test.loss, testAccuracy: test.accuracy },
  }
}

/** Seconds that the rest of the training takes, looks at images included; null before a step was measured. */
function timeLeft({ clock, settings, lookSeconds }: TrainingRun, epoch: number): number | null {
  const steps = clock.etaSeconds
  if (steps === null) return null
  const looks = 1 + Math.ceil((settings.epochs - epoch + 1) / settings.evaluateEvery)
  return steps + looks * lookSeconds
}

/** Batches one by one: between two, messages are let in, an abort among them. */
export async function* heeding(batches: AsyncIterable<Batch>, signal: AbortSignal | undefined): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    await setImmediate()
    signal?.throwIfAborted()
    yield batch
  }
}
