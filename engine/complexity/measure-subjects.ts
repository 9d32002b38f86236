// The gradient confusion of several networks on the same draws of batches, so that what differs is the network.
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { EngineEvent } from '@cellboard/schema/events'
import { endlessBatches, type Batch } from '../data/batches.js'
import type { Images } from '../data/images.js'
import { randomStream } from '../data/random.js'
import { countWeights } from '../network/weights.js'
import type { Confusion } from './confusion.js'
import { ConfusionProbe, gradientsAlong, type WeightRule } from './confusion-probe.js'
import type { Subject } from './subject.js'

/** What a network is measured on: batches, fresh weights and training batches all follow from it. */
export interface Draw {
  readonly seed: number
  /** Tells draws of one seed apart. */
  readonly repeat: number
}

export interface Measurement {
  readonly subject: Subject
  readonly draws: readonly Draw[]
}

export interface MeasureSettings extends WeightRule {
  /** Batches that are compared, and images in each; there must be so many images for a draw to hold none twice. */
  readonly confusionBatches: number
  readonly confusionBatch: number
  /** Training steps after which is measured, ascending; 0: fresh weights. */
  readonly steps: readonly number[]
  readonly augment: boolean
}

export interface MeasureContext {
  readonly facts: DatasetFacts
  readonly train: Images
  readonly signal?: AbortSignal | undefined
  /** Is asked for each network before the first is built, and throws where there is not the memory for a gradient of so many images. */
  readonly admit?: (subject: Subject, batch: number) => void
}

/**
 * Measures one network after the other, telling at which it is and the seconds left.
 * @returns for each measurement, for each of its draws, the confusion after each of `steps`
 */
export async function* measureSubjects(
  measurements: readonly Measurement[],
  settings: MeasureSettings,
  { facts, train, signal, admit }: MeasureContext,
): AsyncGenerator<Extract<EngineEvent, { type: 'preparing' }>, Confusion[][][]> {
  const { confusionBatches: count, confusionBatch: batch, steps, augment } = settings
  for (const { subject } of measurements) admit?.(subject, batch)
  const workOf = ({ specs, cost }: Subject) => cost.multiplyAdds * gradientsAlong(countWeights(specs), count, steps)
  let left = measurements.reduce((sum, { subject, draws }) => sum + draws.length * workOf(subject), 0)
  let done = 0
  const began = performance.now()
  const measured: Confusion[][][] = []
  for (const { subject, draws } of measurements) {
    const probe = new ConfusionProbe(subject)
    const ofDraws: Confusion[][] = []
    try {
      for (const [i, { seed, repeat }] of draws.entries()) {
        const of = draws.length > 1 ? `, ${i + 1} of ${draws.length}` : ''
        const etaSeconds = done === 0 ? null : ((performance.now() - began) / 1000 / done) * left
        yield { type: 'preparing', what: `measuring the gradient confusion of ${subject.name}${of}`, etaSeconds }
        const drawn = { batch, seed, stage: 0, augment, facts }
        const compared = endlessBatches(train, { ...drawn, epoch: 2 * repeat })
        const along = {
          facts,
          batches: Array.from({ length: count }, (): Batch => compared.next().value),
          training: endlessBatches(train, { ...drawn, epoch: 2 * repeat + 1 }),
          steps,
          rule: settings,
          signal,
        }
        ofDraws.push(await probe.along(randomStream(seed, 'confusion', repeat), along))
        done += workOf(subject)
        left -= workOf(subject)
      }
    } finally {
      probe.dispose()
    }
    measured.push(ofDraws)
  }
  return measured
}
