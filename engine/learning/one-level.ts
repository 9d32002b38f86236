// One-level optimisation: one batch, one backward pass, weights and architecture logits both step from it (StacNAS search.py).
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { crossEntropy } from '../kernels/cross-entropy.js'
import type { PureFunction } from '../graph/capture.js'
import type { Supernet } from '../network/supernet.js'
import { sizeOf, type WeightSpec, type Weights } from '../network/weights.js'
import { adam, clipNorm, sgd } from './optimizers.js'

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

/** The numbers a step is told, as one tensor: learning rate of the weights, Adam's two corrections. */
export const stepNumbers = (rate: number, step: number, settings: OneLevelSettings): Tensor1D =>
  tf.tensor1d([rate, 1 - settings.alphaBeta1 ** step, 1 - settings.alphaBeta2 ** step])

/** In the order of the step's last output. */
export const STEP_METRICS = ['loss', 'accuracy', 'gradient-norm'] as const

/**
 * A step as a pure function: the state's five tensors, images [batch, size, size, channels], labels int32 [batch] and
 * `stepNumbers` in; the next state's five tensors and the metrics [3] out.
 */
export function oneLevelStep(net: Supernet, classes: number, settings: OneLevelSettings): PureFunction {
  return (inputs) => {
    const state = stateFromList(inputs)
    const [images, labels, numbers] = inputs.slice(STATE_KEYS.length) as [Tensor4D, Tensor1D, Tensor1D]
    const [rate, correction1, correction2] = tf.unstack(numbers) as [Scalar, Scalar, Scalar]

    const weights = splitWeights(state.weights, net.specs)
    const { loss, accuracy, gradients } = lossAndGradients(net, classes, images, labels, weights, state.alphas)
    const flat = tf.concat(gradients.slice(0, -1).map((gradient) => tf.reshape(gradient, [gradient.size])))
    const clipped = clipNorm(flat as Tensor1D, settings.gradientClip)

    const moved = sgd(state.weights, state.velocity, clipped.gradient, {
      rate,
      momentum: settings.momentum,
      decay: settings.weightDecay,
    })
    const moments = { first: state.first, second: state.second }
    const chosen = adam(state.alphas, moments, gradients.at(-1) as Tensor2D, {
      rate: settings.alphaRate,
      beta1: settings.alphaBeta1,
      beta2: settings.alphaBeta2,
      decay: settings.alphaDecay,
      correction1,
      correction2,
    })
    const metrics = tf.stack([loss, accuracy, clipped.norm])
    return [moved.w, moved.velocity, chosen.a, chosen.moments.first, chosen.moments.second, metrics]
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

function lossAndGradients(
  net: Supernet,
  classes: number,
  images: Tensor4D,
  labels: Tensor1D,
  weights: Weights,
  alphas: Tensor2D,
) {
  const targets = oneHot(labels, classes)
  // Gradients come of the loss alone; the accuracy of the same forward pass is kept aside.
  let accuracy: Scalar | undefined
  const { value, grads } = tf.valueAndGrads((...variables: Tensor[]) => {
    const logits = net.forward(images, variables.slice(0, -1), variables.at(-1) as Tensor2D)
    accuracy = tf.keep(accuracyOf(logits, labels))
    return crossEntropy(logits, targets)
  })([...weights, alphas])
  const kept = tf.clone(accuracy!) // in this scope, so that it is let go with the rest of the step
  accuracy!.dispose()
  return { loss: value, accuracy: kept, gradients: grads }
}

const oneHot = (labels: Tensor1D, classes: number): Tensor2D =>
  tf.cast(tf.oneHot(labels, classes), 'float32') as Tensor2D

const accuracyOf = (logits: Tensor2D, labels: Tensor1D): Scalar =>
  tf.mean(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'float32'))

/** The flat vector cut into the tensors that the specs name, in one operation. */
function splitWeights(flat: Tensor1D, specs: readonly WeightSpec[]): Tensor[] {
  const pieces = tf.split(
    flat,
    specs.map((spec) => sizeOf(spec.shape)),
  )
  return pieces.map((piece, i) => tf.reshape(piece, [...specs[i]!.shape]))
}
