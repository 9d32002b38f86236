// Depthwise convolution, dilated or not, with its gradients.
import * as tf from '@tensorflow/tfjs-core'
import { isSame, native, onTensorFlow, unpadded, window, type Stride } from './native.js'
import { spreadOut } from './spread-out.js'
import { withGradient } from './with-gradient.js'

type Shape = tf.Tensor4D['shape']

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
  if (dilation === 1) return convolved(x, w, stride, 1)
  // A dilated filter only ever meets pixels of one parity; with a stride of 2 that is the even ones alone.
  if (stride === 2) return tf.tidy(() => convolved(everyOther(x), w, 1, 1))
  return onTensorFlow() ? dealtOut(x, w) : convolved(x, w, 1, 2)
}

/** Pixels (0, 0), (0, 2), ...: a 1x1 filter of ones with a stride is the fastest way to them on every backend. */
function everyOther(x: tf.Tensor4D): tf.Tensor4D {
  const one = () => tf.ones<tf.Rank.R4>([1, 1, x.shape[3], 1])
  return withGradient<tf.Tensor4D>(
    [x],
    () => ({ value: slide(x, one(), 2), kept: [] }),
    (dy) => [slideBack(dy, one(), x.shape, 2)],
  )
}

/**
 * TensorFlow's backward kernels ignore a dilation without a word, and forward only oneDNN's heed it. So the pixels are
 * dealt out to four images, by the parity of row and column, on which the filter is not dilated.
 */
function dealtOut(x: tf.Tensor4D, w: tf.Tensor4D): tf.Tensor4D {
  const odd = [
    [0, x.shape[1] % 2],
    [0, x.shape[2] % 2],
  ]
  return tf.tidy(() => tf.batchToSpaceND(convolved(tf.spaceToBatchND(x, [2, 2], odd), w, 1, 1), [2, 2], odd))
}

/** Either a stride or a dilation, not both; a dilation not on TensorFlow. */
function convolved(x: tf.Tensor4D, w: tf.Tensor4D, stride: Stride, dilation: number): tf.Tensor4D {
  return withGradient<tf.Tensor4D>(
    [x, w],
    () => ({ value: slide(x, w, stride, dilation), kept: [x, w] }),
    (dy, kept) => {
      const [x0, w0] = kept as [tf.Tensor4D, tf.Tensor4D]
      const dx = slideBack(dy, w0, x.shape, stride, dilation)
      return [
        dx,
        onTensorFlow() ? nativeToFilter(x0, dy, w.shape, stride) : foldedToFilter(x0, dy, w.shape, stride, dilation),
      ]
    },
  )
}

/** The convolution itself, without a gradient. */
export function slide(x: tf.Tensor4D, w: tf.Tensor4D, stride: Stride, dilation = 1): tf.Tensor4D {
  return onTensorFlow()
    ? (native('DepthwiseConv2dNative', [x, w], window(x.shape, w.shape[0], stride)) as tf.Tensor4D)
    : tf.depthwiseConv2d(x, w, stride, (dilation * (w.shape[0] - 1)) / 2, 'NHWC', dilation)
}

/** Its gradient to the input: dy, with zeros put between for a stride, convolved with the turned filter. */
export function slideBack(dy: tf.Tensor4D, w: tf.Tensor4D, shape: Shape, stride: Stride, dilation = 1): tf.Tensor4D {
  if (onTensorFlow()) return nativeToInput(dy, w, shape, stride)
  const spread = stride === 1 ? dy : spreadOut(dy, shape[1], shape[2])
  return slide(spread, tf.reverse(w, [0, 1]), 1, dilation)
}

/** Where the padding cannot be told as SAME it is computed as a part of the image and cut off, three times as fast as EXPLICIT. */
function nativeToInput(dy: tf.Tensor4D, w: tf.Tensor4D, shape: Shape, stride: Stride): tf.Tensor4D {
  const size = w.shape[0]
  const back = (to: Shape, how: ReturnType<typeof window>) =>
    native('DepthwiseConv2dNativeBackpropInput', [tf.tensor1d(to, 'int32'), w, dy], how) as tf.Tensor4D
  if (isSame(shape, size, stride)) return back(shape, window(shape, size, stride))
  const [n, height, width, c] = shape
  const padding = (size - 1) / 2
  const padded = back([n, height + 2 * padding, width + 2 * padding, c], unpadded(stride))
  return tf.slice(padded, [0, padding, padding, 0], shape)
}

function nativeToFilter(x: tf.Tensor4D, dy: tf.Tensor4D, shape: Shape, stride: Stride): tf.Tensor {
  const [size] = shape
  if (size === 5 && stride === 1) return fiveColumnsToFilter(x, dy, shape)
  const inputs = [x, tf.tensor1d(shape, 'int32'), dy]
  return native('DepthwiseConv2dNativeBackpropFilter', inputs, window(x.shape, size, stride))
}

/**
 * The gradient to a filter of five columns. oneDNN's fast kernel knows three at most: the first three and the last three apart
 * take a fifth of the time of all at once. dy, padded, is slid over x rather than x over dy, which turns the filter around,
 * so that a graph has nothing to keep for it from the forward pass.
 */
function fiveColumnsToFilter(x: tf.Tensor4D, dy: tf.Tensor4D, [size, , c]: Shape): tf.Tensor {
  const threeColumns = (before: number, after: number) => {
    const padded = tf.pad(dy, [[0, 0], [2, 2], [before, after], [0, 0]]) // prettier-ignore
    const inputs = [padded, tf.tensor1d([size, 3, c, 1], 'int32'), x]
    return native('DepthwiseConv2dNativeBackpropFilter', inputs, unpadded(1)) as tf.Tensor4D
  }
  const [first, last] = [threeColumns(2, 0), threeColumns(0, 2)]
  return tf.reverse(tf.concat([first, tf.slice(last, [0, 1, 0, 0], [size, 2, c, 1])], 1), [0, 1])
}

/**
 * The gradient to the filter as one depthwise convolution: the batch folded into the channels, dy as the filter, stride
 * and dilation changed places; then the sum over the batch.
 */
function foldedToFilter(x: tf.Tensor4D, dy: tf.Tensor4D, shape: Shape, stride: Stride, dilation: number): tf.Tensor {
  const [n, height, width, c] = x.shape
  const [, oh, ow] = dy.shape
  const [k] = shape
  const padding = (dilation * (k - 1)) / 2
  const fold = (image: tf.Tensor4D) => tf.transpose(image, [1, 2, 0, 3])
  const image = tf.reshape<tf.Rank.R4>(fold(x), [1, height, width, n * c])
  const filter = tf.reshape<tf.Rank.R4>(fold(dy), [oh, ow, n * c, 1])
  const padded = tf.pad(image, [[0, 0], [padding, padding], [padding, padding], [0, 0]]) // prettier-ignore
  const taps = tf.depthwiseConv2d(padded, filter, dilation, 'valid', 'NHWC', stride)
  // A last tap too many where the stride leaves a row or column of x unseen.
  const each = tf.reshape(tf.slice(taps, 0, [1, k, k, n * c]), [k, k, n, c])
  return tf.reshape(tf.sum(each, 2), shape)
}
