// Puts zeros between the pixels of an image: what the gradient of a stride of 2 is made of.
import * as tf from '@tensorflow/tfjs-core'

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
