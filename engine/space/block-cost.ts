// What the building blocks of both spaces cost: operators, preprocessing, reductions, the auxiliary head.
import type { Operator } from '@cellboard/schema/operators'
import type { NetworkName } from '@cellboard/schema/spaces'
import type { Tally } from './tally.js'

/** How the blocks of one network are built. */
export interface BlockStyle {
  readonly space: NetworkName
  /** Whether normalisations in cells learn scale and offset: not in a supernet, yes in a final network. */
  readonly affine: boolean
  /** Whether a pool is followed by a normalisation. */
  readonly poolNorm: boolean
}

/** ReLU, convolution, normalisation; `size` is the side of the input. */
export function countReluConvNorm(
  tally: Tally,
  from: number,
  to: number,
  { kernel = 1, stride = 1, size, affine }: { kernel?: number; stride?: number; size: number; affine: boolean },
): void {
  tally.relu(from, size)
  tally.convolution(from, to, kernel, size / stride)
  tally.norm(to, size / stride, affine)
}

/** ReLU, two 1x1 convolutions of stride 2 with half the channels each, one a pixel aside, joined and normalised. */
export function countFactorizedReduce(tally: Tally, from: number, to: number, size: number, affine: boolean): void {
  tally.relu(from, size)
  tally.convolution(from, to, 1, size / 2)
  tally.map(to, size / 2) // joined
  tally.norm(to, size / 2, affine)
}

function countSeparable(tally: Tally, c: number, kernel: number, size: number, stride: number, affine: boolean): void {
  tally.relu(c, size)
  tally.depthwise(c, kernel, size / stride)
  tally.convolution(c, c, 1, size / stride)
  tally.norm(c, size / stride, affine)
}

/** One operator on an edge of `c` channels whose input has side `size` (Liu et al. 2019, cnn/operations.py; Dong & Yang 2020). */
export function countOperator(
  tally: Tally,
  operator: Operator,
  { channels: c, size, stride, style }: { channels: number; size: number; stride: 1 | 2; style: BlockStyle },
): void {
  const { affine } = style
  const kernel = operator.endsWith('5x5') ? 5 : operator.endsWith('3x3') ? 3 : 1
  switch (operator) {
    case 'none':
      return
    case 'noise':
      tally.map(c, size / stride)
      return
    case 'skip_connect':
      if (stride === 2) countFactorizedReduce(tally, c, c, size, affine)
      return
    case 'max_pool_3x3':
    case 'avg_pool_3x3':
      tally.pool(c, size, size / stride)
      if (style.poolNorm) tally.norm(c, size / stride, affine)
      return
    case 'sep_conv_3x3':
    case 'sep_conv_5x5':
      countSeparable(tally, c, kernel, size, stride, affine)
      countSeparable(tally, c, kernel, size / stride, 1, affine)
      return
    case 'dil_conv_3x3':
    case 'dil_conv_5x5':
      countSeparable(tally, c, kernel, size, stride, affine)
      return
    case 'nor_conv_1x1':
    case 'nor_conv_3x3':
      countReluConvNorm(tally, c, c, { kernel, stride, size, affine })
  }
}

/** All candidates of an edge, each scaled by its share and added to the node. An edge with one candidate has no share. */
export function countMixedEdge(
  tally: Tally,
  candidates: readonly Operator[],
  place: { channels: number; size: number; stride: 1 | 2; style: BlockStyle },
): void {
  for (const operator of candidates) {
    countOperator(tally, operator, place)
    if (candidates.length > 1) tally.passing(place.channels, place.size / place.stride) // scaled
    tally.passing(place.channels, place.size / place.stride) // added
  }
}
