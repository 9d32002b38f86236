// 3x3 max pooling, with its gradient.
import * as tf from '@tensorflow/tfjs-core'
import type { Stride } from './conv.js'
import { native, onTensorFlow, window } from './native.js'
import { withGradient } from './with-gradient.js'

/**
 * The largest of each 3x3 neighbourhood; pixels outside of the image never win. Of equals the first, row by row, gets
 * the gradient, as in PyTorch and TensorFlow.
 * @param x [n, h, w, c]
 * @returns [n, ceil(h / stride), ceil(w / stride), c]
 */
export function maxPool(x: tf.Tensor4D, { stride = 1 }: { stride?: Stride } = {}): tf.Tensor4D {
  if (onTensorFlow()) return nativeMaxPool(x, stride)
  return tf.tidy(() => maxOfThree(maxOfThree(x, 2, stride), 1, stride))
}

function nativeMaxPool(x: tf.Tensor4D, stride: Stride): tf.Tensor4D {
  const how = { ...window(stride, 1), ksize: [1, 3, 3, 1] }
  return withGradient<tf.Tensor4D>(
    [x],
    () => {
      const value = native('MaxPool', [x], how) as tf.Tensor4D
      return { value, kept: [x, value] }
    },
    (dy, [x0, y]) => [native('MaxPoolGrad', [x0!, y!, dy], how)],
  )
}

/** The largest of three neighbours along one axis; once along the rows and once down the columns is the 3x3 pool. */
function maxOfThree(x: tf.Tensor4D, axis: 1 | 2, stride: Stride): tf.Tensor4D {
  const [n, height, width, c] = x.shape
  const [outer, size, inner] = axis === 1 ? [n, height, width * c] : [n * height, width, c]
  const places = Math.ceil(size / stride)
  const shape = x.shape.map((side, i) => (i === axis ? places : side)) as tf.Tensor4D['shape']
  return withGradient<tf.Tensor4D>(
    [x],
    () => {
      const line = tf.pad(tf.reshape(x, [outer, size, inner]), [[0, 0], [1, 1], [0, 0]], -Infinity) // prettier-ignore
      const neighbour = (which: number) =>
        tf.stridedSlice(line, [0, which, 0], [outer, which + (places - 1) * stride + 1, inner], [1, stride, 1])
      const [first, second] = [neighbour(0), neighbour(1)]
      const value = tf.maximum(tf.maximum(first, second), neighbour(2))
      return { value: tf.reshape(value, shape), kept: [first, second, value] }
    },
    (dy, [first, second, value]) => {
      const slope = tf.reshape(dy, [outer, places, inner])
      const toFirst = tf.mul(slope, tf.cast(tf.equal(first!, value!), 'float32'))
      const left = tf.sub(slope, toFirst)
      const toSecond = tf.mul(left, tf.cast(tf.equal(second!, value!), 'float32'))
      const toThird = tf.sub(left, toSecond)
      // A place's third neighbour is the next one's first (stride 2), or two further on (stride 1).
      const next = tf.pad(tf.slice(toFirst, [0, 1, 0]), [[0, 0], [0, 1], [0, 0]]) // prettier-ignore
      if (stride === 2) {
        const pairs = tf.concat([toSecond, tf.add(toThird, next)], 2)
        const even = tf.reshape(pairs, [outer, 2 * places, inner])
        return [tf.reshape(size === 2 * places ? even : tf.slice(even, 0, [outer, size, inner]), x.shape)]
      }
      const previous = tf.pad(tf.slice(toThird, 0, [outer, size - 1, inner]), [[0, 0], [1, 0], [0, 0]]) // prettier-ignore
      return [tf.reshape(tf.addN([next, toSecond, previous]), x.shape)]
    },
  )
}
