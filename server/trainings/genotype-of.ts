// The cell that a training's settings name.
import { parseGenotype } from '@cellboard/engine/facts'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'

/** Of settings that were checked: they name a cell that there is. */
export const genotypeOf = ({ genotype }: Pick<ResolvedTrainingSettings, 'genotype'>): Genotype =>
  parseGenotype(genotype)
