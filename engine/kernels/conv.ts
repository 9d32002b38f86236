// Dense convolution, 1x1 or larger, with its gradients.
import * as tf from '@tensorflow/tfjs-core'
import { spreadOut } from './spread-out.js'
import { native, onTensorFlow, shapeOf, window, type Stride } from './native.js'
import { withGradient } from './with-gradient.js'

/**
 * Convolution with (k - 1) / 2 zeros on every side, as PyTorch's Conv2d pads (TensorFlow's SAME differs at stride 2).
 * @param x [n, h, w, cin]
 * @param w [k, k, cin, cout], k odd
 * @returns [n, ceil(h / stride), ceil(w / stride), cout]
 */
export function conv(x: tf.Tensor4D, w: tf.Tensor4D, { stride = 1 }: { stride?: Stride } = {}): tf.Tensor4D {
  if (!onTensorFlow()) return portableConv(x, w, stride)
  const [size, , from, to] = w.shape
  if (size === 1 && stride === 2 && to < SAFE_STRIDED) return nativeChosen(x, w)
  const pixelwise = size === 1 && stride === 1 && Math.min(from, to) >= PRODUCT_PAYS
  return pixelwise ? nativeProduct(x, w) : nativeConv(x, w, stride)
}

/** Channels from which TensorFlow's matrix product is faster than its convolution, to the filter by a quarter. */
const PRODUCT_PAYS = 32

/**
 * Below, oneDNN writes past its memory in the gradients of strided 1x1 convolutions: seen with 2 and 4 outputs and images of 56 pixels
 * (TensorFlow 2.21). So pixels are chosen first and convolved then, which is the same.
 */
const SAFE_STRIDED = 8

/** A 1x1 convolution is a product of two matrices, and so are its gradients. */
function nativeProduct(x: tf.Tensor4D, w: tf.Tensor4D): tf.Tensor4D {
  const [n, height, width, from] = x.shape
  const to = w.shape[3]
  const pixels = (image: tf.Tensor) => tf.reshape(image, [n * height * width, image.shape[3]!])
  const times = (a: tf.Tensor, b: tf.Tensor, turned: { a?: boolean; b?: boolean } = {}) =>
    native('MatMul', [a, b], { transpose_a: turned.a ?? false, transpose_b: turned.b ?? false })
  return withGradient<tf.Tensor4D>(
    [x, w],
    () => {
      const [rows, matrix] = [pixels(x), tf.reshape(w, [from, to])]
      return { value: tf.reshape(times(rows, matrix), [n, height, width, to]), kept: [rows, matrix] }
    },
    (dy, [rows, matrix]) => {
      const slope = pixels(dy)
      const toInput = tf.reshape(times(slope, matrix!, { b: true }), x.shape)
      return [toInput, tf.reshape(times(rows!, slope, { a: true }), w.shape)]
    },
  )
}

/** A strided 1x1 convolution: first every second pixel of every second row, as the mean of one, then a convolution of those. */
function nativeChosen(x: tf.Tensor4D, w: tf.Tensor4D): tf.Tensor4D {
  const every = { ksize: [1, 1, 1, 1], strides: [1, 2, 2, 1], padding: 'VALID', data_format: 'NHWC' }
  const how = window(x.shape, 1, 1)
  return withGradient<tf.Tensor4D>(
    [x, w],
    () => {
      const chosen = native('AvgPool', [x], every)
      return { value: native('Conv2D', [chosen, w], how) as tf.Tensor4D, kept: [chosen, w] }
    },
    (dy, [chosen, w0]) => [
      native('AvgPoolGrad', [shapeOf(x), native('Conv2DBackpropInput', [shapeOf(chosen!), w0!, dy], how)], every),
      native('Conv2DBackpropFilter', [chosen!, shapeOf(w0!), dy], how),
    ],
  )
}

function nativeConv(x: tf.Tensor4D, w: tf.Tensor4D, stride: Stride): tf.Tensor4D {
  const how = window(x.shape, w.shape[0], stride)
  return withGradient<tf.Tensor4D>(
    [x, w],
    () => ({ value: native('Conv2D', [x, w], how) as tf.Tensor4D, kept: [x, w] }),
    (dy, [x0, w0]) => [
      native('Conv2DBackpropInput', [shapeOf(x0!), w0!, dy], how),
      native('Conv2DBackpropFilter', [x0!, shapeOf(w0!), dy], how),
    ],
  )
}

/** Both gradients are convolutions again; to the input: dy, zeros put between for a stride, with the turned filter. */
function portableConv(x: tf.Tensor4D, w: tf.Tensor4D, stride: Stride): tf.Tensor4D {
  const [k] = w.shape
  const [, height, width] = x.shape
  const padding = (k - 1) / 2
  const toFilter = k === 1 && stride === 1 ? productToFilter : tapsToFilter
  return withGradient<tf.Tensor4D>(
    [x, w],
    () => ({ value: tf.conv2d(x, w, stride, padding), kept: [x, w] }),
    (dy, kept) => {
      const [x0, w0] = kept as [tf.Tensor4D, tf.Tensor4D]
      const turned = tf.transpose(tf.reverse(w0, [0, 1]), [0, 1, 3, 2])
      const dx = tf.conv2d(stride === 1 ? dy : spreadOut(dy, height, width), turned, 1, padding)
      return [dx, toFilter(x0, dy, w.shape, stride)]
    },
  )
}

/** To the filter images and channels change places, dy is the filter, and the stride is its dilation. */
function tapsToFilter(x: tf.Tensor4D, dy: tf.Tensor4D, [k, , cin, cout]: Shape, stride: Stride): tf.Tensor {
  // Told side by side: a single number is reckoned with as if filters were square, and this one is an image.
  const sides: [number, number] = [(k - 1) / 2, (k - 1) / 2]
  const around = [[0, 0], sides, sides, [0, 0]] satisfies ExplicitPadding
  const images = tf.transpose(x, [3, 1, 2, 0])
  const taps = tf.conv2d(images, tf.transpose(dy, [1, 2, 0, 3]), 1, around, 'NHWC', stride)
  // A last tap too many where the stride leaves a row or column of x unseen.
  return tf.transpose(tf.slice(taps, 0, [cin, k, k, cout]), [1, 2, 0, 3])
}

/** A 1x1 filter's gradient is a product of two matrices (turned beforehand: on wasm that is twice as fast). */
function productToFilter(x: tf.Tensor4D, dy: tf.Tensor4D, shape: Shape): tf.Tensor {
  const rows = (image: tf.Tensor4D) => tf.reshape<tf.Rank.R2>(image, [image.size / image.shape[3], image.shape[3]])
  return tf.reshape(tf.matMul(tf.transpose(rows(x)), rows(dy)), shape)
}

type Shape = tf.Tensor4D['shape']
type ExplicitPadding = Extract<Parameters<typeof tf.conv2d>[3], unknown[]>
