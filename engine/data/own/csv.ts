// Reads pictures from a .csv: a path and a label a line, or all pixels of a picture a line with its label.
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { splitCsv, type CsvRow } from './csv-rows.js'
import { readBytes } from '../sets/files.js'
import {
  refuseEmptyClasses,
  wrongData,
  type FoundFiles,
  type FoundPictures,
  type FoundPixels,
} from './found-pictures.js'

/** What columns may be called where the first line names them. */
const COLUMNS = {
  path: ['path', 'file', 'filename', 'image'],
  label: ['label', 'class', 'target', 'y', 'digit'],
  part: ['part', 'split', 'set'],
} as const
const PARTS: Readonly<Record<string, 'train' | 'test'>> = {
  train: 'train',
  training: 'train',
  test: 'test',
  val: 'test',
  valid: 'test',
  validation: 'test',
}
const HINT =
  'Write a picture a line: its path from the .csv on, and its label; or its pixels from 0 to 255 row by row, and its label.'

/**
 * The first line may name the columns: path, label and, if some lines test, part (train or test); else a line is path and label. A table
 * whose lines are numbers holds pixels: the label stands in the column of that name or last, before it 1 or 3 values a pixel of a square picture.
 * Paths go from the .csv on and stay within its folder.
 * @throws EngineError BAD_DATA with file and line, what was expected and what came
 */
export async function readCsv(path: string): Promise<FoundPictures> {
  const rows = splitCsv((await readBytes(path)).toString('utf8'), path)
  const [first] = rows
  if (!first) throw wrongData(path, 'Expected a picture a line, but the file is empty', HINT)
  const isNumbers = (row: CsvRow | undefined) =>
    row !== undefined && row.fields.every((field) => /^\s*\d+(\.0*)?\s*$/.test(field))
  const second = rows[1]
  return first.fields.length > 3 && (isNumbers(first) || isNumbers(second))
    ? readPixels(path, rows, isNumbers(first))
    : readPaths(path, rows)
}

const columnOf = (names: readonly string[], wanted: readonly string[]): number =>
  names.findIndex((name) => wanted.includes(name.trim().toLowerCase()))

function readPaths(path: string, rows: readonly CsvRow[]): FoundPictures<FoundFiles> {
  const named = columnOf(rows[0]!.fields, COLUMNS.path) >= 0
  const names = named ? rows[0]!.fields : ['path', 'label']
  const [pathColumn, labelColumn, partColumn] = [COLUMNS.path, COLUMNS.label, COLUMNS.part].map((wanted) =>
    columnOf(names, wanted),
  )
  if (labelColumn! < 0)
    throw wrongData(`${path}, line 1`, `Expected a column named label, but received ${names.join(', ')}`, HINT)
  const lines = named ? rows.slice(1) : rows
  const texts: Record<'train' | 'test', { file: string; label: string; line: number }[]> = { train: [], test: [] }
  for (const { fields, line } of lines) {
    const place = `${path}, line ${line}`
    if (fields.length !== names.length)
      throw wrongData(place, `Expected ${names.length} values, but received ${fields.length}`, HINT)
    const label = fields[labelColumn!]!.trim()
    if (label === '') throw wrongData(place, 'Expected a label, but it is empty', HINT)
    const part = partColumn! < 0 ? 'train' : PARTS[fields[partColumn!]!.trim().toLowerCase()]
    if (!part) throw wrongData(place, `Expected part train or test, but received ${fields[partColumn!]}`, HINT)
    texts[part].push({ file: within(path, fields[pathColumn!]!.trim(), place), label, line })
  }
  const classNames = classesOf(texts.train.map(({ label }) => label))
  const numbers = new Map(classNames.map((name, number) => [name, number]))
  const partOf = (lines: typeof texts.train): FoundFiles => ({
    kind: 'files',
    files: lines.map(({ file }) => file),
    labels: Int32Array.from(lines, ({ label, line }) => {
      const number = numbers.get(label)
      if (number === undefined)
        throw wrongData(
          `${path}, line ${line}`,
          `Expected a label that training lines have too, but received ${label}`,
          HINT,
        )
      return number
    }),
  })
  const train = partOf(texts.train)
  if (train.files.length === 0) throw wrongData(path, 'Expected training pictures, but there are none', HINT)
  return { classNames, train, test: texts.test.length > 0 ? partOf(texts.test) : null, notes: [] }
}

/** A path from the .csv on. Out of its folder none may lead: on a server that would be out of the data folder. */
function within(csv: string, text: string, place: string): string {
  const folder = dirname(resolve(csv))
  const file = resolve(folder, text)
  const way = relative(folder, file)
  if (text === '' || way === '' || way.startsWith('..') || isAbsolute(way))
    throw wrongData(
      place,
      `Expected a path within the folder of the .csv, but received ${text || 'none'}`,
      'Put the .csv above its pictures.',
    )
  return file
}

/** Numbers in their order, or else names in the order of their letters. */
function classesOf(labels: readonly string[]): string[] {
  const names = [...new Set(labels)]
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names.sort()
}

function readPixels(path: string, rows: readonly CsvRow[], unnamed: boolean): FoundPictures<FoundPixels> {
  const lines = unnamed ? rows : rows.slice(1)
  const width = rows[0]!.fields.length
  const named = unnamed ? -1 : columnOf(rows[0]!.fields, COLUMNS.label)
  const labelColumn = named < 0 ? width - 1 : named
  const values = width - 1
  const channels = [1, 3].find((one) => Number.isInteger(Math.sqrt(values / one)))
  if (!channels)
    throw wrongData(
      `${path}, line 1`,
      `Expected 1 or 3 values for each pixel of a square picture and a label, but received ${width} columns`,
      HINT,
    )
  const size = Math.sqrt(values / channels)
  const pixels = new Uint8Array(lines.length * values)
  const labels = new Int32Array(lines.length)
  let at = 0
  for (const [n, { fields, line }] of lines.entries()) {
    const place = `${path}, line ${line}`
    if (fields.length !== width) throw wrongData(place, `Expected ${width} values, but received ${fields.length}`, HINT)
    for (const [column, text] of fields.entries()) {
      const isLabel = column === labelColumn
      const number = wholeNumber(text, isLabel ? 100_000 : 255, `${place}, value ${column + 1}`)
      if (isLabel) labels[n] = number
      else pixels[at++] = number
    }
  }
  const classNames = Array.from({ length: labels.reduce((a, b) => Math.max(a, b), 0) + 1 }, (_, label) => String(label))
  const train: FoundPixels = { kind: 'pixels', pixels, width: size, height: size, channels, labels }
  const found = { classNames, train, test: null, notes: [] }
  refuseEmptyClasses(path, found)
  return found
}

function wholeNumber(text: string, most: number, place: string): number {
  if (/^\s*\d+(\.0*)?\s*$/.test(text) && Number(text) <= most) return Number(text)
  throw wrongData(place, `Expected a whole number from 0 to ${most}, but received '${text.slice(0, 40)}'`, HINT)
}
