// The gradient confusion of one network from fresh weights on, at chosen moments of a short training.
import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { Batch } from '../data/batches.js'
import type { RandomStream } from '../data/random.js'
import { capture } from '../graph/capture.js'
import { batchTensors } from '../learning/evaluate.js'
import { clipNorm, sgd } from '../learning/optimizers.js'
import { countWeights, initialWeights } from '../network/weights.js'
import { confusionOf, gramMatrix, type Confusion } from './confusion.js'
import type { Subject } from './subject.js'

/** How weights move between two measurements; see the settings of a search. */
export interface WeightRule {
  readonly weightRate: number
  readonly momentum: number
  readonly weightDecay: number
  readonly gradientClip: number
}

export interface AlongOptions {
  readonly facts: DatasetFacts
  /** Batches of one size whose gradients are compared: the same for all networks that are to be compared. */
  readonly batches: readonly Batch[]
  /** Batches of that size to train on between measurements. */
  readonly training: Iterator<Batch, unknown>
  /** Steps after which is measured, ascending; 0: fresh weights. */
  readonly steps: readonly number[]
  readonly rule: WeightRule
  readonly signal?: AbortSignal | undefined
  /** Is told after each gradient how many have been computed of this network. */
  readonly onGradient?: () => void
}

/** Gradients are held within so many bytes at once; the rest is computed again (see `gramMatrix`). */
const HELD_BYTES = 256 * 2 ** 20

/** How many gradients of so many weights are held at once: at least 1, at most all. With one more that is at hand, 4 bytes a weight each. */
export const heldGradients = (weights: number, batches: number): number =>
  Math.min(batches, Math.max(1, Math.floor(HELD_BYTES / (4 * weights)) - 1))

/** Gradients that `confusionAlong` computes: what its time grows with. */
export function gradientsAlong(weights: number, batches: number, steps: readonly number[]): number {
  const held = heldGradients(weights, batches)
  let each = 0
  for (let from = 0; from < batches; from += held) each += batches - from
  return steps.length * each + (steps.at(-1) ?? 0)
}

/** A network's gradient, written down once, from which several trainings can begin. */
export class ConfusionProbe {
  readonly #subject: Subject
  #gradient: ReturnType<typeof capture> | null = null

  constructor(subject: Subject) {
    this.#subject = subject
  }

  /**
   * The confusion at each of `steps`, beginning with weights drawn from `random`. Batch statistics; weights move by SGD with
   * momentum on clipped gradients, as in a search, at one rate; nothing else moves.
   */
  async along(random: RandomStream, options: AlongOptions): Promise<Confusion[]> {
    const { facts, batches, training, steps, rule, signal } = options
    const { specs } = this.#subject
    const held = heldGradients(countWeights(specs), batches.length)
    let weights = tf.tensor1d(initialWeights(specs, random))
    let velocity: Tensor1D = tf.zeros([weights.size])
    const gradientOn = async (batch: Batch): Promise<Tensor1D> => {
      await setImmediate() // lets messages in between two gradients, an abort among them
      signal?.throwIfAborted()
      const given = batchTensors(batch, facts)
      const gradient = this.#run([weights, ...given])
      tf.dispose(given)
      options.onGradient?.()
      return gradient
    }
    const measured: Confusion[] = []
    try {
      for (let step = 0, next = 0; next < steps.length; step++) {
        if (step === steps[next]) {
          measured.push(confusionOf(await gramMatrix(batches.length, (i) => gradientOn(batches[i]!), held)))
          next++
        }
        if (next === steps.length) break
        const gradient = await gradientOn(training.next().value as Batch)
        const moved = tf.tidy(() => {
          const clipped = clipNorm(gradient, rule.gradientClip).gradient
          const setting = { rate: tf.scalar(rule.weightRate), momentum: rule.momentum, decay: rule.weightDecay }
          return sgd(weights, velocity, clipped, setting)
        })
        tf.dispose([weights, velocity, gradient])
        weights = moved.w
        velocity = moved.velocity
      }
      return measured
    } finally {
      tf.dispose([weights, velocity])
    }
  }

  #run(inputs: Tensor[]): Tensor1D {
    this.#gradient ??= capture(this.#subject.gradient, inputs)
    return this.#gradient.run(inputs)[0] as Tensor1D
  }

  dispose(): void {
    this.#gradient?.dispose()
  }
}
