// Dense convolution, 1x1 or larger, with its gradients.
import * as tf from '@tensorflow/tfjs-core'
import { everyOther, spreadOut } from './every-other.js'
import { native, onTensorFlow, shapeOf, window } from './native.js'
import { withGradient } from './with-gradient.js'

export type Stride = 1 | 2

/**
 * Convolution with (k - 1) / 2 zeros on every side, as PyTorch's Conv2d pads (TensorFlow's SAME differs at stride 2).
 * @param x [n, h, w, cin]
 * @param w [k, k, cin, cout], k odd
 * @returns [n, ceil(h / stride), ceil(w / stride), cout]
 */
export function conv(x: tf.Tensor4D, w: tf.Tensor4D, { stride = 1 }: { stride?: Stride } = {}): tf.Tensor4D {
  if (onTensorFlow()) return nativeConv(x, w, stride)
  if (w.shape[0] > 1) return tapByTap(x, w, stride)
  return tf.tidy(() => pointwise(stride === 2 ? everyOther(x) : x, w))
}

function nativeConv(x: tf.Tensor4D, w: tf.Tensor4D, stride: Stride): tf.Tensor4D {
  const how = window(stride, (w.shape[0] - 1) / 2)
  return withGradient<tf.Tensor4D>(
    [x, w],
    () => ({ value: native('Conv2D', [x, w], how) as tf.Tensor4D, kept: [x, w] }),
    (dy, [x0, w0]) => [
      native('Conv2DBackpropInput', [shapeOf(x0!), w0!, dy], how),
      native('Conv2DBackpropFilter', [x0!, shapeOf(w0!), dy], how),
    ],
  )
}

/** A 1x1 convolution is a matrix product, and so are its gradients. */
function pointwise(x: tf.Tensor4D, w: tf.Tensor4D): tf.Tensor4D {
  const [n, height, width, cin] = x.shape
  const cout = w.shape[3]
  const product = tf.matMul(
    tf.reshape<tf.Rank.R2>(x, [n * height * width, cin]),
    tf.reshape<tf.Rank.R2>(w, [cin, cout]),
  )
  return tf.reshape(product, [n, height, width, cout])
}

/** The input's gradient is a convolution with the turned filter; the filter's is one matrix product for each tap. */
function tapByTap(x: tf.Tensor4D, w: tf.Tensor4D, stride: Stride): tf.Tensor4D {
  const [k, , cin, cout] = w.shape
  const [n, height, width] = x.shape
  const padding = (k - 1) / 2
  return withGradient<tf.Tensor4D>(
    [x, w],
    () => ({ value: tf.conv2d(x, w, stride, padding), kept: [x, w] }),
    (dy, [x0, w0]) => {
      const turned = tf.transpose<tf.Tensor4D>(tf.reverse(w0 as tf.Tensor4D, [0, 1]), [0, 1, 3, 2])
      const dx = tf.conv2d(stride === 1 ? dy : spreadOut(dy, height, width), turned, 1, padding)
      const padded = tf.pad(x0 as tf.Tensor4D, [[0, 0], [padding, padding], [padding, padding], [0, 0]]) // prettier-ignore
      const [, oh, ow] = dy.shape
      const pixels = n * oh * ow
      const slope = tf.reshape<tf.Rank.R2>(dy, [pixels, cout])
      const dw = Array.from({ length: k * k }, (_, tap) => {
        const top = Math.floor(tap / k)
        const left = tap % k
        const seen = tf.stridedSlice(
          padded,
          [0, top, left, 0],
          [n, top + (oh - 1) * stride + 1, left + (ow - 1) * stride + 1, cin],
          [1, stride, stride, 1],
        )
        return tf.matMul(tf.reshape<tf.Rank.R2>(seen, [pixels, cin]), slope, true, false)
      })
      return [dx, tf.reshape(tf.stack(dw), w.shape)]
    },
  )
}
