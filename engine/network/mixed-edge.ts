// A mixed edge: the sum over its operators o of softmax(alpha)_o * o(x) (Liu et al. 2019, equation 2).
import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core'
import type { Operator } from '@cellboard/schema/operators'
import { buildOperator, type OperatorSetting } from './operators.js'
import type { State } from './state.js'
import type { WeightPlan, Weights } from './weights.js'

/** The terms of the sum, for the node to add up at once; `shares` are the operators' softmax(alpha), in order. */
export type MixedEdge = (state: State, weights: Weights, shares: readonly Scalar[]) => Tensor4D[]

export function mixedEdge(candidates: readonly Operator[], plan: WeightPlan, setting: OperatorSetting): MixedEdge {
  const operators = candidates.map((operator) => buildOperator(operator, plan, setting))
  return (state, weights, shares) =>
    operators.flatMap((operator, i) => (operator ? [operator(state, weights, shares[i]!)] : []))
}
