// Checks what a person asks for with the rules of schema/training-settings.ts, reads the genotype, and names the field of each problem.
import { EngineError, parseGenotype } from '@cellboard/engine/facts'
import { DATASETS } from '@cellboard/schema/datasets'
import type { Genotype } from '@cellboard/schema/genotype'
import { spaceOfNetwork } from '@cellboard/schema/spaces'
import {
  resolveTrainingSettings,
  trainingSettingsSchema,
  type ResolvedTrainingSettings,
} from '@cellboard/schema/training-settings'
import type { FieldProblem } from '../errors.js'
import { readSettings, type CheckedInput } from '../runs/read-settings.js'
import { countTraining, imagesOf, trainingImages } from './cost.js'
import { missingFiles } from './dataset.js'
import { insideFolder } from './inside-folder.js'
import type { GivenTraining } from './training.input.js'

export interface CheckedTraining extends CheckedInput<ResolvedTrainingSettings> {
  readonly genotype: Genotype | null
}

/** Settings with everything filled in, or null, the genotype that they name, and what is wrong where. */
export function checkTraining(input: GivenTraining, dataFolder: string): CheckedTraining {
  const { settings: given, problems } = readSettings(trainingSettingsSchema, input)
  const genotype = readGenotype(given?.genotype ?? input.genotype, problems)
  if (!given || !genotype) return { settings: null, genotype, problems }
  const settings = resolveTrainingSettings(given, genotype.space)
  const missing = missingFiles(settings.dataset, dataFolder)
  if (missing) problems.push({ path: 'dataset', message: missing })
  problems.push(...impossible(settings, genotype))
  if (settings.dataset !== 'own') return { settings, genotype, problems }
  const { path, problem } = insideFolder(dataFolder, settings.dataPath)
  if (problem) problems.push({ path: 'dataPath', message: problem })
  return { settings: { ...settings, dataPath: path ?? settings.dataPath }, genotype, problems }
}

function readGenotype(text: unknown, problems: FieldProblem[]): Genotype | null {
  if (typeof text !== 'string' || text === '') return null // told by the settings' rule
  try {
    return parseGenotype(text)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    const { message, hint } = error.failure
    problems.push({ path: 'genotype', message: `${message} ${hint}` })
    return null
  }
}

/** What the rules of single settings let pass, but no network or no epoch can be made of. */
function impossible(settings: ResolvedTrainingSettings, genotype: Genotype): FieldProblem[] {
  const { dataset, cells, batch, imageSize } = settings
  const { minCells } = spaceOfNetwork(genotype.space)
  if (cells < minCells)
    return [{ path: 'cells', message: `Expected at least ${minCells} cells, but received ${cells}.` }]
  const size = dataset === 'own' || dataset === 'imagenet' ? imageSize : DATASETS[dataset].size
  if (imageSize !== size)
    return [
      {
        path: 'imageSize',
        message: `Expected ${size}, as ${dataset} has it, but received ${imageSize}. Leave it out.`,
      },
    ]
  const images = trainingImages(settings)
  if (images !== null && images < batch)
    return [{ path: 'batch', message: `Expected at most the ${images} images that train, but received ${batch}.` }]
  try {
    countTraining(settings, genotype, imagesOf(settings) ?? { classes: 1, channels: 3, size: imageSize })
    return []
  } catch (error) {
    if (error instanceof EngineError) return [{ path: 'imageSize', message: error.failure.message }]
    throw error
  }
}
