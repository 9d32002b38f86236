// Batch normalisation with statistics that are given: how a trained network is evaluated. It has no gradient.
import * as tf from '@tensorflow/tfjs-core'
import { nativeAll, onTensorFlow } from './native.js'
import { epsilon, type Affine } from './normalise.js'

/** Mean and variance of each channel, both [c]. */
export interface Statistics {
  readonly mean: tf.Tensor1D
  readonly variance: tf.Tensor1D
}

/** (x - mean) / sqrt(variance + 1e-5) * scale + offset, channel by channel; x: [n, h, w, c]. */
export function normaliseBy(
  x: tf.Tensor4D,
  { mean, variance }: Statistics,
  { scale, offset }: Affine = {},
): tf.Tensor4D {
  const channels = x.shape[3]
  return tf.tidy(() => {
    const factor = scale ?? tf.ones<tf.Rank.R1>([channels])
    const shift = offset ?? tf.zeros<tf.Rank.R1>([channels])
    if (onTensorFlow()) {
      const attributes = { U: 'float32', epsilon, data_format: 'NHWC', is_training: false }
      return nativeAll('FusedBatchNormV3', [x, factor, shift, mean, variance], attributes, 6)[0] as tf.Tensor4D
    }
    const times = tf.mul(factor, tf.rsqrt(tf.add(variance, epsilon)))
    return tf.add(tf.mul(x, times), tf.sub(shift, tf.mul(mean, times)))
  })
}
