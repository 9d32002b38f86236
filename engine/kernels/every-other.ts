// Takes every second pixel of an image: what a stride of 2 is made of, with the way back as its gradient.
import * as tf from '@tensorflow/tfjs-core'
import { withGradient } from './with-gradient.js'

/** Pixels (0, 0), (0, 2), ... of x [n, h, w, c] -> [n, ceil(h / 2), ceil(w / 2), c]. */
export function everyOther(x: tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = x.shape
  return withGradient<tf.Tensor4D>(
    [x],
    () => ({ value: tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, 2, 2, 1]) as tf.Tensor4D, kept: [] }),
    (dy) => [spreadOut(dy, height, width)],
  )
}

/** Puts the pixels of y [n, h, w, c] at the even places of [n, height, width, c], with zeros between. */
export function spreadOut(y: tf.Tensor4D, height: number, width: number): tf.Tensor4D {
  const [n, h, w, c] = y.shape
  const zerosAfter = (rows: number, length: number, image: tf.Tensor) =>
    tf.pad(tf.reshape<tf.Rank.R2>(image, [rows, length]), [
      [0, 0],
      [0, length],
    ])
  const pixels = zerosAfter(n * h * w, c, y)
  const rows = zerosAfter(n * h, 2 * w * c, pixels)
  const spread = tf.reshape<tf.Rank.R4>(rows, [n, 2 * h, 2 * w, c])
  return height === 2 * h && width === 2 * w ? spread : tf.slice(spread, 0, [n, height, width, c])
}
