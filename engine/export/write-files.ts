// What a run leaves in its folder: of a training the network in every form asked for, of either the genotype, its drawing and a card.
import type { RunFile } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ModelFormat } from '@cellboard/schema/training-settings'
import { cardJson, cardText, type GenotypeCard, type ModelCard, type RunCard } from './card.js'
import { cellFiles } from './cell-files.js'
import { genotypeFiles } from './genotype-files.js'
import type { TrainedNetwork } from './trained-network.js'
import { writeWholeFolder } from './whole-folder.js'

export type { GenotypeCard, ModelCard, RunCard } from './card.js'
export { checkFolder } from './whole-folder.js'

/**
 * Writes a trained network into `folder` in the given formats, with genotype, drawings and card; the folder is replaced as a whole.
 * @throws EngineError DISK_FULL, or BAD_SETTINGS where the folder holds something else (`checkFolder` tells beforehand)
 */
export async function writeFiles(
  folder: string,
  trained: TrainedNetwork,
  card: ModelCard,
  formats: readonly ModelFormat[],
): Promise<RunFile[]> {
  return writeWholeFolder(folder, [
    ...(await modelFiles(trained, card, formats)),
    ...genotypeFiles(trained.plan.genotype),
    ...(await cellFiles(trained.plan.genotype)),
    { name: 'card.json', content: cardJson(card) },
    { name: 'card.md', content: cardText(card, formats) },
  ])
}

/** Loaded when a network is there to be written: searches and counts need no tensor library for their genotypes. */
async function modelFiles(trained: TrainedNetwork, card: ModelCard, formats: readonly ModelFormat[]) {
  if (formats.length === 0) return []
  const { writeModel } = await import('./write-model.js')
  return writeModel(trained, card, formats)
}

/** The same of a cell that was not trained: genotype, drawings and card. */
export async function writeGenotypeFiles(
  folder: string,
  genotype: Genotype,
  card: GenotypeCard | RunCard,
): Promise<RunFile[]> {
  return writeWholeFolder(folder, [
    ...genotypeFiles(genotype),
    ...(await cellFiles(genotype)),
    { name: 'card.json', content: cardJson(card) },
    { name: 'card.md', content: cardText(card) },
  ])
}
