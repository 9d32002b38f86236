// Loads a data set by name from the data folder, or says where its files belong and where they come from.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatasetName } from '@cellboard/schema/datasets'
import { EngineError } from '../../errors.js'
import { cifarFiles, readCifar } from './cifar.js'
import { DIGITS_FILES, digitsFolder, readDigits } from './digits.js'
import { fileIn } from './files.js'
import { FASHION_FILES, readFashionMnist } from './idx.js'
import type { Dataset } from '../images.js'

interface Source {
  readonly folder: (dataFolder: string) => string
  readonly files: readonly string[]
  readonly read: (folder: string) => Promise<Dataset>
  /** What to do where files are missing. */
  readonly advice: string
}

const SOURCES: Readonly<Record<DatasetName, Source>> = {
  digits: {
    folder: digitsFolder,
    files: DIGITS_FILES,
    read: readDigits,
    advice: 'They ship with Cellboard: restore them from its repository.',
  },
  'fashion-mnist': {
    folder: (dataFolder) => join(dataFolder, 'fashion-mnist'),
    files: FASHION_FILES,
    read: readFashionMnist,
    advice:
      'Get the four files from https://github.com/zalandoresearch/fashion-mnist and put them there, packed (.gz) or not.',
  },
  cifar10: {
    folder: (dataFolder) => join(dataFolder, 'cifar-10-batches-bin'),
    files: cifarFiles('cifar10'),
    read: (folder) => readCifar('cifar10', folder),
    advice: 'Get the binary version from https://www.cs.toronto.edu/~kriz/cifar.html and unpack it in the data folder.',
  },
  cifar100: {
    folder: (dataFolder) => join(dataFolder, 'cifar-100-binary'),
    files: cifarFiles('cifar100'),
    read: (folder) => readCifar('cifar100', folder),
    advice: 'Get the binary version from https://www.cs.toronto.edu/~kriz/cifar.html and unpack it in the data folder.',
  },
}

export interface DataCheck {
  readonly available: boolean
  /** Where the files are looked for. */
  readonly folder: string
  /** What is missing and what to do, where something is. */
  readonly problem?: string
}

/** Whether a data set's files are there; a look at names only, their contents are judged when they are read. */
export function checkData(name: DatasetName, dataFolder: string): DataCheck {
  const missing = missingData(name, dataFolder)
  const folder = SOURCES[name].folder(dataFolder)
  return missing
    ? { available: false, folder, problem: `${missing} ${SOURCES[name].advice}` }
    : { available: true, folder }
}

/**
 * Reads a data set whole into memory (CIFAR: 180 MB).
 * @throws EngineError DATA_NOT_FOUND where files are missing, BAD_DATA where one is not as its format has it
 */
export async function loadDataset(name: DatasetName, dataFolder: string): Promise<Dataset> {
  const missing = missingData(name, dataFolder)
  if (missing) throw new EngineError('DATA_NOT_FOUND', missing, SOURCES[name].advice)
  return SOURCES[name].read(SOURCES[name].folder(dataFolder))
}

function missingData(name: DatasetName, dataFolder: string): string | undefined {
  const { folder, files } = SOURCES[name]
  const place = folder(dataFolder)
  if (!existsSync(place))
    return `Expected the files of ${name} (${files.join(', ')}) in ${place}, but there is no such folder.`
  const packs = name === 'fashion-mnist'
  const missing = files.filter((file) => !(packs ? fileIn(place, file) : existsSync(join(place, file))))
  if (missing.length > 0)
    return `Expected the files of ${name} in ${place}, but ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not there.`
  return undefined
}
