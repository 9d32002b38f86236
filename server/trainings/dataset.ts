// The images that a training takes, as the API shows them, whether they are known by name or read from a folder.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checkData } from '@cellboard/engine/facts'
import { DATASETS, IMAGENET_FACTS } from '@cellboard/schema/datasets'
import type { RunSeen } from '@cellboard/schema/progress'
import type { ResolvedTrainingSettings, TrainingDatasetName } from '@cellboard/schema/training-settings'
import type { Config } from '../config.js'
import { shownDataset } from '../searches/shown-dataset.js'
import type { Dataset } from '../searches/space.type.js'

const imageNetFolder = (dataFolder: string) => join(dataFolder, 'imagenet')

/** What is missing and what to do, or undefined where all is there; of one's own images the path is looked at instead. */
export function missingFiles(name: TrainingDatasetName, dataFolder: string): string | undefined {
  if (name === 'own') return undefined
  if (name !== 'imagenet') return checkData(name, dataFolder).problem
  const folder = imageNetFolder(dataFolder)
  return existsSync(folder)
    ? undefined
    : `Expected the pictures of imagenet by class in ${folder}, but there is no such folder. Put its train and val there.`
}

export const shownImageNet = ({ dataFolder }: Config, size = 224): Dataset => ({
  name: 'imagenet',
  ...IMAGENET_FACTS,
  size,
  available: missingFiles('imagenet', dataFolder) === undefined,
  folder: imageNetFolder(dataFolder),
})

/** Of one's own images, and of a part of others, the counts are those that the engine found. */
export function datasetOf(
  { dataset, dataPath, imageSize }: ResolvedTrainingSettings,
  { started }: RunSeen,
  config: Config,
): Dataset {
  if (dataset === 'imagenet') return shownImageNet(config, imageSize)
  if (dataset !== 'own') return shownDataset(dataset, config)
  const { classes = null, channels = null, train = null } = started?.dataset ?? {}
  return {
    name: dataset,
    title: basename(dataPath),
    classes,
    channels,
    size: imageSize,
    train,
    test: null,
    source: "One's own",
    available: existsSync(dataPath),
    folder: dataPath,
  }
}

export const shownTrainingDatasets = (config: Config): Dataset[] => [
  ...Object.keys(DATASETS).map((name) => shownDataset(name as keyof typeof DATASETS, config)),
  shownImageNet(config),
]
