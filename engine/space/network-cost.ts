// How the networks of the two spaces are put together around their cells, told layer by layer to a tally.
import type { CellKind } from '@cellboard/schema/spaces'
import { EngineError } from '../errors.js'
import { countFactorizedReduce, countReluConvNorm, type BlockStyle } from './block-cost.js'
import type { Tally } from './tally.js'
import { cellKindAt } from './wiring.js'

export interface NetworkShape {
  readonly channels: number
  readonly cells: number
  /** Nodes of a cell, side by side in its output (darts). */
  readonly nodes: number
  readonly classes: number
  readonly imageChannels: number
  readonly imageSize: number
  readonly auxiliary: boolean
  readonly stem: 'cifar' | 'imagenet'
}

/** Where a cell stands: its width, the side of its maps, and the side of the maps its inputs had (twice that in a reduction). */
export interface CellPlace {
  readonly channels: number
  readonly size: number
  readonly sizeBefore: number
}

type CountEdges = (tally: Tally, kind: CellKind, place: CellPlace) => void
interface Maps {
  readonly channels: number
  readonly size: number
}

/** DARTS (Liu et al. 2019; quark0/darts, cnn/model.py and model_search.py): each cell reads the two before it. */
export function countDartsNetwork(tally: Tally, shape: NetworkShape, style: BlockStyle, countEdges: CountEdges): void {
  let [before2, before] = shape.stem === 'cifar' ? countStem(tally, shape) : countImageNetStem(tally, shape)
  let width = shape.channels
  for (let i = 0; i < shape.cells; i++) {
    const kind = cellKindAt(i, shape.cells)
    if (kind === 'reduction') width *= 2
    // The older input is still twice as large where the cell before was a reduction (or the second half of ImageNet's stem).
    if (before2.size > before.size) countFactorizedReduce(tally, before2.channels, width, before2.size, style.affine)
    else countReluConvNorm(tally, before2.channels, width, { size: before2.size, affine: style.affine })
    countReluConvNorm(tally, before.channels, width, { size: before.size, affine: style.affine })
    const size = kind === 'reduction' ? before.size / 2 : before.size
    countEdges(tally, kind, { channels: width, size, sizeBefore: before.size })
    const joined = shape.nodes * width
    tally.map(joined, size)
    before2 = before
    before = { channels: joined, size }
    if (shape.auxiliary && i === Math.floor((2 * shape.cells) / 3)) countAuxiliaryHead(tally, before, shape)
  }
  tally.pool(before.channels, before.size, 1) // mean over pixels
  tally.linear(before.channels, shape.classes)
}

function countStem(tally: Tally, { channels, imageChannels, imageSize: size }: NetworkShape): [Maps, Maps] {
  tally.convolution(imageChannels, 3 * channels, 3, size)
  tally.norm(3 * channels, size, true)
  const maps = { channels: 3 * channels, size }
  return [maps, maps]
}

function countImageNetStem(tally: Tally, { channels, imageChannels, imageSize }: NetworkShape): [Maps, Maps] {
  const half = Math.floor(channels / 2)
  tally.convolution(imageChannels, half, 3, imageSize / 2)
  tally.norm(half, imageSize / 2, true)
  countReluConvNorm(tally, half, channels, { kernel: 3, stride: 2, size: imageSize / 2, affine: true })
  countReluConvNorm(tally, channels, channels, { kernel: 3, stride: 2, size: imageSize / 4, affine: true })
  return [
    { channels, size: imageSize / 4 },
    { channels, size: imageSize / 8 },
  ]
}

/** Takes part in training only: a 5x5 pool down to 2x2, 1x1 to 128 channels, 2x2 to 768, a linear layer. */
function countAuxiliaryHead(tally: Tally, { channels, size }: Maps, { classes, stem }: NetworkShape): void {
  if (size !== 7 && size !== 8)
    throw new EngineError(
      'BAD_SETTINGS',
      `Expected maps of 7x7 or 8x8 pixels for the auxiliary head, but this network has ${size}x${size} there.`,
      'Leave the auxiliary head out, or use images of 28 or 32 pixels (224 with the ImageNet stem).',
    )
  tally.relu(channels, size)
  tally.pool(channels, size, 2)
  tally.convolution(channels, 128, 1, 2)
  tally.norm(128, 2, true)
  tally.relu(128, 2)
  tally.convolution(128, 768, 2, 1)
  if (stem === 'cifar') tally.norm(768, 1, true) // the ImageNet head leaves it out
  tally.relu(768, 1)
  tally.linear(768, classes)
}

/** NAS-Bench-201 (Dong & Yang 2020): three stages of cells, each twice as wide as the one before, residual blocks between them. */
export function countResidualNetwork(
  tally: Tally,
  shape: NetworkShape,
  style: BlockStyle,
  countEdges: CountEdges,
): void {
  let { channels, imageSize: size } = shape
  tally.convolution(shape.imageChannels, channels, 3, size)
  tally.norm(channels, size, true)
  for (let stage = 0; stage < 3; stage++) {
    if (stage > 0) {
      countResidualBlock(tally, channels, size, style.affine)
      channels *= 2
      size /= 2
    }
    for (let i = 0; i < shape.cells; i++) countEdges(tally, 'normal', { channels, size, sizeBefore: size })
  }
  tally.norm(channels, size, true)
  tally.relu(channels, size)
  tally.pool(channels, size, 1) // mean over pixels
  tally.linear(channels, shape.classes)
}

/** Two 3x3 convolutions, the first of stride 2, beside a 2x2 mean pool with a 1x1 convolution; twice the channels, half the size. */
function countResidualBlock(tally: Tally, channels: number, size: number, affine: boolean): void {
  countReluConvNorm(tally, channels, 2 * channels, { kernel: 3, stride: 2, size, affine })
  countReluConvNorm(tally, 2 * channels, 2 * channels, { kernel: 3, size: size / 2, affine })
  tally.pool(channels, size, size / 2)
  tally.convolution(channels, 2 * channels, 1, size / 2)
  tally.map(2 * channels, size / 2) // sum
}
