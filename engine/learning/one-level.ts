// One-level optimisation: one batch, one backward pass, weights and architecture logits both step from it (StacNAS search.py).
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { crossEntropy } from '../kernels/cross-entropy.js'
import type { PureFunction } from '../graph/capture.js'
import type { Supernet } from '../network/supernet.js'
import { accuracyOf, lossAndGradients, oneHot, splitWeights } from './gradients.js'
import { adam, clipNorm, sgd, type SgdSetting } from './optimizers.js'

/** What a step changes: each a tensor, the weights and their velocity flat. */
export interface SearchState {
  readonly weights: Tensor1D
  readonly velocity: Tensor1D
  /** [edges, widest], with Adam's two moments. */
  readonly alphas: Tensor2D
  readonly first: Tensor2D
  readonly second: Tensor2D
}
export const STATE_KEYS = ['weights', 'velocity', 'alphas', 'first', 'second'] as const

export const stateToList = (state: SearchState): Tensor[] => STATE_KEYS.map((key) => state[key])
export const stateFromList = (list: readonly Tensor[]): SearchState =>
  Object.fromEntries(STATE_KEYS.map((key, i) => [key, list[i]])) as unknown as SearchState

export interface OneLevelSettings {
  readonly momentum: number
  readonly weightDecay: number
  readonly gradientClip: number
  readonly alphaRate: number
  readonly alphaBeta1: number
  readonly alphaBeta2: number
  readonly alphaDecay: number
}

export const weightSetting = (settings: OneLevelSettings, rate: Scalar): SgdSetting => ({
  rate,
  momentum: settings.momentum,
  decay: settings.weightDecay,
})

/** The numbers a step is told. */
export interface StepNumbers {
  /** Learning rate of the weights. */
  readonly rate: Scalar
  /** Adam's corrections of its two moments. */
  readonly correction1: Scalar
  readonly correction2: Scalar
  /** 1 where the logits move, 0 in their warm-up. */
  readonly active: Scalar
  /** What noise is drawn by. */
  readonly seed: Scalar
}

/**
 * As one tensor. alphaStep: the steps that the logits have made with this one; below 1 in their warm-up. seed: a whole
 * number below 2^24 that noise is drawn by.
 */
export function stepNumbers(rate: number, alphaStep: number, settings: OneLevelSettings, seed = 0): Tensor1D {
  const made = Math.max(1, alphaStep)
  const active = alphaStep >= 1 ? 1 : 0
  return tf.tensor1d([rate, 1 - settings.alphaBeta1 ** made, 1 - settings.alphaBeta2 ** made, active, seed])
}

export function readNumbers(numbers: Tensor): StepNumbers {
  const [rate, correction1, correction2, active, seed] = tf.unstack(numbers) as Scalar[]
  return { rate: rate!, correction1: correction1!, correction2: correction2!, active: active!, seed: seed! }
}

/** Alphas and their moments after an Adam step, or as they were in the warm-up. */
export function stepAlphas(
  state: Pick<SearchState, 'alphas' | 'first' | 'second'>,
  toAlphas: Tensor2D,
  { correction1, correction2, active }: StepNumbers,
  settings: OneLevelSettings,
): Pick<SearchState, 'alphas' | 'first' | 'second'> {
  const { alphaRate: rate, alphaBeta1: beta1, alphaBeta2: beta2, alphaDecay: decay } = settings
  const moved = adam(state.alphas, state, toAlphas, { rate, beta1, beta2, decay, correction1, correction2 })
  const kept = (before: Tensor2D, after: Tensor2D) => tf.add<Tensor2D>(before, tf.mul(tf.sub(after, before), active))
  return {
    alphas: kept(state.alphas, moved.a),
    first: kept(state.first, moved.moments.first),
    second: kept(state.second, moved.moments.second),
  }
}

/** In the order of the step's last output. */
export const STEP_METRICS = ['loss', 'accuracy', 'gradient-norm'] as const

/**
 * A step as a pure function: the state's five tensors, images [batch, size, size, channels], labels int32 [batch],
 * `stepNumbers` and, for drop path, `pathMasks` in; the next state's five tensors and the metrics [3] out.
 */
export function oneLevelStep(net: Supernet, classes: number, settings: OneLevelSettings): PureFunction {
  return (inputs) => {
    const state = stateFromList(inputs)
    const [images, labels, numbers, masks] = inputs.slice(STATE_KEYS.length) as [
      Tensor4D,
      Tensor1D,
      Tensor1D,
      Tensor2D | undefined,
    ]
    const told = readNumbers(numbers)
    const chance = { seed: told.seed, ...(masks && { masks }) }

    const { loss, accuracy, toWeights, toAlphas } = lossAndGradients(net, classes, { images, labels }, state, chance)
    const clipped = clipNorm(toWeights, settings.gradientClip)
    const moved = sgd(state.weights, state.velocity, clipped.gradient, weightSetting(settings, told.rate))
    const chosen = stepAlphas(state, toAlphas, told, settings)
    const metrics = tf.stack([loss, accuracy, clipped.norm])
    return [moved.w, moved.velocity, chosen.alphas, chosen.first, chosen.second, metrics]
  }
}

/** Loss and accuracy alone: weights, alphas, images and labels in, [loss, accuracy] out. Batch statistics, as NAS-Bench-201 searches. */
export function evaluationStep(net: Supernet, classes: number): PureFunction {
  return ([flat, alphas, images, labels]) => {
    const weights = splitWeights(flat as Tensor1D, net.specs)
    const logits = net.forward(images as Tensor4D, weights, alphas as Tensor2D)
    return [
      tf.stack([crossEntropy(logits, oneHot(labels as Tensor1D, classes)), accuracyOf(logits, labels as Tensor1D)]),
    ]
  }
}
