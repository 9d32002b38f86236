// The plan of a final network: besides weights, the normalisations that keep running statistics and the paths that may be dropped.
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { normaliseBy } from '../kernels/normalise-by.js'
import { normalise, type Affine } from '../kernels/normalise.js'
import { masksOfPaths, type Chance } from './chance.js'
import { WeightPlan, type Weights } from './weights.js'

/** What goes through a final network with the images. */
export interface Pass {
  readonly weights: Weights
  readonly training: boolean
  /** Normalises x as the normalisation number `index` of the plan. */
  normalise(index: number, x: Tensor4D, affine: Affine): Tensor4D
  /** For each path that may be dropped, what each image's map is multiplied by, [batch, 1, 1, 1]; none without drop path. */
  readonly masks: readonly Tensor4D[]
  /** A whole number that noise is drawn by: the same for the same number. */
  readonly seed: Scalar
}

/** A part of a final network. x: [batch, height, width, channels]. */
export type FinalLayer = (x: Tensor4D, pass: Pass) => Tensor4D

export class FinalPlan extends WeightPlan {
  /** Channels of each normalisation. */
  readonly norms: number[] = []

  /** Normalisation with scale and offset: by the batch's statistics in training, by the running ones in evaluation. */
  norm(channels: number): FinalLayer {
    const index = this.norms.push(channels) - 1
    const { scale, offset } = this.affine(channels)
    return (x, pass) => pass.normalise(index, x, { scale: scale(pass.weights), offset: offset(pass.weights) })
  }

  /** Drop path: zero for some images, divided by the chance to be kept for the others (DARTS cnn/utils.py). */
  path(): FinalLayer {
    const index = this.paths++
    return (x, { masks }) => (masks.length > 0 ? tf.mul(x, masks[index]!) : x)
  }
}

/**
 * A pass that trains. `statistics` gives, once the pass is over, mean and variance of the batch in each normalisation,
 * [2, channels of all of them together].
 */
export function trainingPass(
  weights: Weights,
  { masks, seed }: Chance = {},
): { pass: Pass; statistics: () => Tensor2D } {
  const means: Tensor1D[] = []
  const variances: Tensor1D[] = []
  const pass: Pass = {
    weights,
    training: true,
    masks: masksOfPaths(masks),
    seed: seed ?? tf.scalar(0),
    normalise: (index, x, affine) =>
      normalise(x, affine, (mean, variance) => {
        means[index] = mean
        variances[index] = variance
      }),
  }
  const statistics = () => {
    const all = tf.tidy(() => tf.stack<Tensor1D>([tf.concat(means), tf.concat(variances)]) as Tensor2D)
    tf.dispose([...means, ...variances])
    return all
  }
  return { pass, statistics }
}

/** A pass that evaluates by running statistics, laid out as `trainingPass` gives them; noise is the same for every batch. */
export function evaluationPass(weights: Weights, running: Tensor2D, norms: readonly number[]): Pass {
  const total = norms.reduce((sum, channels) => sum + channels, 0)
  const [means, variances] = tf
    .split(running, 2)
    .map((row) => tf.split(tf.reshape<tf.Rank.R1>(row, [total]), [...norms])) as [Tensor1D[], Tensor1D[]]
  return {
    weights,
    training: false,
    masks: [],
    seed: tf.scalar(0),
    normalise: (index, x, affine) => normaliseBy(x, { mean: means[index]!, variance: variances[index]! }, affine),
  }
}
