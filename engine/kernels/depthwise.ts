// Depthwise convolution, dilated or not, with its gradients.
import * as tf from '@tensorflow/tfjs-core'
import type { Stride } from './conv.js'
import { everyOther, spreadOut } from './every-other.js'
import { native, onTensorFlow, shapeOf, window } from './native.js'
import { withGradient } from './with-gradient.js'

/**
 * Every channel convolved with its own filter, with dilation * (k - 1) / 2 zeros on every side, as PyTorch pads.
 * @param x [n, h, w, c]
 * @param w [k, k, c, 1], k odd
 * @returns [n, ceil(h / stride), ceil(w / stride), c]
 */
export function depthwise(
  x: tf.Tensor4D,
  w: tf.Tensor4D,
  { stride = 1, dilation = 1 }: { stride?: Stride; dilation?: 1 | 2 } = {},
): tf.Tensor4D {
  if (dilation === 1) return undilated(x, w, stride)
  // The filter only ever meets pixels of one parity. With a stride of 2 that is the even ones alone.
  if (stride === 2) return tf.tidy(() => undilated(everyOther(x), w, 1))
  return tf.tidy(() => gathered(undilated(dealt(x), w, 1), x.shape))
}

/**
 * Deals the pixels out to four images, by the parity of row and column, on which the filter is not dilated:
 * [n, h, w, c] -> [4n, ceil(h / 2), ceil(w / 2), c]. TensorFlow's backward kernels ignore a dilation without a word,
 * and forward only oneDNN's heed it.
 */
function dealt(x: tf.Tensor4D): tf.Tensor4D {
  return tf.spaceToBatchND(
    x,
    [2, 2],
    [
      [0, x.shape[1] % 2],
      [0, x.shape[2] % 2],
    ],
  )
}

/** The way back to an image of `shape`. */
function gathered(x: tf.Tensor4D, [, height, width]: tf.Tensor4D['shape']): tf.Tensor4D {
  return tf.batchToSpaceND(
    x,
    [2, 2],
    [
      [0, height % 2],
      [0, width % 2],
    ],
  )
}

function undilated(x: tf.Tensor4D, w: tf.Tensor4D, stride: Stride): tf.Tensor4D {
  return withGradient<tf.Tensor4D>(
    [x, w],
    () => ({ value: slide(x, w, stride), kept: [x, w] }),
    (dy, [x0, w0]) => [
      slideBack(dy, w0 as tf.Tensor4D, x.shape, stride),
      (onTensorFlow() ? nativeToFilter : foldedToFilter)(x0 as tf.Tensor4D, dy, w.shape, stride),
    ],
  )
}

/** The convolution itself, without a gradient. */
export function slide(x: tf.Tensor4D, w: tf.Tensor4D, stride: Stride): tf.Tensor4D {
  const padding = (w.shape[0] - 1) / 2
  return onTensorFlow()
    ? (native('DepthwiseConv2dNative', [x, w], window(stride, padding)) as tf.Tensor4D)
    : tf.depthwiseConv2d(x, w, stride, padding)
}

/** Its gradient to the input: dy, with zeros put between for a stride, convolved with the turned filter. */
export function slideBack(dy: tf.Tensor4D, w: tf.Tensor4D, shape: tf.Tensor4D['shape'], stride: Stride): tf.Tensor4D {
  if (onTensorFlow()) {
    const inputs = [tf.tensor1d(shape, 'int32'), w, dy]
    return native('DepthwiseConv2dNativeBackpropInput', inputs, window(stride, (w.shape[0] - 1) / 2)) as tf.Tensor4D
  }
  const spread = stride === 1 ? dy : spreadOut(dy, shape[1], shape[2])
  return slide(spread, tf.reverse(w, [0, 1]), 1)
}

function nativeToFilter(x: tf.Tensor4D, dy: tf.Tensor4D, shape: tf.Tensor4D['shape'], stride: Stride): tf.Tensor {
  const inputs = [x, tf.tensor1d(shape, 'int32'), dy]
  return native('DepthwiseConv2dNativeBackpropFilter', inputs, window(stride, (shape[0] - 1) / 2))
}

/**
 * The gradient to the filter as one depthwise convolution: the batch folded into the channels, dy as the filter, the
 * stride as its dilation; then the sum over the batch.
 */
function foldedToFilter(x: tf.Tensor4D, dy: tf.Tensor4D, shape: tf.Tensor4D['shape'], stride: Stride): tf.Tensor {
  const [n, , , c] = x.shape
  const [k] = shape
  const [, oh, ow] = dy.shape
  const padding = (k - 1) / 2
  const fold = (image: tf.Tensor4D) => tf.transpose(image, [1, 2, 0, 3])
  // A stride may leave the last row or column unseen; this many are seen.
  const reach = (pixels: number) => (pixels - 1) * stride + k
  const around = (pixels: number, seen: number): [number, number] => [
    padding,
    Math.max(0, reach(seen) - padding - pixels),
  ]
  const padded = tf.pad(fold(x), [around(x.shape[1], oh), around(x.shape[2], ow), [0, 0], [0, 0]])
  const image = tf.reshape<tf.Rank.R4>(tf.slice(padded, 0, [reach(oh), reach(ow), n, c]), [
    1,
    reach(oh),
    reach(ow),
    n * c,
  ])
  const filter = tf.reshape<tf.Rank.R4>(fold(dy), [oh, ow, n * c, 1])
  const taps = tf.depthwiseConv2d(image, filter, 1, 'valid', 'NHWC', stride)
  return tf.reshape(tf.sum(tf.reshape(taps, [k, k, n, c]), 2), shape)
}
