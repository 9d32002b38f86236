// A genotype: the operators a derived cell keeps and where each reads from. One shape for every space.
import { z } from 'zod'
import { operatorSchema } from './operators.js'
import { networkNameSchema } from './spaces.js'

/** One kept edge: `from` numbers the states of a cell, its inputs first (0 and 1 in darts, 0 in nas-bench-201), then its nodes. */
export const genotypeEdgeSchema = z.object({ operator: operatorSchema, from: z.number().int().min(0) })
export type GenotypeEdge = z.infer<typeof genotypeEdgeSchema>

/** A cell: for each node, in order, the edges it sums. */
export const genotypeCellSchema = z.array(z.array(genotypeEdgeSchema))
export type GenotypeCell = z.infer<typeof genotypeCellSchema>

export const genotypeSchema = z.object({
  /** The published space that the cell belongs to by its wiring: whichever variant was searched. */
  space: networkNameSchema,
  normal: genotypeCellSchema,
  /** Absent where a space does not search its reductions. */
  reduction: genotypeCellSchema.optional(),
})
export type Genotype = z.infer<typeof genotypeSchema>

const dartsCell = (cell: GenotypeCell) =>
  `[${cell
    .flat()
    .map((edge) => `('${edge.operator}', ${edge.from})`)
    .join(', ')}]`

/**
 * The notation of the field: DARTS' Python named tuple (quark0/darts, cnn/genotypes.py), or NAS-Bench-201's architecture string.
 * Reading it back is the engine's `parseGenotype`.
 */
export function genotypeText(genotype: Genotype): string {
  if (genotype.space === 'nas-bench-201')
    return genotype.normal.map((node) => `|${node.map((edge) => `${edge.operator}~${edge.from}`).join('|')}|`).join('+')
  const concat = `range(2, ${2 + genotype.normal.length})`
  return `Genotype(normal=${dartsCell(genotype.normal)}, normal_concat=${concat}, reduce=${dartsCell(genotype.reduction ?? [])}, reduce_concat=${concat})`
}
