// What a training learns from, opened by its settings: a data set by name, split into what trains, validates and tests.
import { basename, resolve } from 'node:path'
import { DATASETS, IMAGENET_FACTS, type DatasetName } from '@cellboard/schema/datasets'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { EngineError } from '../errors.js'
import type { DecodeOptions } from './own/decode-all.js'
import { findImageNet, findOwn, imageNetFolder } from './own/find-own.js'
import type { Images } from './images.js'
import { loadDataset } from './sets/load.js'
import { openFound, type About } from './own/open-found.js'
import { PictureSource } from './picture-source.js'
import { shareBytes } from './pictures.js'
import { splitIndices } from './split.js'
import type { TrainingData } from './training-data.js'

/** A data set ready to train on, in the form that a feed hands to its threads. */
export interface OpenedData extends TrainingData {
  readonly train: PictureSource
  readonly validation: PictureSource
  readonly test: PictureSource
}

/**
 * Reads what the settings name and draws from it: `images` and `testImages` of all (0: all), the same number of each class as far as it
 * goes; of the training images all but `trainShare` validate. The seed decides which.
 * @param dataFolder where data sets are found, each in a folder of its own name
 * @param options who is told what takes long, and what ends it
 * @throws EngineError DATA_NOT_FOUND where files are missing, BAD_DATA where one is not as its format has it, BAD_SETTINGS where the
 *   images are too few for a batch or not of the size that was asked for
 */
export async function openTrainingData(
  settings: ResolvedTrainingSettings,
  dataFolder: string,
  options: DecodeOptions = {},
): Promise<OpenedData> {
  const { dataset, dataPath } = settings
  const data =
    dataset === 'own'
      ? await openFound(await findOwn(dataPath), ownAbout(dataPath), settings, options)
      : dataset === 'imagenet'
        ? await openFound(await findImageNet(dataFolder), imageNetAbout(dataFolder), settings, options)
        : await openNamed(dataset, settings, dataFolder)
  return enoughFor(settings, data)
}

const ownAbout = (path: string): About => ({ title: basename(resolve(path)), source: 'Own pictures', place: path })

const imageNetAbout = (dataFolder: string): About => {
  const { title, source, mean, deviation } = IMAGENET_FACTS
  return { title, source, place: imageNetFolder(dataFolder), moments: { mean, deviation } }
}

async function openNamed(
  name: DatasetName,
  settings: ResolvedTrainingSettings,
  dataFolder: string,
): Promise<OpenedData> {
  const facts = DATASETS[name]
  if (settings.imageSize !== facts.size)
    throw new EngineError(
      'BAD_SETTINGS',
      `Expected images of ${facts.size}x${facts.size} pixels, as ${name} has them, but received an image size of ${settings.imageSize}.`,
      'Leave the image size out: pictures are brought to a size only beside dataset own and imagenet.',
    )
  const { train, test } = await loadDataset(name, dataFolder)
  return {
    facts: { ...facts, classNames: facts.classNames ?? numbered(facts.classes) },
    ...splitHeld(train, test, settings),
    leftOut: [],
  }
}

/** Names for classes that have none: their numbers. */
export const numbered = (classes: number): string[] => Array.from({ length: classes }, (_, label) => String(label))

/** Training, validation and test images that are held in memory, drawn as the settings say. */
export function splitHeld(
  train: Images,
  test: Images,
  settings: Pick<ResolvedTrainingSettings, 'images' | 'testImages' | 'trainShare' | 'seed'>,
): Pick<OpenedData, 'train' | 'validation' | 'test'> {
  const { trainShare, seed } = settings
  const drawn = splitIndices(train, { images: settings.images || train.count, trainShare, seed })
  const tested = splitIndices(test, { images: settings.testImages || test.count, trainShare: 1, seed })
  const trainPixels = shareBytes(train.pixels)
  return {
    train: held(train, trainPixels, drawn.train),
    validation: held(train, trainPixels, drawn.validation),
    test: held(test, shareBytes(test.pixels), tested.train),
  }
}

function held({ size, channels, labels, classes }: Images, pixels: Uint8Array, indices: Int32Array): PictureSource {
  return new PictureSource(
    { kind: 'held', pixels, indices, size, channels },
    indices.map((index) => labels[index]!),
    classes,
  )
}

function enoughFor({ batch }: ResolvedTrainingSettings, data: OpenedData): OpenedData {
  if (data.train.count >= batch) return data
  throw new EngineError(
    'BAD_SETTINGS',
    `Expected at least ${batch} training images, one batch, but there ${data.train.count === 1 ? 'is' : 'are'} ${data.train.count}.`,
    'Take a smaller batch, a larger share to train on, or more images.',
  )
}
