// A genotype in the notation of the field, as text; apart from its rules, so that who only writes it needs none of them.
import type { Genotype, GenotypeCell } from './genotype.js'

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
