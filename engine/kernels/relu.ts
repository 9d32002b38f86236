// max(x, 0) and its gradient; tfjs' own gradient goes through Step and is thirty times slower on TensorFlow.
import * as tf from '@tensorflow/tfjs-core'
import { native, onTensorFlow } from './native.js'
import { withGradient } from './with-gradient.js'

/** The positive part of `x`, any shape. The gradient at exactly 0 is 0, as in PyTorch. */
export function relu<T extends tf.Tensor>(x: T): T {
  return withGradient<T>(
    [x],
    () => {
      const value = onTensorFlow() && !fusesWell(x.shape.at(-1)!) ? tf.maximum<T>(x, 0) : tf.relu(x)
      return { value, kept: [value] }
    },
    (dy, [y]) => [onTensorFlow() ? native('ReluGrad', [dy, y!]) : tf.mul(dy, tf.step(y!))],
  )
}

/**
 * TensorFlow makes one operation of a normalisation and the Relu after it. oneDNN computes that one fast for multiples of 8
 * channels; for others it falls back to plain loops, ten times slower than both apart, and a Maximum is left apart.
 */
const fusesWell = (channels: number): boolean => channels % 8 === 0
