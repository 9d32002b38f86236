// Batch normalisation with the statistics of the batch at hand.
import * as tf from '@tensorflow/tfjs-core'
import { nativeAll, onTensorFlow } from './native.js'
import { withGradient } from './with-gradient.js'

/** Added to the variance, as in PyTorch's BatchNorm2d. */
export const epsilon = 1e-5

/** What follows the normalisation, channel by channel; both [c]. Without them: times 1, plus 0. */
export interface Affine {
  scale?: tf.Tensor1D
  offset?: tf.Tensor1D
}

/**
 * Is told the batch's mean and variance, [c] each, as running statistics want them: this variance divides by one less than
 * the number of pixels, as in PyTorch. Both are kept (`tf.keep`); whoever is told disposes them.
 */
export type Told = (mean: tf.Tensor1D, variance: tf.Tensor1D) => void

/**
 * (x - mean) / sqrt(variance + 1e-5) * scale + offset, mean and variance of each channel taken over n, h and w
 * (the variance divides by their number, not by one less).
 * @param x [n, h, w, c]
 */
export function normalise(x: tf.Tensor4D, { scale, offset }: Affine = {}, told?: Told): tf.Tensor4D {
  const channels = x.shape[3]
  return tf.tidy(() => {
    const factor = scale ?? tf.ones<tf.Rank.R1>([channels])
    const shift = offset ?? tf.zeros<tf.Rank.R1>([channels])
    return onTensorFlow() ? fused(x, factor, shift, told) : composed(x, factor, shift, told)
  })
}

function fused(x: tf.Tensor4D, scale: tf.Tensor1D, offset: tf.Tensor1D, told?: Told): tf.Tensor4D {
  const attributes = { U: 'float32', epsilon, data_format: 'NHWC', is_training: true }
  return withGradient<tf.Tensor4D>(
    [x, scale, offset],
    () => {
      const unused = tf.tensor1d([])
      const outputs = nativeAll('FusedBatchNormV3', [x, scale, offset, unused, unused], attributes, 6)
      told?.(tf.keep(outputs[1] as tf.Tensor1D), tf.keep(outputs[2] as tf.Tensor1D))
      return { value: outputs[0] as tf.Tensor4D, kept: [x, scale, outputs[3]!, outputs[4]!, outputs[5]!] }
    },
    (dy, kept) => nativeAll('FusedBatchNormGradV3', [dy, ...kept], attributes, 5).slice(0, 3),
  )
}

function composed(x: tf.Tensor4D, scale: tf.Tensor1D, offset: tf.Tensor1D, told?: Told): tf.Tensor4D {
  const channels = x.shape[3]
  const pixels = x.size / channels
  return withGradient<tf.Tensor4D>(
    [x, scale, offset],
    () => {
      const flat = tf.reshape<tf.Rank.R2>(x, [pixels, channels])
      const mean = meanOfRows(flat)
      const centred = tf.sub<tf.Tensor2D>(flat, mean)
      const variance = meanOfRows(tf.square(centred))
      const inverse = tf.rsqrt(tf.add(variance, epsilon))
      const standard = tf.mul<tf.Tensor2D>(centred, inverse)
      const row = (statistic: tf.Tensor) => tf.keep(tf.reshape<tf.Rank.R1>(statistic, [channels]))
      told?.(row(mean), row(tf.mul(variance, pixels / Math.max(1, pixels - 1))))
      const value = tf.reshape<tf.Rank.R4>(tf.add(tf.mul(standard, scale), offset), x.shape)
      return { value, kept: [standard, inverse, scale] }
    },
    (dy, [standard, inverse, factor]) => {
      const slope = tf.reshape<tf.Rank.R2>(dy, [pixels, channels])
      const mean = meanOfRows(slope)
      const lean = meanOfRows(tf.mul(slope, standard!))
      const dx = tf.mul(tf.sub(tf.sub(slope, mean), tf.mul(standard!, lean)), tf.mul(inverse!, factor!))
      const times = (row: tf.Tensor2D) => tf.reshape(tf.mul(row, pixels), [channels])
      return [tf.reshape(dx, x.shape), times(lean), times(mean)]
    },
  )
}

/** [rows, c] -> [1, c]. A product with a row of 1/rows is many times faster than a reduction over the outer axis. */
function meanOfRows(x: tf.Tensor2D): tf.Tensor2D {
  const rows = x.shape[0]
  return tf.matMul(tf.fill<tf.Rank.R2>([1, rows], 1 / rows), x)
}
