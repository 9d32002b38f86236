// The network of a genotype as it is trained in the end: one operator an edge, in either search space, for images of CIFAR's size.
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { conv } from '../kernels/conv.js'
import { linear } from '../kernels/linear.js'
import { meanOverPixels } from '../kernels/mean-over-pixels.js'
import { countGenotype } from '../space/cost.js'
import { auxiliaryHead } from './auxiliary-head.js'
import { finalDartsCells, finalNasBench201Cells } from './final-cells.js'
import type { FinalNetworkPlan } from './final-network-plan.js'
import { FinalPlan, type Pass } from './final-plan.js'
import type { WeightSpec } from './weights.js'

export interface FinalNetwork {
  /** The auxiliary head's weights come last. */
  readonly specs: readonly WeightSpec[]
  /** Weights without the auxiliary head's: what papers count. */
  readonly parameters: number
  /** Channels of each normalisation, in the order of the running statistics. */
  readonly norms: readonly number[]
  /** Paths that drop path may drop. */
  readonly paths: number
  /** images: [batch, size, size, imageChannels]; logits: [batch, classes], the auxiliary head's in training only. */
  forward(images: Tensor4D, pass: Pass): { logits: Tensor2D; auxiliary: Tensor2D | null }
}

/** @throws EngineError BAD_SETTINGS where no such network can be built */
export function buildFinalNetwork(plan: FinalNetworkPlan): FinalNetwork {
  const { parameters } = countGenotype({ ...plan, auxiliary: false })
  if (plan.auxiliary) countGenotype(plan) // refuses maps that the auxiliary head cannot read
  const { classes, imageChannels, genotype } = plan
  const finalPlan = new FinalPlan()
  const stemChannels = genotype.space === 'darts' ? 3 * plan.channels : plan.channels // DARTS: stem multiplier 3
  const stemKernel = finalPlan.kernel(3, imageChannels, stemChannels)
  const stemNorm = finalPlan.norm(stemChannels)
  const body = genotype.space === 'darts' ? finalDartsCells(finalPlan, plan) : finalNasBench201Cells(finalPlan, plan)
  const head = finalPlan.linear(body.headChannels, classes)
  const auxiliary = plan.auxiliary ? auxiliaryHead(finalPlan, body.auxiliaryChannels!, classes) : null
  return {
    specs: finalPlan.specs,
    parameters,
    norms: finalPlan.norms,
    paths: finalPlan.paths,
    forward(images, pass) {
      const stem = stemNorm(conv(images, stemKernel(pass.weights)), pass)
      const { features, aside } = body.forward(stem, pass)
      return {
        logits: linear(meanOverPixels(features), head.matrix(pass.weights) as Tensor2D, head.bias(pass.weights)),
        auxiliary: auxiliary && pass.training ? auxiliary(aside!, pass) : null,
      }
    },
  }
}
