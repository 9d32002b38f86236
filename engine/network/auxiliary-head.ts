// The auxiliary head: a second classifier at two thirds of the depth, whose loss helps in training (DARTS cnn/model.py).
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { conv } from '../kernels/conv.js'
import { linear } from '../kernels/linear.js'
import { meanOverPixels } from '../kernels/mean-over-pixels.js'
import { relu } from '../kernels/relu.js'
import type { FinalNetworkPlan } from './final-network-plan.js'
import type { FinalPlan, Pass } from './final-plan.js'

const POOL = 5
const NARROW = 128
const WIDE = 768

/**
 * Maps of 7x7 or 8x8 pixels in (countGenotype refuses others), [batch, classes] out. With the ImageNet stem the second normalisation
 * is left out, as DARTS was published.
 */
export function auxiliaryHead(
  plan: FinalPlan,
  channels: number,
  { classes, stem }: Pick<FinalNetworkPlan, 'classes' | 'stem'>,
): (x: Tensor4D, pass: Pass) => Tensor2D {
  const narrow = plan.kernel(1, channels, NARROW)
  const narrowNorm = plan.norm(NARROW)
  const wide = plan.kernel(2, NARROW, WIDE)
  const wideNorm = stem === 'imagenet' ? null : plan.norm(WIDE)
  const last = plan.linear(WIDE, classes)
  return (x, pass) => {
    const [batch, size] = x.shape
    const active = relu(x)
    // 5x5 means at the four corners: what a pool of stride size - 5 gives.
    const corners = [0, size - POOL].flatMap((row) =>
      [0, size - POOL].map((column) =>
        meanOverPixels(tf.slice(active, [0, row, column, 0], [batch, POOL, POOL, channels])),
      ),
    )
    const pooled = tf.reshape<tf.Rank.R4>(tf.stack(corners, 1), [batch, 2, 2, channels])
    const narrowed = relu(narrowNorm(conv(pooled, narrow(pass.weights)), pass))
    // A 2x2 convolution without padding of a 2x2 map sees all of it at once: a product of matrices.
    const whole = tf.reshape<tf.Rank.R2>(narrowed, [batch, 4 * NARROW])
    const product = tf.matMul(whole, tf.reshape<tf.Rank.R2>(wide(pass.weights), [4 * NARROW, WIDE]))
    const map = tf.reshape<tf.Rank.R4>(product, [batch, 1, 1, WIDE])
    const widened = relu(wideNorm ? wideNorm(map, pass) : map)
    return linear(tf.reshape(widened, [batch, WIDE]), last.matrix(pass.weights) as Tensor2D, last.bias(pass.weights))
  }
}
