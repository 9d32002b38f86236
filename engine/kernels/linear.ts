// The classifier's last layer; tfjs' own gradients of matMul and add are good on every backend.
import * as tf from '@tensorflow/tfjs-core'

/** x [n, features] times w [features, classes], plus b [classes]. */
export function linear(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D): tf.Tensor2D {
  return tf.tidy(() => tf.add(tf.matMul(x, w), b))
}
