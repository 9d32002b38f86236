// A supernet in training: its state as tensors, its step and evaluation as captured graphs.
import * as tf from '@tensorflow/tfjs-core'
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { Optimisation } from '@cellboard/schema/settings'
import type { Batch } from '../data/batches.js'
import { capture, type Captured } from '../graph/capture.js'
import type { Supernet } from '../network/supernet.js'
import { BI_LEVEL_METRICS, biLevelStep } from './bi-level.js'
import { batchTensors, meanOverBatches } from './evaluate.js'
import { fromHost, toHost, type HostState, type HostTensor } from './host-state.js'
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
import type { StepChance } from './step-chance.js'

export type StepMetrics = Record<(typeof STEP_METRICS)[number], number> & { 'validation-loss'?: number }

export interface TrainingSettings extends OneLevelSettings {
  readonly optimisation: Optimisation
}

/** What a step is told besides its images. */
export interface StepSetting {
  /** Learning rate of the weights. */
  readonly rate: number
  /** Steps that the logits have made with this one; below 1 in their warm-up. */
  readonly alphaStep: number
  /** Its masks are disposed here; they are in every step of a training or in none. */
  readonly chance?: StepChance
}

export class SupernetTraining {
  readonly #net: Supernet
  readonly #facts: DatasetFacts
  readonly #settings: TrainingSettings
  #state: SearchState
  #step: Captured | null = null
  #evaluation: Captured | null = null

  constructor(net: Supernet, facts: DatasetFacts, settings: TrainingSettings, start: HostState) {
    this.#net = net
    this.#facts = facts
    this.#settings = settings
    this.#state = stateFromList(fromHost(STATE_KEYS, start))
  }

  /** Whether the step's graph is built; the first `step` builds it, which takes seconds. */
  get ready(): boolean {
    return this.#step !== null
  }

  /** One optimisation step; `other` is the batch that a bi-level search moves its logits by. */
  async step(batch: Batch, other: Batch | null, { rate, alphaStep, chance }: StepSetting): Promise<StepMetrics> {
    const images = other
      ? [...batchTensors(batch, this.#facts), ...batchTensors(other, this.#facts)]
      : batchTensors(batch, this.#facts)
    const numbers = stepNumbers(rate, alphaStep, this.#settings, chance?.seed)
    const given = [...images, numbers, ...(chance?.masks ? [chance.masks] : [])]
    const inputs = [...stateToList(this.#state), ...given]
    this.#step ??= capture(this.#stepFunction(), inputs)
    const outputs = this.#step.run(inputs)
    const metrics = outputs.pop()!
    tf.dispose([...stateToList(this.#state), ...given])
    this.#state = stateFromList(outputs)
    const values = await metrics.data() // WebGPU in Node reads no other way
    metrics.dispose()
    const names = other ? BI_LEVEL_METRICS : STEP_METRICS
    return Object.fromEntries(names.map((name, i) => [name, values[i]])) as StepMetrics
  }

  #stepFunction() {
    const { optimisation } = this.#settings
    const { classes } = this.#facts
    if (optimisation === 'one-level') return oneLevelStep(this.#net, classes, this.#settings)
    return biLevelStep(this.#net, classes, this.#settings, optimisation === 'first-order' ? 'first' : 'second')
  }

  /** Mean loss and accuracy over batches of one size, with batch statistics. */
  evaluate(batches: Iterable<Batch>): Promise<{ loss: number; accuracy: number }> {
    return meanOverBatches(batches, this.#facts, (given) => {
      const inputs = [this.#state.weights, this.#state.alphas, ...given]
      this.#evaluation ??= capture(evaluationStep(this.#net, this.#facts.classes), inputs)
      return this.#evaluation.run(inputs)[0]!
    })
  }

  /** The tensors as they are after the last step, to measure on; the next step disposes them. */
  get state(): SearchState {
    return this.#state
  }

  /** alpha of every edge, [edges][widest]; places beyond an edge's candidates mean nothing. */
  logits(): Promise<number[][]> {
    return this.#state.alphas.array()
  }

  toHost(): Promise<HostState> {
    return toHost(STATE_KEYS, stateToList(this.#state))
  }

  dispose(): void {
    this.#step?.dispose()
    this.#evaluation?.dispose()
    tf.dispose(stateToList(this.#state))
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
