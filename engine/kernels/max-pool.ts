// 3x3 max pooling, with its gradient.
import * as tf from '@tensorflow/tfjs-core'
import { isSame, native, onTensorFlow, type Stride } from './native.js'
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
  if (isSame(x.shape, 3, stride)) return pooled(x, stride, 'SAME')
  // oneDNN's pooling, ten times faster in a captured graph, takes no explicit padding: it is put around beforehand.
  const around = [[0, 0], [1, 1], [1, 1], [0, 0]] satisfies [number, number][] // prettier-ignore
  return tf.tidy(() => pooled(tf.pad(x, around, -Infinity), stride, 'VALID'))
}

function pooled(x: tf.Tensor4D, stride: Stride, padding: 'SAME' | 'VALID'): tf.Tensor4D {
  const how = { ksize: [1, 3, 3, 1], strides: [1, stride, stride, 1], padding, data_format: 'NHWC' }
  return withGradient<tf.Tensor4D>(
    [x],
    () => {
      const value = native('MaxPool', [x], how) as tf.Tensor4D
      return { value, kept: [x, value] }
    },
    (dy, [x0, y]) => [native('MaxPoolGrad', [x0!, y!, dy], how)],
  )
}

/**
 * The largest of three neighbours along one axis; once along the rows and once down the columns is the 3x3 pool, and
 * the first of equals stays the first. Every image line is seen as [places, numbers]: a pixel's channels, or a row.
 */
function maxOfThree(x: tf.Tensor4D, axis: 1 | 2, stride: Stride): tf.Tensor4D {
  const [n, height, width, c] = x.shape
  const [lines, size, inner] = axis === 1 ? [n, height, width * c] : [n * height, width, c]
  const places = Math.ceil(size / stride)
  const along = <V>(here: V, elsewhere: V): [V, V] => (axis === 1 ? [here, elsewhere] : [elsewhere, here])
  /** Every place gets what its neighbour before or after it has, the one at the end gets `fill`. */
  const shifted = (line: tf.Tensor, by: 1 | -1, fill = 0) => {
    const inside = tf.slice(line, [0, by === 1 ? 0 : 1, 0], [lines, places - 1, inner])
    return tf.pad(inside, [[0, 0], by === 1 ? [1, 0] : [0, 1], [0, 0]], fill) // prettier-ignore
  }
  return withGradient<tf.Tensor4D>(
    [x],
    () => {
      const sides: [number, number][] = along<[number, number]>([1, 1], [0, 0])
      const value = tf.maxPool(x, along(3, 1), along(stride, 1), [[0, 0], ...sides, [0, 0]] as ExplicitPadding)
      return { value, kept: [x, value] }
    },
    (dy, [x0, y]) => {
      // With a stride of 2 a place sees its own pixel, the one after it, and the one after the place before.
      const odd = 2 * places - size
      const pairs = stride === 2 ? tf.reshape(tf.pad(tf.reshape(x0!, [lines, size, inner]), [[0, 0], [0, odd], [0, 0]], -Infinity), [lines, places, 2 * inner]) : x0! // prettier-ignore
      const half = (which: number) => tf.slice(pairs, [0, 0, which * inner], [lines, places, inner])
      const second = stride === 2 ? half(0) : tf.reshape(x0!, [lines, size, inner])
      const first = shifted(stride === 2 ? half(1) : second, 1, -Infinity)

      const largest = tf.reshape(y!, [lines, places, inner])
      const slope = tf.reshape(dy, [lines, places, inner])
      // step(largest - neighbour) is 0 where the neighbour is the largest, else 1.
      const beyondFirst = tf.mul(slope, tf.step(tf.sub(largest, first)))
      const toThird = tf.mul(beyondFirst, tf.step(tf.sub(largest, second)))
      const toSecond = tf.sub(beyondFirst, toThird)
      const toFirst = shifted(tf.sub(slope, beyondFirst), -1)
      if (stride === 1) return [tf.reshape(tf.addN([toFirst, toSecond, shifted(toThird, 1)]), x.shape)]
      const dx = tf.reshape(tf.concat([toSecond, tf.add(toFirst, toThird)], 2), [lines, 2 * places, inner])
      return [tf.reshape(odd ? tf.slice(dx, 0, [lines, size, inner]) : dx, x.shape)]
    },
  )
}

type ExplicitPadding = Extract<Parameters<typeof tf.maxPool>[3], unknown[]>
