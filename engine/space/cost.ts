// What a network costs before it is built: parameters, multiply-adds and activations of a supernet or of a genotype's network.
import type { Genotype } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import { spaceOfNetwork, type CellKind, type NetworkName, type Space } from '@cellboard/schema/spaces'
import { EngineError } from '../errors.js'
import { countMixedEdge, type BlockStyle } from './block-cost.js'
import { allCandidates } from './candidates.js'
import { checkGenotype } from './check-genotype.js'
import { countDartsNetwork, countResidualNetwork, type CellPlace, type NetworkShape } from './network-cost.js'
import { Tally, type Cost } from './tally.js'
import { strideOf } from './wiring.js'

export type { Cost } from './tally.js'

interface ShapeOptions {
  /** Width of the first cell. */
  channels: number
  /** Cells of the whole network for darts, cells of each of the three stages for nas-bench-201. */
  cells: number
  classes: number
  /** Colour channels of an image; 3 when absent. */
  imageChannels?: number
  /** Side of an image in pixels, a multiple of 4; 32 when absent. */
  imageSize?: number
}

export interface SupernetOptions extends ShapeOptions {
  space: Space
  /** What every edge may choose, aligned with `space.edges`; all its candidates when absent. */
  candidates?: readonly (readonly Operator[])[]
}

export interface GenotypeOptions extends ShapeOptions {
  genotype: Genotype
  /** Adds DARTS' auxiliary head, which takes part in training only; false when absent. */
  auxiliary?: boolean
  /** Whether pools are followed by a normalisation: not in DARTS (the default), yes in StacNAS' released network; never in NAS-Bench-201. */
  poolNorm?: boolean
  /** `imagenet` begins with three convolutions of stride 2 (DARTS, 224x224; size a multiple of 32) instead of one of stride 1. */
  stem?: 'cifar' | 'imagenet'
}

/**
 * Counts a supernet: all candidates on every edge, normalisations in cells without scale and offset (Liu et al. 2019; NAS-Bench-201's
 * residual blocks likewise). Architecture logits are not counted.
 * @throws EngineError BAD_SETTINGS where no such network can be built
 */
export function countSupernet(options: SupernetOptions): Cost {
  const { space } = options
  const { edges, network } = space
  const candidates = options.candidates ?? allCandidates(space)
  if (candidates.length !== edges.length)
    throw badShape(`Expected candidates for ${edges.length} edges, but received ${candidates.length}.`)
  const known = space.candidates
  candidates.forEach((operators, i) => {
    if (operators.length === 0) throw badShape(`Expected a candidate on every edge, but edge ${i} has none.`)
    const foreign = operators.find((operator) => !known.includes(operator))
    if (foreign) throw badShape(`Expected operators of space ${space.name} on edge ${i}, but received ${foreign}.`)
  })
  // NAS-Bench-201 puts no normalisation after its pool where the width stays.
  const style: BlockStyle = { space: network, affine: false, poolNorm: network === 'darts' }
  return countNetwork({ ...options, network, nodes: space.nodes }, style, (tally, kind, place) =>
    edges.forEach((edge, i) => {
      if (edge.cell !== kind) return
      const stride = strideOf(space, edge)
      const size = stride === 1 ? place.size : place.sizeBefore
      countMixedEdge(tally, candidates[i]!, { channels: place.channels, size, stride, style })
    }),
  )
}

/**
 * Counts the network of a genotype as it is trained in the end, with normalisations that learn scale and offset.
 * @throws EngineError BAD_SETTINGS where no such network can be built
 */
export function countGenotype(options: GenotypeOptions): Cost {
  const { genotype, auxiliary, stem } = options
  const { space } = checkGenotype(genotype)
  if (space !== 'darts' && (auxiliary || stem === 'imagenet'))
    throw badShape(
      `Expected a genotype of space darts for an auxiliary head or ImageNet stem, but received one of ${space}.`,
    )
  const style: BlockStyle = { space, affine: true, poolNorm: space === 'darts' && (options.poolNorm ?? false) }
  const { inputs } = spaceOfNetwork(space)
  return countNetwork({ ...options, network: space, nodes: genotype.normal.length }, style, (tally, kind, place) => {
    for (const node of (kind === 'normal' ? genotype.normal : genotype.reduction)!) {
      for (const { operator, from } of node) {
        const stride = strideOf({ inputs }, { cell: kind, from })
        const size = stride === 1 ? place.size : place.sizeBefore
        countMixedEdge(tally, [operator], { channels: place.channels, size, stride, style })
      }
    }
  })
}

/**
 * Bytes that training takes with 32-bit floats, roughly: what the backward pass keeps for each image, and weights with their
 * gradients and momentum. Counting every layer's output comes near to what frameworks take for these networks.
 */
export const estimateMemory = (needs: { activations: number; parameters: number; batch: number }): number =>
  4 * (needs.activations * needs.batch + 3 * needs.parameters)

type CountCell = (tally: Tally, kind: CellKind, place: CellPlace) => void

function countNetwork(
  options: ShapeOptions & Pick<GenotypeOptions, 'auxiliary' | 'stem'> & { network: NetworkName; nodes: number },
  style: BlockStyle,
  countCell: CountCell,
): Cost {
  const shape: NetworkShape = {
    channels: options.channels,
    cells: options.cells,
    nodes: options.nodes,
    classes: options.classes,
    imageChannels: options.imageChannels ?? 3,
    imageSize: options.imageSize ?? (options.stem === 'imagenet' ? 224 : 32),
    auxiliary: options.auxiliary ?? false,
    stem: options.stem ?? 'cifar',
  }
  checkShape(options.network, shape)
  const tally = new Tally()
  if (options.network === 'darts') countDartsNetwork(tally, shape, style, countCell)
  else countResidualNetwork(tally, shape, style, countCell)
  return tally.cost
}

function checkShape(network: NetworkName, shape: NetworkShape): void {
  const { minCells } = spaceOfNetwork(network)
  const wholeFrom = (name: string, value: number, least: number) => {
    if (!Number.isSafeInteger(value) || value < least)
      throw badShape(`Expected a whole number of ${name}, at least ${least}, but received ${value}.`)
  }
  wholeFrom('channels', shape.channels, 1)
  wholeFrom('cells', shape.cells, minCells)
  wholeFrom('classes', shape.classes, 1)
  wholeFrom('image channels', shape.imageChannels, 1)
  const multiple = shape.stem === 'imagenet' ? 32 : 4
  if (!Number.isSafeInteger(shape.imageSize) || shape.imageSize <= 0 || shape.imageSize % multiple !== 0)
    throw badShape(`Expected an image size that is a multiple of ${multiple}, but received ${shape.imageSize}.`)
}

const badShape = (message: string) =>
  new EngineError('BAD_SETTINGS', message, 'Change the width, depth, image size or candidates of the network.')
