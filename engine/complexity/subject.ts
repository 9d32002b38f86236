// Networks whose gradient confusion is measured: a stage's supernet, or the final network of a genotype.
import * as tf from '@tensorflow/tfjs-core'
import type { Genotype } from '@cellboard/schema/genotype'
import type { PureFunction } from '../graph/capture.js'
import { FINAL_DEFAULTS } from '../learning/final-training.js'
import { buildFinalNetwork } from '../network/final-network.js'
import type { FinalNetworkPlan } from '../network/final-network-plan.js'
import { buildSupernet } from '../network/supernet.js'
import type { SupernetPlan } from '../network/supernet-plan.js'
import type { WeightSpec } from '../network/weights.js'
import { countGenotype, countSupernet, type Cost } from '../space/cost.js'
import { finalGradient, supernetGradient } from './confusion.js'

export interface Subject {
  /** For people: "the supernet of 14 cells". */
  readonly name: string
  readonly cells: number
  readonly specs: readonly WeightSpec[]
  /** Flat weights, images [batch, size, size, channels] and labels int32 [batch] in; the flat gradient to the weights out. */
  readonly gradient: PureFunction
  readonly cost: Cost
}

/** All candidates weigh the same, as they do when a stage begins: alphas are no weights and take no part. */
export function supernetSubject(plan: SupernetPlan & { imageSize: number }): Subject {
  const net = buildSupernet(plan)
  const gradient = supernetGradient(net, plan.classes)
  return {
    name: `the supernet of ${plan.cells} ${plan.cells === 1 ? 'cell' : 'cells'}`,
    cells: plan.cells,
    specs: net.specs,
    gradient: ([weights, images, labels]) => gradient([weights!, tf.zeros([net.edges, net.widest]), images!, labels!]),
    cost: countSupernet(plan),
  }
}

/** With DARTS' loss of the auxiliary head where there is one; no drop path and no label smoothing. */
export function finalSubject(plan: FinalNetworkPlan): Subject {
  const net = buildFinalNetwork(plan)
  return {
    name: `the final network of ${plan.cells} ${plan.cells === 1 ? 'cell' : 'cells'}`,
    cells: plan.cells,
    specs: net.specs,
    gradient: finalGradient(net, plan.classes, FINAL_DEFAULTS),
    cost: countGenotype(plan),
  }
}

/** Maps that the auxiliary head can read come of images of 28 or 32 pixels, in DARTS' network only (DARTS cnn/model.py). */
export const hasAuxiliaryHead = ({ space }: Genotype, imageSize: number): boolean =>
  space === 'darts' && (imageSize === 28 || imageSize === 32)
