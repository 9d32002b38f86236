// A final network in training: its state as tensors, its step and evaluation as captured graphs.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { Batch } from '../data/batches.js'
import { capture, type Captured } from '../graph/capture.js'
import type { FinalNetwork } from '../network/final-network.js'
import { batchTensors } from './evaluate.js'
import {
  averageKept,
  FINAL_DEFAULTS,
  FINAL_METRICS,
  finalLogits,
  finalNumbers,
  finalStateKeys,
  finalStep,
  freshFinalState,
  type FinalSettings,
  type FinalStateKey,
} from './final-training.js'
import { fromHost, toHost, type HostState } from './host-state.js'
import { verdicts, type Verdict } from './verdict.js'

export type NetworkMetrics = Record<(typeof FINAL_METRICS)[number], number>

/** What a step is told besides its images. */
export interface StepSetting {
  /** Learning rate. */
  readonly rate: number
  /** Of the step in the whole training, from 1. */
  readonly number: number
  /** Drop path's masks, [paths, batch], disposed here; they are in every step of a training or in none. */
  readonly masks?: Tensor2D
}

export class NetworkTraining {
  readonly #net: FinalNetwork
  readonly #facts: DatasetFacts
  readonly #settings: FinalSettings
  readonly #keys: readonly FinalStateKey[]
  #state: Tensor[]
  #step: Captured | null = null
  #evaluation: { readonly graph: Captured; readonly batch: number } | null = null

  /** @param start weights to begin with, or what `toHost` gave */
  constructor(
    net: FinalNetwork,
    facts: DatasetFacts,
    settings: Partial<FinalSettings>,
    start: Float32Array | HostState,
  ) {
    this.#net = net
    this.#facts = facts
    this.#settings = { ...FINAL_DEFAULTS, ...settings }
    this.#keys = finalStateKeys(this.#settings)
    this.#state =
      start instanceof Float32Array ? freshFinalState(net, start, this.#settings.ema) : fromHost(this.#keys, start)
  }

  /** Whether the step's graph is built; the first `step` builds it, which takes seconds. */
  get ready(): boolean {
    return this.#step !== null
  }

  async step(batch: Batch, { rate, number, masks }: StepSetting): Promise<NetworkMetrics> {
    const numbers = finalNumbers(rate, number, averageKept(this.#settings.ema, number))
    const given = [...batchTensors(batch, this.#facts), numbers, ...(masks ? [masks] : [])]
    const inputs = [...this.#state, ...given]
    this.#step ??= capture(finalStep(this.#net, this.#facts.classes, this.#settings), inputs)
    const outputs = this.#step.run(inputs)
    const metrics = outputs.pop()!
    tf.dispose([...this.#state, ...given])
    this.#state = outputs
    const values = await metrics.data() // WebGPU in Node reads no other way
    metrics.dispose()
    return Object.fromEntries(FINAL_METRICS.map((name, i) => [name, values[i]])) as NetworkMetrics
  }

  /**
   * Mean loss and accuracy over all images of all batches, normalised by the running statistics; where averages of the weights are kept,
   * by them. A batch smaller than the first is filled up with zeros, whose logits nobody reads.
   * @param seen is told of every image, in their order
   */
  async evaluate(
    batches: Iterable<Batch> | AsyncIterable<Batch>,
    seen: (verdict: Verdict) => void = () => undefined,
  ): Promise<{ loss: number; accuracy: number; images: number }> {
    let [loss, right, images] = [0, 0, 0]
    for await (const batch of batches) {
      for (const verdict of verdicts(await this.#logits(batch), batch, this.#facts.classes)) {
        loss += verdict.loss
        if (verdict.predicted === verdict.truth) right++
        images++
        seen(verdict)
      }
    }
    return { loss: loss / images, accuracy: right / images, images }
  }

  async #logits({ x, y }: Batch): Promise<Float32Array> {
    if (this.#evaluation && this.#evaluation.batch < y.length) {
      this.#evaluation.graph.dispose()
      this.#evaluation = null
    }
    const { size, channels } = this.#facts
    const batch = this.#evaluation?.batch ?? y.length
    const floats = size * size * channels
    const filled = y.length < batch ? new Float32Array(batch * floats) : x
    if (filled !== x) filled.set(x)
    const images = tf.tensor4d(filled, [batch, size, size, channels])
    const inputs = [...this.#testedTensors, images]
    this.#evaluation ??= { graph: capture(finalLogits(this.#net), inputs), batch }
    const [logits] = this.#evaluation.graph.run(inputs)
    const values = await logits!.data<'float32'>()
    tf.dispose([images, logits!])
    return values
  }

  /** Weights and running statistics, or their averages where those are kept. */
  get #testedTensors(): [Tensor, Tensor] {
    const of = (key: FinalStateKey) => this.#state[this.#keys.indexOf(key)]!
    return this.#settings.ema > 0 ? [of('average'), of('averageRunning')] : [of('weights'), of('running')]
  }

  /** What is tested, on the host: weights flat, running statistics [2, channels of all normalisations]. */
  async tested(): Promise<{ weights: Float32Array; running: Float32Array }> {
    const [weights, running] = await Promise.all(this.#testedTensors.map((tensor) => tensor.data<'float32'>()))
    return { weights: weights!, running: running! }
  }

  /** All that the training needs to go on. */
  toHost(): Promise<HostState> {
    return toHost(this.#keys, this.#state)
  }

  dispose(): void {
    this.#step?.dispose()
    this.#evaluation?.graph.dispose()
    tf.dispose(this.#state)
  }
}
