// A final network in training: its state as tensors, its step and evaluation as captured graphs.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { Batch } from '../data/batches.js'
import { capture, type Captured } from '../graph/capture.js'
import type { FinalNetwork } from '../network/final-network.js'
import { batchTensors, meanOverBatches } from './evaluate.js'
import {
  FINAL_DEFAULTS,
  FINAL_METRICS,
  finalEvaluation,
  finalNumbers,
  finalStep,
  freshFinalState,
  type FinalSettings,
} from './final-training.js'

export type NetworkMetrics = Record<(typeof FINAL_METRICS)[number], number>

/** Without drop path: networks that are trained for a short while to be compared. */
export class NetworkTraining {
  readonly #net: FinalNetwork
  readonly #facts: DatasetFacts
  readonly #settings: FinalSettings
  #state: Tensor[]
  #step: Captured | null = null
  #evaluation: Captured | null = null

  constructor(net: FinalNetwork, facts: DatasetFacts, settings: Partial<FinalSettings>, weights: Float32Array) {
    this.#net = net
    this.#facts = facts
    this.#settings = { ...FINAL_DEFAULTS, ...settings }
    this.#state = freshFinalState(net, weights)
  }

  /** Whether the step's graph is built; the first `step` builds it. */
  get ready(): boolean {
    return this.#step !== null
  }

  /** One optimisation step. rate: learning rate; number: of the step, from 1. */
  async step(batch: Batch, rate: number, number: number): Promise<NetworkMetrics> {
    const given = [...batchTensors(batch, this.#facts), finalNumbers(rate, number)]
    const inputs = [...this.#state, ...given]
    this.#step ??= capture(finalStep(this.#net, this.#facts.classes, this.#settings), inputs)
    const outputs = this.#step.run(inputs)
    const metrics = outputs.pop()!
    tf.dispose([...this.#state, ...given])
    this.#state = outputs
    const values = await metrics.data()
    metrics.dispose()
    return Object.fromEntries(FINAL_METRICS.map((name, i) => [name, values[i]])) as NetworkMetrics
  }

  /** Mean loss and accuracy over batches of one size, normalised by the running statistics. */
  evaluate(batches: Iterable<Batch>): Promise<{ loss: number; accuracy: number }> {
    const [weights, , running] = this.#state
    return meanOverBatches(batches, this.#facts, (given) => {
      const inputs = [weights!, running!, ...given]
      this.#evaluation ??= capture(finalEvaluation(this.#net, this.#facts.classes), inputs)
      return this.#evaluation.run(inputs)[0]!
    })
  }

  dispose(): void {
    this.#step?.dispose()
    this.#evaluation?.dispose()
    tf.dispose(this.#state)
  }
}
