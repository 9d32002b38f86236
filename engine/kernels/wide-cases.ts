// Battery cases of kernels that go another way where channels are many or a multiple of eight.
import * as tf from '@tensorflow/tfjs-core'
import { conv } from './conv.js'
import { depthwise } from './depthwise.js'
import * as naive from './naive-kernels.js'
import type { Numbers } from './naive-kernels.js'
import { normalise } from './normalise.js'
import type { Case } from './ordinary-cases.js'
import { relu } from './relu.js'

export const wideCases: Case[] = [
  {
    name: 'conv 1x1 from 33 channels to 32',
    shapes: [
      [1, 1, 2, 33],
      [1, 1, 33, 32],
    ],
    kernel: (x: tf.Tensor4D, w: tf.Tensor4D) => conv(x, w),
    oracle: (x: Numbers, w: Numbers) => naive.naiveConv(x, w, { stride: 1 }),
  },
  ...([1, 2] as const).map((stride) => ({
    name: `depthwise 5x5 stride ${stride} on 16 channels`,
    shapes: [
      [1, 4, 6, 16],
      [5, 5, 16, 1],
    ],
    kernel: (x: tf.Tensor4D, w: tf.Tensor4D) => depthwise(x, w, { stride }),
    oracle: (x: Numbers, w: Numbers) => naive.naiveDepthwise(x, w, { stride }),
  })),
  ...[4, 8].map((channels) => ({
    name: `relu of normalise on ${channels} channels`,
    shapes: [[2, 3, 3, channels]],
    kernel: (x: tf.Tensor4D) => tf.tidy(() => relu(normalise(x))),
    oracle: (x: Numbers) => naive.naiveNormalise(x).map((value) => Math.max(0, value)),
  })),
]
