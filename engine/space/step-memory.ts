// How much memory an optimisation step takes with this engine, graph included, and which batch fits into what there is.
import type { Optimisation } from '@cellboard/schema/settings'
import type { Cost } from './tally.js'

const MEBIBYTE = 2 ** 20

/** Node, the engine and its backend, before there is a network. */
const BARE = 435 * MEBIBYTE
/** What the graph takes for each layer of a network and each pass through it: its nodes and their gradients', several times. */
const EACH_LAYER = 0.141 * MEBIBYTE
/** Copies of the weights: with their velocity in and out, gradients, and what the host hands over. */
const COPIES_OF_WEIGHTS = 7.7
/** A graph lets go of an output once nothing needs it; so much of what layers put out is there at the same time. */
const SHARE_AT_ONCE = 0.595
/** Without a graph every output stays until the gradients are there, and the parts of composed kernels with it. */
const EAGER_COPIES = 2.3

/** Gradients that a step takes, each of one batch. */
export const PASSES: Readonly<Record<Optimisation, number>> = { 'one-level': 1, 'first-order': 2, 'second-order': 5 }

export interface StepNeeds {
  readonly cost: Pick<Cost, 'parameters' | 'activations' | 'kept' | 'layers'>
  /** Images a step. */
  readonly batch: number
  /** See PASSES; 1 when absent. */
  readonly passes?: number
  /** Whether it runs without a graph (wasm, cpu). */
  readonly eager?: boolean
}

/**
 * Bytes that a process holds at most while it makes such steps.
 *
 * Fitted to the largest resident memory of real steps (`bench -- engine-step --alone`, TensorFlow 2.21 on two cores): the DARTS supernet of 8
 * cells at batches 1 to 64 and of 3 cells at 4 and 64 channels, StacNAS' stage 1 at 14 and 20 cells, NAS-Bench-201 with 1 and 5
 * cells a stage at batches 16 to 256; 0.5 to 5.5 GB. Each is met within 7 %, bi-level steps within 8 %; final networks,
 * whose normalisations learn scales and offsets, took up to 20 % more. Eagerly on wasm the outputs
 * counted 2.3 to 4.9 times; the least is taken, so that nothing is refused that might fit.
 */
export function stepMemory(needs: StepNeeds): number {
  return fixedMemory(needs) + imageMemory(needs) * needs.batch
}

/** The largest batch whose steps fit into so many bytes; 0 where not even one image does. */
export function largestBatch(needs: Omit<StepNeeds, 'batch'>, bytes: number): number {
  return Math.max(0, Math.floor((bytes - fixedMemory(needs)) / imageMemory(needs)))
}

type WithoutBatch = Omit<StepNeeds, 'batch'>

const fixedMemory = ({ cost, passes = 1, eager }: WithoutBatch): number =>
  BARE + (eager ? 0 : EACH_LAYER * cost.layers * passes) + COPIES_OF_WEIGHTS * 4 * cost.parameters

const imageMemory = ({ cost, eager }: WithoutBatch): number =>
  4 * (eager ? EAGER_COPIES * cost.activations : SHARE_AT_ONCE * cost.kept)
