// The candidate operators of an edge as tensor functions: DARTS cnn/operations.py and NAS-Bench-201, in their search form.
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Operator } from '@cellboard/schema/operators'
import { conv } from '../kernels/conv.js'
import { depthwise } from '../kernels/depthwise.js'
import { noise } from '../kernels/noise.js'
import { normalise } from '../kernels/normalise.js'
import { relu } from '../kernels/relu.js'
import type { Pool, State, Stride } from './state.js'
import type { WeightPlan, Weights } from './weights.js'

/** A part of a network. x: [batch, height, width, channels]. */
export type Layer = (x: Tensor4D, weights: Weights) => Tensor4D

/** An operator on an edge, its output times `share`. */
export type EdgeOperator = (state: State, weights: Weights, share: Scalar) => Tensor4D

export interface OperatorSetting {
  readonly channels: number
  readonly stride: Stride
  /** Whether a pool is followed by a normalisation: so in the DARTS supernet, not in NAS-Bench-201. */
  readonly poolNorm: boolean
}

/**
 * share * normalise(x): the share of an operator is the scale of its last normalisation, whose gradient then is the share's.
 * Saves a pass over the feature map, and its gradient another.
 */
const normaliseTimes = (x: Tensor4D, share: Scalar): Tensor4D =>
  normalise(x, { scale: tf.mul<Tensor1D>(share, tf.ones([x.shape[3]])) })

/** The tensor function of one operator; null for `none`, which adds nothing to its node. */
export function buildOperator(operator: Operator, plan: WeightPlan, setting: OperatorSetting): EdgeOperator | null {
  const { channels, stride, poolNorm } = setting
  switch (operator) {
    case 'none':
      return null
    case 'skip_connect':
      return stride === 1 ? (state, _, share) => tf.mul(state.x, share) : factorizedReduce(plan, channels, channels)
    case 'max_pool_3x3':
      return pool('max', stride, poolNorm)
    case 'avg_pool_3x3':
      return pool('avg', stride, poolNorm)
    case 'sep_conv_3x3':
      return separable(plan, channels, 3, stride)
    case 'sep_conv_5x5':
      return separable(plan, channels, 5, stride)
    case 'dil_conv_3x3':
      return dilated(plan, channels, 3, stride)
    case 'dil_conv_5x5':
      return dilated(plan, channels, 5, stride)
    case 'nor_conv_1x1':
      return convolution(plan, channels, 1, stride)
    case 'nor_conv_3x3':
      return convolution(plan, channels, 3, stride)
    case 'noise':
      return noiseOf(plan, stride)
  }
}

const pool =
  (kind: Pool, stride: Stride, norm: boolean): EdgeOperator =>
  (state, _, share) =>
    tf.mul(state.pooled(kind, stride, norm), share)

function noiseOf(plan: WeightPlan, stride: Stride): EdgeOperator {
  const make = noiseAt(plan, stride)
  return (state, _, share) => tf.mul(make(state), share)
}

/** Normal noise instead of the input, of the shape that a stride leaves (automl/RobustDARTS, src/operations.py). */
export function noiseAt(plan: WeightPlan, stride: Stride): (state: State) => Tensor4D {
  const place = plan.noises++
  return ({ x, seed }) => {
    const [batch, height, width, channels] = x.shape
    return noise<tf.Rank.R4>(seed, place, [batch, Math.ceil(height / stride), Math.ceil(width / stride), channels])
  }
}

/** ReLU, depthwise, pointwise, normalise; twice, striding the first time. */
function separable(plan: WeightPlan, channels: number, size: number, stride: Stride): EdgeOperator {
  // Both halves begin with a ReLU: the first one's is the state's own.
  const half = (step: Stride): Layer => {
    const spatial = plan.depthwiseKernel(size, channels)
    const pointwise = plan.kernel(1, channels, channels)
    return (active, weights) => conv(depthwise(active, spatial(weights), { stride: step }), pointwise(weights))
  }
  const [first, second] = [half(stride), half(1)]
  return (state, weights, share) =>
    normaliseTimes(second(relu(normalise(first(state.active, weights))), weights), share)
}

/** ReLU, depthwise with dilation 2, pointwise, normalise. */
function dilated(plan: WeightPlan, channels: number, size: number, stride: Stride): EdgeOperator {
  const spatial = plan.depthwiseKernel(size, channels)
  const pointwise = plan.kernel(1, channels, channels)
  return (state, weights, share) =>
    normaliseTimes(conv(depthwise(state.active, spatial(weights), { stride, dilation: 2 }), pointwise(weights)), share)
}

/** ReLU, dense convolution, normalise. */
function convolution(plan: WeightPlan, channels: number, size: number, stride: Stride): EdgeOperator {
  const kernel = plan.kernel(size, channels, channels)
  return (state, weights, share) => normaliseTimes(conv(state.active, kernel(weights), { stride }), share)
}

/** Of an already rectified input, halves height and width: two strided pointwise convolutions, the second one pixel down and right, side by side. */
export function factorizedReduceRaw(plan: WeightPlan, from: number, to: number): Layer {
  const even = plan.kernel(1, from, Math.floor(to / 2))
  const odd = plan.kernel(1, from, to - Math.floor(to / 2))
  return (active, weights) => {
    const [batch, height, width, channels] = active.shape
    const shifted = tf.slice(active, [0, 1, 1, 0], [batch, height - 1, width - 1, channels])
    return tf.concat([conv(active, even(weights), { stride: 2 }), conv(shifted, odd(weights), { stride: 2 })], 3)
  }
}

function factorizedReduce(plan: WeightPlan, from: number, to: number): EdgeOperator {
  const reduce = factorizedReduceRaw(plan, from, to)
  return (state, weights, share) => normaliseTimes(reduce(state.active, weights), share)
}

/** FactorizedReduce as a part of the network rather than a candidate. */
export function reduceLayer(plan: WeightPlan, from: number, to: number): Layer {
  const reduce = factorizedReduceRaw(plan, from, to)
  return (x, weights) => normalise(reduce(relu(x), weights))
}

/** ReLU, dense convolution, normalise: as a part of the network. */
export function reluConvNorm(plan: WeightPlan, from: number, to: number, size: 1 | 3 = 1, stride: Stride = 1): Layer {
  const kernel = plan.kernel(size, from, to)
  return (x, weights) => normalise(conv(relu(x), kernel(weights), { stride }))
}
