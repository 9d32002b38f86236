// The cell that stands for an architecture: the same whichever of its cells is given, so that nobody can tell who was first.
import { canonicalWiring } from '@cellboard/schema/canonical-cell'
import type { Genotype } from '@cellboard/schema/genotype'
import { spaceOfNetwork } from '@cellboard/schema/spaces'
import { hashOf } from './architecture-id.js'
import { benchmarkCells } from './benchmark-cells.js'

/** In NAS-Bench-201's network the barest of the benchmark's; a cell that the benchmark does not have stands for itself. */
export async function representative(genotype: Genotype): Promise<Genotype> {
  const { space, normal, reduction } = genotype
  if (space === 'nas-bench-201') return (await benchmarkCells(hashOf(genotype)))[0] ?? genotype
  const { inputs } = spaceOfNetwork(space)
  return {
    space,
    normal: canonicalWiring(normal, inputs),
    ...(reduction && { reduction: canonicalWiring(reduction, inputs) }),
  }
}
