// What falls out by chance in a network, as tensors that a step is handed: the paths that are dropped, and what noise is drawn by.
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'

export interface Chance {
  /** Drop path: what each image's map is multiplied by on each path, [paths, batch] (`pathMasks`). Absent, nothing is dropped. */
  readonly masks?: Tensor2D
  /** A whole number below 2^24 that noise is drawn by: the same for the same number. 0 when absent, as where a network is measured. */
  readonly seed?: Scalar
}

/**
 * Masks for drop path, [paths, batch]: 0 with the chance `drop`, else 1 / (1 - drop), so that the mean stays (DARTS cnn/utils.py).
 * `random` draws uniformly from [0, 1).
 */
export function pathMasks(
  { paths }: { readonly paths: number },
  batch: number,
  drop: number,
  random: () => number,
): Tensor2D {
  const values = Float32Array.from({ length: paths * batch }, () => (random() < drop ? 0 : 1 / (1 - drop)))
  return tf.tensor2d(values, [paths, batch])
}

/** The masks path by path, [batch, 1, 1, 1] each; none without drop path. */
export function masksOfPaths(masks: Tensor2D | undefined): Tensor4D[] {
  if (!masks) return []
  const [paths, batch] = masks.shape
  return tf.split(masks, paths).map((row) => tf.reshape<tf.Rank.R4>(row, [batch, 1, 1, 1]))
}
