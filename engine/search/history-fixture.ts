// Histories for tests: cells with a given number of skips, in the space of DARTS.
import type { GenotypeCell } from '@cellboard/schema/genotype'
import type { EpochRecord } from './history.js'

/** A normal cell of eight edges, so many of them skips. */
const cellOf = (skips: number): GenotypeCell =>
  Array.from({ length: 4 }, (_, node) =>
    [0, 1].map((from) => ({
      operator: 2 * node + from < skips ? ('skip_connect' as const) : ('sep_conv_3x3' as const),
      from,
    })),
  )

/** The epochs from 1 on; what a record leaves out is unremarkable. */
export const historyOf = (
  epochs: readonly { skips?: number; eigenvalue?: number | null; logits?: number[][] }[],
): EpochRecord[] =>
  epochs.map(({ skips = 0, eigenvalue = null, logits = [[0]] }, i) => ({
    epoch: i + 1,
    logits,
    eigenvalue,
    genotype: { space: 'darts', normal: cellOf(skips), reduction: cellOf(8) },
    validationAccuracy: null,
  }))
