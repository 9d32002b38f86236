// How sharply a supernet's loss bends along its logits while it is trained: RobustDARTS' sign of a search that goes wrong.
import * as tf from '@tensorflow/tfjs-core'
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { Batch } from '../data/batches.js'
import type { RandomStream } from '../data/random.js'
import { capture, type Captured } from '../graph/capture.js'
import type { SearchState } from '../learning/one-level.js'
import { batchTensors } from '../learning/evaluate.js'
import type { Supernet } from '../network/supernet.js'
import { alphaGradient, dominantEigenvalue } from './hessian.js'

/** Power iterations that a measurement is worth at most, and how near two in a row must come. */
const ITERATIONS = 20
const TOLERANCE = 0.01

/** Measures one supernet again and again: its gradient is captured once. */
export class Curvature {
  readonly #net: Supernet
  readonly #facts: DatasetFacts
  #gradient: Captured | null = null

  constructor(net: Supernet, facts: DatasetFacts) {
    this.#net = net
    this.#facts = facts
  }

  /** Dominant eigenvalue of the Hessian of the loss on a batch to the logits, at weights and logits as they are. */
  async eigenvalue({ weights, alphas }: SearchState, batch: Batch, random: RandomStream): Promise<number> {
    const given = batchTensors(batch, this.#facts)
    const gradientAt = async (values: Float32Array): Promise<Float32Array> => {
      const moved = tf.tensor2d(values, alphas.shape)
      const inputs = [weights, moved, ...given]
      this.#gradient ??= capture(alphaGradient(this.#net, this.#facts.classes), inputs)
      const [gradient] = this.#gradient.run(inputs)
      const read = await gradient!.data<'float32'>()
      tf.dispose([gradient!, moved])
      return read
    }
    try {
      const at = await alphas.data<'float32'>()
      return await dominantEigenvalue(gradientAt, at, { random, iterations: ITERATIONS, tolerance: TOLERANCE })
    } finally {
      tf.dispose(given)
    }
  }

  dispose(): void {
    this.#gradient?.dispose()
  }
}
