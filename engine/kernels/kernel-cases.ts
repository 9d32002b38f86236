// Battery cases: every kernel, against plain loops, on images odd and even, with strides and dilations.
import * as tf from '@tensorflow/tfjs-core'
import { avgPool, avgPool2 } from './avg-pool.js'
import { conv } from './conv.js'
import { crossEntropy } from './cross-entropy.js'
import { depthwise } from './depthwise.js'
import { linear } from './linear.js'
import { maxPool } from './max-pool.js'
import { meanOverPixels } from './mean-over-pixels.js'
import * as naive from './naive-kernels.js'
import type { Numbers } from './naive-kernels.js'
import { naiveNoise } from './naive-noise.js'
import { noise } from './noise.js'
import { normalise } from './normalise.js'
import { type Case, ordinaryCases } from './ordinary-cases.js'
import { relu } from './relu.js'

const images = [
  [2, 6, 8, 3],
  [2, 7, 5, 3],
  [1, 4, 4, 1],
  [1, 1, 3, 2],
]
export const strides = [1, 2] as const
export const cases: Case[] = images.flatMap((x) => {
  const c = x[3]!
  const on = `on ${x.join('x')}`
  return [
    ...strides.flatMap((stride) => [
      ...[1, 3].map((k) => ({
        name: `conv ${k}x${k} stride ${stride} ${on}`,
        shapes: [x, [k, k, c, 4]],
        kernel: (a: tf.Tensor4D, w: tf.Tensor4D) => conv(a, w, { stride }),
        oracle: (a: Numbers, w: Numbers) => naive.naiveConv(a, w, { stride }),
      })),
      ...[3, 5].flatMap((k) =>
        ([1, 2] as const).map((dilation) => ({
          name: `depthwise ${k}x${k} stride ${stride} dilation ${dilation} ${on}`,
          shapes: [x, [k, k, c, 1]],
          kernel: (a: tf.Tensor4D, w: tf.Tensor4D) => depthwise(a, w, { stride, dilation }),
          oracle: (a: Numbers, w: Numbers) => naive.naiveDepthwise(a, w, { stride, dilation }),
        })),
      ),
      {
        name: `maxPool stride ${stride} ${on}`,
        shapes: [x],
        kernel: (a: tf.Tensor4D) => maxPool(a, { stride }),
        oracle: (a: Numbers) => naive.naiveMaxPool(a, { stride }),
      },
      {
        name: `maxPool stride ${stride} of negative numbers ${on}`,
        shapes: [x],
        kernel: (a: tf.Tensor4D) => maxPool(a, { stride }),
        oracle: (a: Numbers) => naive.naiveMaxPool(a, { stride }),
        from: (value: number) => value - 5,
      },
      {
        name: `avgPool stride ${stride} ${on}`,
        shapes: [x],
        kernel: (a: tf.Tensor4D) => avgPool(a, { stride }),
        oracle: (a: Numbers) => naive.naiveAvgPool(a, { stride }),
      },
    ]),
    {
      name: `relu ${on}`,
      shapes: [x],
      kernel: relu,
      oracle: (a: Numbers) => Array.from(a.values, (value) => Math.max(0, value)),
    },
    { name: `meanOverPixels ${on}`, shapes: [x], kernel: meanOverPixels, oracle: naive.naiveMeanOverPixels },
    {
      name: `normalise ${on}`,
      shapes: [x],
      kernel: (a: tf.Tensor4D) => normalise(a),
      oracle: (a: Numbers) => naive.naiveNormalise(a),
    },
    {
      name: `normalise with scale and offset ${on}`,
      shapes: [x, [c], [c]],
      kernel: (a: tf.Tensor4D, scale: tf.Tensor1D, offset: tf.Tensor1D) => normalise(a, { scale, offset }),
      oracle: naive.naiveNormalise,
    },
  ]
})
cases.push(
  ...ordinaryCases,
  ...images.slice(0, 3).map((x) => ({
    name: `avgPool2 on ${x.join('x')}`,
    shapes: [x],
    kernel: avgPool2,
    oracle: naive.naiveAvgPool2,
  })),
  ...[
    [2, 3, 3, 2],
    [1, 5, 5, 1],
    [1, 64, 65, 1],
  ].map((shape, place) => ({
    name: `noise of ${shape.join('x')}`,
    shapes: [[]],
    kernel: (seed: tf.Scalar) => noise(seed, 4095 + place, shape as [number, number, number, number]),
    oracle: (seed: Numbers) =>
      naiveNoise(seed, 4095 + place, shape.reduce((product, side) => product * side, 1)), // prettier-ignore
    from: () => 70_000 + place,
  })),
  { name: 'linear', shapes: [[3, 5], [5, 4], [4]], kernel: linear, oracle: naive.naiveLinear },
  {
    name: 'crossEntropy',
    shapes: [[3, 4], [3, 4]], // prettier-ignore
    kernel: crossEntropy,
    oracle: naive.naiveCrossEntropy,
    differentiable: 1,
    from: (value, input, at) => (input === 0 ? value * 4 : at % 4 === Math.floor(at / 4) ? 1 : 0),
  },
)
