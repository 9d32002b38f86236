// What a stage remembers of each of its epochs: enough to decide by, to stop early and to go back.
import type { Genotype } from '@cellboard/schema/genotype'

export interface EpochRecord {
  /** From 1. */
  readonly epoch: number
  /** alpha of every edge after the epoch, in the order of the space's edges; places beyond an edge's candidates mean nothing. */
  readonly logits: number[][]
  /** Dominant eigenvalue of the Hessian of the loss to the logits; null where it was not measured. */
  readonly eigenvalue: number | null
  /** What these logits would give. */
  readonly genotype: Genotype
  /** In [0, 1]; null where nothing validates. */
  readonly validationAccuracy: number | null
}
