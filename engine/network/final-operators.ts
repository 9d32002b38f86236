// The operators of a final network: as in the supernet, but their normalisations learn, and nothing scales them.
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Operator } from '@cellboard/schema/operators'
import { conv } from '../kernels/conv.js'
import { depthwise } from '../kernels/depthwise.js'
import { relu } from '../kernels/relu.js'
import type { FinalLayer, FinalPlan, Pass } from './final-plan.js'
import { factorizedReduceRaw, noiseAt, type OperatorSetting } from './operators.js'
import type { Pool, State, Stride } from './state.js'

/** The one operator of an edge; it may read what other edges read of the same state too. */
export type FinalOperator = (state: State, pass: Pass) => Tensor4D

/** The tensor function of an operator; null for `none`, which adds nothing to its node. */
export function buildFinalOperator(
  operator: Operator,
  plan: FinalPlan,
  setting: OperatorSetting,
): FinalOperator | null {
  const { channels, stride, poolNorm } = setting
  const active =
    (layer: FinalLayer): FinalOperator =>
    (state, pass) =>
      layer(state.active, pass)
  switch (operator) {
    case 'none':
      return null
    case 'skip_connect':
      return stride === 1 ? (state) => state.x : active(reduceActive(plan, channels, channels))
    case 'max_pool_3x3':
      return pool(plan, 'max', channels, stride, poolNorm)
    case 'avg_pool_3x3':
      return pool(plan, 'avg', channels, stride, poolNorm)
    case 'sep_conv_3x3':
      return active(separable(plan, channels, 3, stride))
    case 'sep_conv_5x5':
      return active(separable(plan, channels, 5, stride))
    case 'dil_conv_3x3':
      return active(spatial(plan, channels, 3, stride, 2))
    case 'dil_conv_5x5':
      return active(spatial(plan, channels, 5, stride, 2))
    case 'nor_conv_1x1':
      return active(convActive(plan, channels, channels, 1, stride))
    case 'nor_conv_3x3':
      return active(convActive(plan, channels, channels, 3, stride))
    case 'noise':
      return noiseAt(plan, stride)
  }
}

function pool(plan: FinalPlan, kind: Pool, channels: number, stride: Stride, norm: boolean): FinalOperator {
  const after = norm ? plan.norm(channels) : null
  return (state, pass) => {
    const pooled = state.pooled(kind, stride, false)
    return after ? after(pooled, pass) : pooled
  }
}

/** Of an already rectified input: depthwise, pointwise, normalise. */
function spatial(plan: FinalPlan, channels: number, size: number, stride: Stride, dilation: 1 | 2): FinalLayer {
  const kernel = plan.depthwiseKernel(size, channels)
  const pointwise = plan.kernel(1, channels, channels)
  const norm = plan.norm(channels)
  return (x, pass) =>
    norm(conv(depthwise(x, kernel(pass.weights), { stride, dilation }), pointwise(pass.weights)), pass)
}

/** Twice that, striding the first time. */
function separable(plan: FinalPlan, channels: number, size: number, stride: Stride): FinalLayer {
  const [first, second] = [spatial(plan, channels, size, stride, 1), spatial(plan, channels, size, 1, 1)]
  return (x, pass) => second(relu(first(x, pass)), pass)
}

/** Of an already rectified input: dense convolution, normalise. */
function convActive(plan: FinalPlan, from: number, to: number, size: number, stride: Stride): FinalLayer {
  const kernel = plan.kernel(size, from, to)
  const norm = plan.norm(to)
  return (x, pass) => norm(conv(x, kernel(pass.weights), { stride }), pass)
}

function reduceActive(plan: FinalPlan, from: number, to: number): FinalLayer {
  const reduce = factorizedReduceRaw(plan, from, to)
  const norm = plan.norm(to)
  return (x, pass) => norm(reduce(x, pass.weights), pass)
}

const rectified =
  (layer: FinalLayer): FinalLayer =>
  (x, pass) =>
    layer(relu(x), pass)

/** ReLU, dense convolution, normalise: as a part of the network. */
export const finalReluConvNorm = (plan: FinalPlan, from: number, to: number, size: 1 | 3 = 1, stride: Stride = 1) =>
  rectified(convActive(plan, from, to, size, stride))

/** FactorizedReduce as a part of the network: halves height and width. */
export const finalReduce = (plan: FinalPlan, from: number, to: number) => rectified(reduceActive(plan, from, to))
