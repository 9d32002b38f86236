// Writes a folder of files whole or not at all: beside its place first, then renamed to it.
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, extname, join, resolve } from 'node:path'
import type { RunFile } from '@cellboard/schema/events'
import { EngineError } from '../errors.js'

export interface FileContent {
  /** Path within the folder, `/` between its parts. */
  readonly name: string
  readonly content: string | Uint8Array
}

/** A folder that holds this file was written here, and may be replaced. */
const OURS = 'card.json'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.py': 'text/x-python; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.pdf': 'application/pdf',
}
const mediaTypeOf = (name: string) => MEDIA_TYPES[extname(name)] ?? 'application/octet-stream'

/**
 * Refuses a folder that holds something else than files of a run: it is looked at before work begins.
 * @throws EngineError BAD_SETTINGS
 */
export async function checkFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[]
    if (error.code === 'ENOTDIR')
      throw refused(`Expected a folder to write into, but ${folder} is a file.`, 'Name a folder, or one not yet there.')
    throw error
  })
  if (names.length > 0 && !names.includes(OURS))
    throw refused(
      `Expected a folder that is new, empty or written by Cellboard, but ${folder} holds ${names[0]}.`,
      'Name another folder: this one would be replaced as a whole.',
    )
}

/**
 * Writes `files` as the whole content of `folder`; what a run wrote there before is replaced. After a failure, or a kill at any
 * moment, the folder is as it was or as it shall be, or (between two renames) absent with both beside it.
 * @throws EngineError DISK_FULL, or BAD_SETTINGS where the folder holds something else
 */
export async function writeWholeFolder(folder: string, files: readonly FileContent[]): Promise<RunFile[]> {
  const place = resolve(folder)
  const [fresh, before] = [`${place}.fresh`, `${place}.before`]
  await checkFolder(place)
  try {
    await rm(fresh, { recursive: true, force: true })
    for (const { name, content } of files) await writeDurably(join(fresh, name), content)
    await rm(before, { recursive: true, force: true })
    if (existsSync(place)) await rename(place, before)
    await rename(fresh, place)
    await rm(before, { recursive: true, force: true })
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    if (['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw new EngineError(
        'DISK_FULL',
        `Expected room for ${files.length} files in ${place}, but the disk is full.`,
        'Free some space and write them again.',
      )
    throw error
  }
  return files.map(({ name, content }) => ({ name, bytes: Buffer.byteLength(content), mediaType: mediaTypeOf(name) }))
}

async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

const refused = (message: string, hint: string) => new EngineError('BAD_SETTINGS', message, hint)
