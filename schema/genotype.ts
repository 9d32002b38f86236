// A genotype: the operators a derived cell keeps and where each reads from. One shape for every space.
import { z } from 'zod'
import { OPERATORS } from './operators.js'
import { NETWORK_NAMES } from './spaces.js'

/** One kept edge: `from` numbers the states of a cell, its inputs first (0 and 1 in darts, 0 in nas-bench-201), then its nodes. */
export const genotypeEdgeSchema = z.object({ operator: z.enum(OPERATORS), from: z.number().int().min(0) })
export type GenotypeEdge = z.infer<typeof genotypeEdgeSchema>

/** A cell: for each node, in order, the edges it sums. */
export const genotypeCellSchema = z.array(z.array(genotypeEdgeSchema))
export type GenotypeCell = z.infer<typeof genotypeCellSchema>

export const genotypeSchema = z.object({
  /** The published space that the cell belongs to by its wiring: whichever variant was searched. */
  space: z.enum(NETWORK_NAMES),
  normal: genotypeCellSchema,
  /** Absent where a space does not search its reductions. */
  reduction: genotypeCellSchema.optional(),
})
export type Genotype = z.infer<typeof genotypeSchema>
