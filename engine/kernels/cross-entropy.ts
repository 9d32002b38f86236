// The loss of a classifier, computed from its logits so that no logarithm of a vanishing probability is taken.
import * as tf from '@tensorflow/tfjs-core'
import { nativeAll, onTensorFlow } from './native.js'
import { withGradient } from './with-gradient.js'

/**
 * Mean over the batch of -sum(oneHot * log softmax(logits)), a scalar in nats.
 * @param logits [n, classes]
 * @param oneHot [n, classes], each row sums to 1 (smoothed labels are fine), float or int; a constant: it gets no gradient
 */
export function crossEntropy(logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Scalar {
  const batch = logits.shape[0]
  return withGradient<tf.Scalar>(
    [logits],
    () => {
      const labels = tf.cast(oneHot, 'float32')
      const [losses, slope] = onTensorFlow()
        ? nativeAll('SoftmaxCrossEntropyWithLogits', [logits, labels], {}, 2)
        : lossesAndSlope(logits, labels)
      return { value: tf.mean<tf.Scalar>(losses!), kept: [slope!] }
    },
    (dy, [slope]) => [tf.mul(slope!, tf.div(dy, batch))],
  )
}

/** Each example's loss [n], and the gradient of their sum [n, classes]: softmax(logits) - oneHot. */
function lossesAndSlope(logits: tf.Tensor2D, oneHot: tf.Tensor2D): [tf.Tensor1D, tf.Tensor2D] {
  const shifted = tf.sub(logits, tf.max(logits, 1, true))
  const logProbability = tf.sub<tf.Tensor2D>(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)))
  return [tf.neg(tf.sum(tf.mul(oneHot, logProbability), 1)), tf.sub(tf.exp(logProbability), oneHot)]
}
