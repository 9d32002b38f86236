// Average pooling, 3x3 with padding and 2x2 without, with gradients.
import * as tf from '@tensorflow/tfjs-core'
import { slide, slideBack } from './depthwise.js'
import { isSame, native, onTensorFlow, shapeOf, type Stride } from './native.js'
import { withGradient } from './with-gradient.js'

/**
 * The mean of each 3x3 neighbourhood; pixels outside of the image do not count (count_include_pad=False, as in DARTS).
 * @param x [n, h, w, c]
 * @returns [n, ceil(h / stride), ceil(w / stride), c]
 */
export function avgPool(x: tf.Tensor4D, { stride = 1 }: { stride?: Stride } = {}): tf.Tensor4D {
  return onTensorFlow() && isSame(x.shape, 3, stride) ? nativePool(x, 3, stride, 'SAME') : weighed(x, stride)
}

/** The mean of each 2x2 block: x [n, h, w, c] -> [n, floor(h / 2), floor(w / 2), c]. */
export function avgPool2(x: tf.Tensor4D): tf.Tensor4D {
  return onTensorFlow() ? nativePool(x, 2, 2, 'VALID') : blocks(x)
}

function nativePool(x: tf.Tensor4D, size: number, stride: Stride, padding: 'SAME' | 'VALID'): tf.Tensor4D {
  const how = { ksize: [1, size, size, 1], strides: [1, stride, stride, 1], padding, data_format: 'NHWC' }
  return withGradient<tf.Tensor4D>(
    [x],
    () => ({ value: native('AvgPool', [x], how) as tf.Tensor4D, kept: [] }),
    (dy) => [native('AvgPoolGrad', [shapeOf(x), dy], how)],
  )
}

/** Sums by a depthwise convolution with ones, divided by how many pixels each sum has. */
function weighed(x: tf.Tensor4D, stride: Stride): tf.Tensor4D {
  const ones = () => tf.ones<tf.Rank.R4>([3, 3, x.shape[3], 1])
  const shares = () => sharesOf(x.shape[1], x.shape[2], stride)
  return withGradient<tf.Tensor4D>(
    [x],
    () => ({ value: tf.mul(slide(x, ones(), stride), shares()), kept: [] }),
    (dy) => [slideBack(tf.mul(dy, shares()), ones(), x.shape, stride)],
  )
}

/** One over the number of pixels under each window: [1, oh, ow, 1]. */
function sharesOf(height: number, width: number, stride: Stride): tf.Tensor4D {
  const under = (pixels: number) =>
    Array.from({ length: Math.ceil(pixels / stride) }, (_, i) => {
      const middle = i * stride
      return Math.min(middle + 1, pixels - 1) - Math.max(middle - 1, 0) + 1
    })
  const rows = under(height)
  const columns = under(width)
  return tf.tensor4d(rows.flatMap((row) => columns.map((column) => 1 / (row * column))), [1, rows.length, columns.length, 1]) // prettier-ignore
}

function blocks(x: tf.Tensor4D): tf.Tensor4D {
  const [n, height, width, c] = x.shape
  return withGradient<tf.Tensor4D>(
    [x],
    () => ({ value: tf.avgPool(x, 2, 2, 'valid'), kept: [] }),
    (dy) => {
      const [, h, w] = dy.shape
      const quarter = tf.reshape(tf.div(dy, 4), [n * h * w, c])
      const wide = tf.reshape(tf.concat([quarter, quarter], 1), [n * h, 2 * w * c])
      const whole = tf.reshape(tf.concat([wide, wide], 1), [n, 2 * h, 2 * w, c])
      return [tf.pad(whole, [[0, 0], [0, height - 2 * h], [0, width - 2 * w], [0, 0]])] // prettier-ignore
    },
  )
}
