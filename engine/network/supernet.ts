// A supernet: the network whose edges hold every candidate at once, in either search space.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { conv } from '../kernels/conv.js'
import { linear } from '../kernels/linear.js'
import { meanOverPixels } from '../kernels/mean-over-pixels.js'
import { normalise } from '../kernels/normalise.js'
import { dartsCells } from './darts-cells.js'
import { nasBench201Cells } from './nas-bench-201-cells.js'
import type { ForwardOptions, SupernetPlan } from './supernet-plan.js'
import { masksOfPaths } from './chance.js'
import { WeightPlan, type Weights, type WeightSpec } from './weights.js'

export interface Supernet {
  readonly specs: readonly WeightSpec[]
  /** The most candidates an edge has: `alphas` are [edges, widest]. */
  readonly widest: number
  readonly edges: number
  /** Paths that drop path may drop: the edges of all cells. */
  readonly paths: number
  /** softmax(alpha) edge by edge, [edges, widest]; places beyond an edge's candidates are 0. */
  shares(alphas: Tensor2D): Tensor2D
  /** images: [batch, height, width, imageChannels]; gives logits [batch, classes]. */
  forward(images: Tensor4D, weights: Weights, alphas: Tensor2D, options?: ForwardOptions): Tensor2D
}

/** Far enough below any logit that softmax gives exactly 0, and still a number that float32 can hold. */
const NEVER = -1e30

export function buildSupernet(plan: SupernetPlan): Supernet {
  const { space, candidates, classes, imageChannels } = plan
  if (candidates.length !== space.edges.length)
    throw new Error(`Expected candidates for ${space.edges.length} edges, but received ${candidates.length}.`)
  const weightPlan = new WeightPlan()
  const stemChannels = space.network === 'darts' ? 3 * plan.channels : plan.channels // DARTS: stem multiplier 3
  const stemKernel = weightPlan.kernel(3, imageChannels, stemChannels)
  const stemNorm = weightPlan.affine(stemChannels)
  const body =
    space.network === 'darts' ? dartsCells(weightPlan, plan, stemChannels) : nasBench201Cells(weightPlan, plan)
  const head = weightPlan.linear(body.headChannels, classes)

  const widest = Math.max(...candidates.map((edge) => edge.length))
  const mask = candidates.map((edge) => Array.from({ length: widest }, (_, i) => (i < edge.length ? 0 : NEVER)))
  const shares = (alphas: Tensor2D): Tensor2D => tf.softmax(tf.add(alphas, tf.tensor2d(mask)))

  return {
    specs: weightPlan.specs,
    widest,
    edges: candidates.length,
    paths: weightPlan.paths,
    shares,
    forward(images, weights, alphas, { seed, masks, seen } = {}) {
      const places = candidates.length * widest
      const scalars = tf
        .split(tf.reshape(shares(alphas), [places]), places)
        .map((share) => tf.reshape<tf.Rank.R0>(share, []))
      const perEdge = candidates.map((_, edge) => scalars.slice(edge * widest, (edge + 1) * widest))
      const stem = normalise(conv(images, stemKernel(weights)), {
        scale: stemNorm.scale(weights),
        offset: stemNorm.offset(weights),
      })
      const features = body.forward(stem, {
        weights,
        shares: perEdge,
        seed: seed ?? tf.scalar(0),
        masks: masksOfPaths(masks),
        ...(seen && { seen }),
      })
      return linear(meanOverPixels(features), head.matrix(weights) as Tensor2D, head.bias(weights))
    },
  }
}
