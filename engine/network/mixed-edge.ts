// A mixed edge: the sum over its operators o of softmax(alpha)_o * o(x) (Liu et al. 2019, equation 2).
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Operator } from '@cellboard/schema/operators'
import { buildOperator, type OperatorSetting } from './operators.js'
import type { State } from './state.js'
import type { SupernetPass } from './supernet-plan.js'
import type { WeightPlan } from './weights.js'

/** The terms of the sum, for the node to add up at once. */
export type MixedEdge = (state: State, pass: SupernetPass) => Tensor4D[]

/**
 * Drop path drops an edge as a whole, identities with it, for some of the images (automl/RobustDARTS, src/search/model_search.py).
 * @param edge its place in `space.edges`
 */
export function mixedEdge(
  edge: number,
  candidates: readonly Operator[],
  plan: WeightPlan,
  setting: OperatorSetting,
): MixedEdge {
  const operators = candidates.map((operator) => buildOperator(operator, plan, setting))
  const path = plan.paths++
  return (state, { weights, shares, masks, seen }) => {
    const terms = operators.flatMap((operator, i) => (operator ? [operator(state, weights, shares[edge]![i]!)] : []))
    seen?.(edge, terms)
    return masks.length > 0 ? [tf.mul(tf.addN(terms), masks[path]!)] : terms
  }
}
