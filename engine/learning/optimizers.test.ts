// The optimisers against numbers computed by PyTorch 2.15 (torch.optim.SGD, torch.optim.Adam, torch.nn.utils.clip_grad_norm_).
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { adam, clipNorm, sgd } from './optimizers.js'

beforeAll(async () => {
  await pickBackend('cpu')
})

const near = (tensor: Tensor, expected: readonly number[]) =>
  tensor.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6))

describe('sgd', () => {
  it('steps as PyTorch does with clipping, momentum 0.9 and decay 0.01', () => {
    let state = { w: tf.tensor1d([1, -2, 0.5]), velocity: tf.zeros<tf.Rank.R1>([3]) }
    const setting = { rate: tf.scalar(0.1), momentum: 0.9, decay: 0.01 }
    const steps = [
      { gradient: [3, 4, 0], norm: 5, w: [0.8190000057, -2.2379999161, 0.4995000064] },
      { gradient: [0.1, 0.2, -0.3], norm: 0.3741657436, w: [0.6452810168, -2.4699618817, 0.5285505056] },
      { gradient: [1, 1, 1], norm: 1.7320507765, w: [0.3882886767, -2.7762577534, 0.4541673958] },
    ]
    for (const { gradient, norm, w } of steps) {
      const clipped = clipNorm(tf.tensor1d(gradient), 3)
      near(clipped.norm, [norm])
      state = sgd(state.w, state.velocity, clipped.gradient, setting)
      near(state.w, w)
    }
  })

  it("steps by Nesterov's momentum as PyTorch does, without a limit to the gradient", () => {
    let state = { w: tf.tensor1d([1, -2, 0.5]), velocity: tf.zeros<tf.Rank.R1>([3]) }
    const setting = { rate: tf.scalar(0.1), momentum: 0.9, decay: 0.01, nesterov: true }
    const steps = [
      { gradient: [3, 4, 0], w: [0.4281000197, -2.7562000751, 0.4990499914] },
      { gradient: [0.1, 0.2, -0.3], w: [0.1644766629, -3.1113433838, 0.5546967983] },
      { gradient: [1, 1, 1], w: [-0.2537115812, -3.5995411873, 0.3871741593] },
    ]
    for (const { gradient, w } of steps) {
      state = sgd(state.w, state.velocity, clipNorm(tf.tensor1d(gradient), 0).gradient, setting)
      near(state.w, w)
    }
  })
})

describe('adam', () => {
  it('steps as PyTorch does with betas 0.5 and 0.999 and decay 0.1', () => {
    let a = tf.tensor1d([0.1, -0.2])
    let moments = { first: tf.zeros<tf.Rank.R1>([2]), second: tf.zeros<tf.Rank.R1>([2]) }
    const gradients = [
      [1, -1],
      [0.5, 0.25],
      [-2, 0],
    ]
    const expected = [
      [0.0900000036, -0.1900000125],
      [0.0815460384, -0.1874842793],
      [0.0879602283, -0.185986191],
    ]
    gradients.forEach((gradient, i) => {
      const correction1 = tf.scalar(1 - 0.5 ** (i + 1))
      const correction2 = tf.scalar(1 - 0.999 ** (i + 1))
      const setting = { rate: 0.01, beta1: 0.5, beta2: 0.999, decay: 0.1, correction1, correction2 }
      ;({ a, moments } = adam(a, moments, tf.tensor1d(gradient), setting))
      near(a, expected[i]!)
    })
  })
})
