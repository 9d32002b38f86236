// Normalisation with given statistics, and the statistics that normalisation with the batch's own tells.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { normaliseBy } from './normalise-by.js'
import { normalise } from './normalise.js'

// Two images of two pixels, two channels: [1, 2, 3, 6] and [10, 10, -10, -10].
const values = [1, 10, 2, 10, 3, -10, 6, -10]

describe.each(['auto', 'wasm', 'cpu'] as const)('on backend %s', (backend) => {
  beforeAll(async () => {
    await pickBackend(backend)
  })

  it('normaliseBy takes the statistics that it is given', () => {
    const statistics = { mean: tf.tensor1d([1, 0]), variance: tf.tensor1d([4, 25]) }
    const x = tf.tensor4d(values, [2, 1, 2, 2])
    const received = normaliseBy(x, statistics, { scale: tf.tensor1d([2, 1]), offset: tf.tensor1d([0, 3]) })
    const expected = [0, 5, 1, 5, 2, 1, 5, 1]
    received.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4)) // 1e-5 beside the variance
    normaliseBy(x, statistics)
      .dataSync()
      .forEach((value, i) => expect(value).toBeCloseTo(i % 2 ? values[i]! / 5 : (values[i]! - 1) / 2, 4))
  })

  it('normalise tells mean and unbiased variance, with and without a gradient, and leaves them to the receiver', () => {
    const x = tf.tensor4d(values, [2, 1, 2, 2])
    const before = tf.memory().numTensors
    const told: Tensor1D[] = []
    const tell = (mean: Tensor1D, variance: Tensor1D) => void told.push(mean, variance)
    tf.tidy(() => {
      normalise(x, {}, tell)
      tf.grad((one) => tf.sum(normalise(one as tf.Tensor4D, {}, tell)))(x)
    })
    expect(told).toHaveLength(4)
    expect(tf.memory().numTensors).toBe(before + 4)
    told.forEach((tensor, i) => {
      const expected = i % 2 ? [14 / 3, 400 / 3] : [3, 0]
      tensor.dataSync().forEach((value, c) => expect(value).toBeCloseTo(expected[c]!, 4))
    })
    tf.dispose(told)
  })
})
