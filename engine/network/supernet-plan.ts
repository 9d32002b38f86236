// What a supernet is to be, and what the cells of a space must give to become its body.
import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core'
import type { Operator } from '@cellboard/schema/operators'
import type { Space } from '@cellboard/schema/spaces'
import type { Chance } from './chance.js'
import type { Weights } from './weights.js'

export interface SupernetPlan {
  readonly space: Space
  /** Candidates of each edge, in the order of `space.edges`. */
  readonly candidates: readonly (readonly Operator[])[]
  /** Cells of the network (darts) or of each of its three stages (nas-bench-201). */
  readonly cells: number
  /** Width of the first cell. */
  readonly channels: number
  readonly classes: number
  readonly imageChannels: number
}

/** What the cells of a space make of the stem's output. */
export interface Body {
  /** Width of the stem's output, and of what enters the head. */
  readonly stemChannels: number
  readonly headChannels: number
  forward(stem: Tensor4D, pass: SupernetPass): Tensor4D
}

/** What a supernet may be told besides images, weights and alphas. */
export interface ForwardOptions extends Chance {
  readonly seen?: SeeEdge
}

/** What goes through a supernet with the images. */
export interface SupernetPass {
  readonly weights: Weights
  readonly shares: EdgeShares
  readonly seed: Scalar
  /** [batch, 1, 1, 1] for each path; none without drop path. */
  readonly masks: readonly Tensor4D[]
  readonly seen?: SeeEdge
}

/** For each edge of `space.edges`, the share of each of its candidates. */
export type EdgeShares = readonly (readonly Scalar[])[]

/**
 * Is shown what each candidate but `none` puts on an edge, times its share, in every cell: for measurements.
 * @param edge its place in `space.edges`
 */
export type SeeEdge = (edge: number, terms: readonly Tensor4D[]) => void
