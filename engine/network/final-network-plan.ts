// What a final network is to be, and what the cells of a space must give to become its body.
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Genotype } from '@cellboard/schema/genotype'
import type { Pass } from './final-plan.js'

export interface FinalNetworkPlan {
  readonly genotype: Genotype
  /** Cells of the network (darts) or of each of its three stages (nas-bench-201). */
  readonly cells: number
  /** Width of the first cell. */
  readonly channels: number
  readonly classes: number
  readonly imageChannels: number
  /** Side of an image in pixels, a multiple of 4. */
  readonly imageSize: number
  /** A second classifier in training; space darts only. */
  readonly auxiliary: boolean
  /** Whether pools are followed by a normalisation: not in DARTS, yes in StacNAS' released network. */
  readonly poolNorm: boolean
}

/** What the cells of a space make of the stem's output. */
export interface FinalBody {
  readonly headChannels: number
  /** The map that the auxiliary head reads, and its channels; null where the space has none. */
  readonly auxiliaryChannels: number | null
  forward(stem: Tensor4D, pass: Pass): { features: Tensor4D; aside: Tensor4D | null }
}
