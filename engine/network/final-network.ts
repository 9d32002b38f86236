// The network of a genotype as it is trained in the end: one operator an edge, in either search space.
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { linear } from '../kernels/linear.js'
import { meanOverPixels } from '../kernels/mean-over-pixels.js'
import { countGenotype } from '../space/cost.js'
import { auxiliaryHead } from './auxiliary-head.js'
import { finalDartsCells, finalNasBench201Cells } from './final-cells.js'
import type { FinalNetworkPlan } from './final-network-plan.js'
import { FinalPlan, type Pass } from './final-plan.js'
import { finalStem } from './final-stem.js'
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
  const { classes, genotype } = plan
  const finalPlan = new FinalPlan()
  const stem = finalStem(finalPlan, plan)
  const body =
    genotype.space === 'darts' ? finalDartsCells(finalPlan, plan, stem) : finalNasBench201Cells(finalPlan, plan)
  const head = finalPlan.linear(body.headChannels, classes)
  const auxiliary = plan.auxiliary ? auxiliaryHead(finalPlan, body.auxiliaryChannels!, plan) : null
  return {
    specs: finalPlan.specs,
    parameters,
    norms: finalPlan.norms,
    paths: finalPlan.paths,
    forward(images, pass) {
      const { features, aside } = body.forward(stem.forward(images, pass), pass)
      return {
        logits: linear(meanOverPixels(features), head.matrix(pass.weights) as Tensor2D, head.bias(pass.weights)),
        auxiliary: auxiliary && pass.training ? auxiliary(aside!, pass) : null,
      }
    },
  }
}
