// Finds pictures by a path: a folder by class, a .csv or a .npz, or ImageNet in the data folder.
import { existsSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { EngineError } from '../../errors.js'
import { readCsv } from './csv.js'
import type { FoundPictures } from './found-pictures.js'
import { readNpz } from './npz.js'
import { findInFolder } from './picture-folder.js'

/**
 * What a path holds; of files only their names are read, except where they hold the pixels themselves.
 * @throws EngineError DATA_NOT_FOUND where there is nothing, BAD_DATA where it is not as it must be
 */
export async function findOwn(path: string): Promise<FoundPictures> {
  const there = statSync(path, { throwIfNoEntry: false })
  const hint = 'Give a folder with a folder of pictures for each class, a .csv or a .npz.'
  if (!there)
    throw new EngineError('DATA_NOT_FOUND', `Expected pictures in ${path}, but there is no such folder or file.`, hint)
  if (there.isDirectory()) return findInFolder(path)
  const kind = extname(path.replace(/\.gz$/i, '')).toLowerCase()
  if (kind === '.csv') return readCsv(path)
  if (kind === '.npz') return readNpz(path)
  throw new EngineError(
    'BAD_DATA',
    `${path}: Expected a folder, a .csv or a .npz, but received a file named ${kind || 'without an ending'}.`,
    hint,
  )
}

export const imageNetFolder = (dataFolder: string): string => join(dataFolder, 'imagenet')

/** ImageNet by class, `train` and `val`. @throws EngineError DATA_NOT_FOUND where a part is missing */
export async function findImageNet(dataFolder: string): Promise<FoundPictures> {
  const folder = imageNetFolder(dataFolder)
  const missing = ['train', 'val'].filter((part) => !existsSync(join(folder, part)))
  if (missing.length > 0)
    throw new EngineError(
      'DATA_NOT_FOUND',
      `Expected ImageNet in ${folder}, with a folder for each class in train and val, but there is no ${missing.join(' and no ')}.`,
      'Get ILSVRC 2012 from https://image-net.org and unpack the pictures of each class into a folder of its name, in train and in val.',
    )
  return findInFolder(folder)
}
