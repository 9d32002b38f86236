// Reads the 8x8 handwritten digits that ship with the engine (UCI optdigits, CC BY 4.0, see digits/ATTRIBUTION.txt).
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DATASETS } from '@cellboard/schema/datasets'
import { badData, readBytes } from './files.js'
import type { Dataset, Images } from '../images.js'

export const DIGITS_FILES = ['optdigits.tra.csv.gz', 'optdigits.tes.csv.gz'] as const

/** Beside this file, or beside its source where this file is built into dist/. */
export function digitsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return join(folder, 'data', 'digits')
}

/** @throws EngineError BAD_DATA with file and line, what was expected and what came */
export async function readDigits(folder = digitsFolder()): Promise<Dataset> {
  const [train, test] = DIGITS_FILES.map((file) => join(folder, file))
  return { train: await readCsv(train!), test: await readCsv(test!) }
}

/** A header, then a line an image: 64 values from 0 to 16 row by row, and the digit. */
async function readCsv(path: string): Promise<Images> {
  const { size, channels, classes } = DATASETS.digits
  const area = size * size
  const [, ...lines] = (await readBytes(path)).toString('latin1').trimEnd().split('\n')
  if (lines.length === 0) throw badData(path, 'Expected images after the header, but there are none')
  const pixels = new Uint8Array(lines.length * area)
  const labels = new Uint8Array(lines.length)
  lines.forEach((line, i) => {
    const values = line.split(',')
    const place = `line ${i + 2}`
    if (values.length !== area + 1)
      throw badData(path, `Expected ${area + 1} values in ${place}, but received ${values.length}`)
    const wholeUpTo = (most: number, column: number): number => {
      const text = values[column]!.trim()
      if (!/^\d{1,3}$/.test(text) || Number(text) > most)
        throw badData(
          path,
          `Expected a whole number from 0 to ${most} in ${place}, value ${column + 1}, but received '${text}'`,
        )
      return Number(text)
    }
    for (let pixel = 0; pixel < area; pixel++) pixels[i * area + pixel] = byteOf(wholeUpTo(16, pixel))
    labels[i] = wholeUpTo(classes - 1, area)
  })
  return { pixels, labels, count: lines.length, size, channels, classes }
}

/** 0 to 16 spread over 0 to 255, to the nearest byte: 0 is 0, 8 is 128, 16 is 255. */
const byteOf = (value: number): number => Math.round((value * 255) / 16)
