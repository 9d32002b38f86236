// Global average pooling: every channel's mean over the image.
import * as tf from '@tensorflow/tfjs-core'
import { withGradient } from './with-gradient.js'

/** x [n, h, w, c] -> [n, c]. */
export function meanOverPixels(x: tf.Tensor4D): tf.Tensor2D {
  const [n, h, w, c] = x.shape
  return withGradient<tf.Tensor2D>(
    [x],
    () => ({ value: tf.mean<tf.Tensor2D>(x, [1, 2]), kept: [] }),
    (dy) => [tf.mul(tf.reshape(dy, [n, 1, 1, c]), tf.fill([1, h, w, 1], 1 / (h * w)))],
  )
}
