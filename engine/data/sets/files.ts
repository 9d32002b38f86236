// Reads whole files of a data set, packed with gzip or not, and says what is wrong with them in the reader's words.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { EngineError } from '../../errors.js'

/** The file or its .gz in a folder, whichever is there. */
export const fileIn = (folder: string, name: string): string | undefined =>
  [name, `${name}.gz`].map((one) => join(folder, one)).find((path) => existsSync(path))

/** The bytes of a file, unpacked where its name ends in .gz. @throws EngineError BAD_DATA where it cannot be read or unpacked */
export async function readBytes(path: string): Promise<Buffer> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    throw badData(path, `Expected to read the file, but the system says: ${(error as Error).message}`)
  }
  if (!path.endsWith('.gz')) return bytes
  try {
    return await promisify(gunzip)(bytes)
  } catch (error) {
    throw badData(path, `Expected a whole gzip file, but after ${bytes.length} bytes: ${(error as Error).message}`)
  }
}

/** Something in a file is not as its format has it. */
export const badData = (path: string, message: string) =>
  new EngineError(
    'BAD_DATA',
    `${path}: ${message}.`,
    'Fetch the file again: it is damaged, or not the one it is named after.',
  )
