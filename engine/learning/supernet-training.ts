// A supernet in training: its state as tensors, its step and evaluation as captured graphs.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor4D, Tensor1D } from '@tensorflow/tfjs-core'
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { Batch } from '../data/batches.js'
import { capture, type Captured } from '../graph/capture.js'
import type { Supernet } from '../network/supernet.js'
import {
  evaluationStep,
  oneLevelStep,
  stateFromList,
  stateToList,
  STATE_KEYS,
  STEP_METRICS,
  stepNumbers,
  type OneLevelSettings,
  type SearchState,
} from './one-level.js'

/** A tensor's values on the host, for a checkpoint. */
export interface HostTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}
export type HostState = Readonly<Record<string, HostTensor>>

export type StepMetrics = Record<(typeof STEP_METRICS)[number], number>

export class SupernetTraining {
  readonly #net: Supernet
  readonly #facts: DatasetFacts
  readonly #settings: OneLevelSettings
  #state: SearchState
  #step: Captured | null = null
  #evaluation: Captured | null = null

  constructor(net: Supernet, facts: DatasetFacts, settings: OneLevelSettings, start: HostState) {
    this.#net = net
    this.#facts = facts
    this.#settings = settings
    this.#state = stateFromList(STATE_KEYS.map((key) => tf.tensor(start[key]!.values, [...start[key]!.shape])))
  }

  /** Whether the step's graph is built; the first `step` builds it, which takes seconds. */
  get ready(): boolean {
    return this.#step !== null
  }

  /** One optimisation step. rate: learning rate of the weights; number: step of the stage, from 1. */
  async step(batch: Batch, rate: number, number: number): Promise<StepMetrics> {
    const numbers = stepNumbers(rate, number, this.#settings)
    const inputs = [...stateToList(this.#state), ...this.#tensors(batch), numbers]
    const given = inputs.slice(STATE_KEYS.length)
    this.#step ??= capture(oneLevelStep(this.#net, this.#facts.classes, this.#settings), inputs)
    const outputs = this.#step.run(inputs)
    const metrics = outputs.pop()!
    tf.dispose([...stateToList(this.#state), ...given])
    this.#state = stateFromList(outputs)
    const values = await metrics.data() // WebGPU in Node reads no other way, here and below
    metrics.dispose()
    return Object.fromEntries(STEP_METRICS.map((name, i) => [name, values[i]])) as StepMetrics
  }

  /** Mean loss and accuracy over batches of one size, with batch statistics. */
  async evaluate(batches: Iterable<Batch>): Promise<{ loss: number; accuracy: number }> {
    let [loss, accuracy, count] = [0, 0, 0]
    for (const batch of batches) {
      const given = this.#tensors(batch)
      const inputs = [this.#state.weights, this.#state.alphas, ...given]
      this.#evaluation ??= capture(evaluationStep(this.#net, this.#facts.classes), inputs)
      const [measured] = this.#evaluation.run(inputs)
      const values = await measured!.data()
      tf.dispose([measured!, ...given])
      loss += values[0]!
      accuracy += values[1]!
      count++
    }
    return { loss: loss / count, accuracy: accuracy / count }
  }

  /** alpha of every edge, [edges][widest]; places beyond an edge's candidates mean nothing. */
  logits(): Promise<number[][]> {
    return this.#state.alphas.array()
  }

  async toHost(): Promise<HostState> {
    const entries = STATE_KEYS.map(async (key) => {
      const tensor: Tensor = this.#state[key]
      return [key, { shape: tensor.shape, values: await tensor.data<'float32'>() }] as const
    })
    return Object.fromEntries(await Promise.all(entries))
  }

  dispose(): void {
    this.#step?.dispose()
    this.#evaluation?.dispose()
    tf.dispose(stateToList(this.#state))
  }

  #tensors({ x, y }: Batch): [Tensor4D, Tensor1D] {
    const { size, channels } = this.#facts
    return [tf.tensor4d(x, [y.length, size, size, channels]), tf.tensor1d(y, 'int32')]
  }
}

/** The state that a supernet begins with. */
export function freshState(net: Supernet, weights: Float32Array, alphas: Float32Array): HostState {
  const vector = (values: Float32Array): HostTensor => ({ shape: [values.length], values })
  const matrix = (values: Float32Array): HostTensor => ({ shape: [net.edges, net.widest], values })
  const none = () => matrix(new Float32Array(alphas.length))
  return {
    weights: vector(weights),
    velocity: vector(new Float32Array(weights.length)),
    alphas: matrix(alphas),
    first: none(),
    second: none(),
  }
}
