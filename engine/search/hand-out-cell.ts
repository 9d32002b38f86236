// Hands out what a search found: the genotype in every notation, its drawings, and a card that says how it was come by.
import type { RunFile } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { PickedBackend } from '../backend/pick.js'
import { writeGenotypeFiles } from '../export/write-files.js'
import { engineVersion } from '../version.js'
import type { SearchContext } from './context.js'

/**
 * Writes the files into `folder`, which is replaced as a whole.
 * @param seconds that the search took; null where it was taken up again and what came before is not known
 */
export const handOutCell = (
  folder: string,
  genotype: Genotype,
  settings: ResolvedSearchSettings,
  { facts, train, validation }: Pick<SearchContext, 'facts' | 'train' | 'validation'>,
  { name, version, device }: Pick<PickedBackend, 'name' | 'version' | 'device'>,
  seconds: number | null,
): Promise<RunFile[]> =>
  writeGenotypeFiles(folder, genotype, {
    genotype: genotypeText(genotype),
    settings: { ...settings },
    data: {
      title: facts.title,
      source: facts.source,
      trainImages: train.count + validation.count,
      testImages: 0,
    },
    seconds,
    backend: `${name} ${version}`,
    device,
    engine: engineVersion(),
    created: new Date().toISOString(),
  })
