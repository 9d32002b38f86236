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
  /** Side of an image in pixels, a multiple of 4; of 32 with the ImageNet stem. */
  readonly imageSize: number
  /** A second classifier in training; space darts only. */
  readonly auxiliary: boolean
  /** Whether pools are followed by a normalisation: not in DARTS, yes in StacNAS' released network. */
  readonly poolNorm: boolean
  /** `imagenet` begins with three convolutions of stride 2 (DARTS' NetworkImageNet; space darts only); `cifar` when absent. */
  readonly stem?: 'cifar' | 'imagenet'
}

/** What the two inputs of the first cell are; NAS-Bench-201 reads the last alone. */
export interface FinalStem {
  readonly beforeChannels: number
  readonly lastChannels: number
  /** Whether the first is twice as large as the last, as where a cell between them reduced. */
  readonly reduced: boolean
  forward(images: Tensor4D, pass: Pass): StemMaps
}
export interface StemMaps {
  readonly before: Tensor4D
  readonly last: Tensor4D
}

/** What the cells of a space make of the stem's output. */
export interface FinalBody {
  readonly headChannels: number
  /** The map that the auxiliary head reads, and its channels; null where the space has none. */
  readonly auxiliaryChannels: number | null
  forward(stem: StemMaps, pass: Pass): { features: Tensor4D; aside: Tensor4D | null }
}
