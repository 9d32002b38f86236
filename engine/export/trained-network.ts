// A network that was trained, as it is handed out: its plan, its numbers, and what one must know to use it.
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { FinalNetworkPlan } from '../network/final-network-plan.js'

export interface TrainedNetwork {
  /** Without an auxiliary head: only training has it. */
  readonly plan: FinalNetworkPlan & { readonly auxiliary: false }
  /** All weights one after the other, in the order of `buildFinalNetwork(plan).specs`. */
  readonly weights: Float32Array
  /** Running means of all normalisations in their order, then their variances: [2, channels]. */
  readonly running: Float32Array
  readonly facts: Pick<DatasetFacts, 'title' | 'size' | 'channels' | 'mean' | 'deviation' | 'source'> & {
    readonly classNames: readonly string[]
  }
}
