// Reads CIFAR-10 and CIFAR-100 in their official binary layout: label bytes, then 1024 red, 1024 green and 1024 blue bytes a record.
import { join } from 'node:path'
import { DATASETS } from '@cellboard/schema/datasets'
import { badData, readBytes } from './files.js'
import type { Dataset, Images } from '../images.js'

const SIZE = 32
const CHANNELS = 3
const PIXELS = SIZE * SIZE

interface Layout {
  readonly train: readonly string[]
  readonly test: string
  /** Label bytes before the pixels; the last of them is the class (CIFAR-100 has the coarse one first). */
  readonly labelBytes: number
  /** Classes that each label byte may name. */
  readonly classes: readonly number[]
}

const LAYOUTS = {
  cifar10: {
    train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
    test: 'test_batch.bin',
    labelBytes: 1,
    classes: [10],
  },
  cifar100: { train: ['train.bin'], test: 'test.bin', labelBytes: 2, classes: [20, 100] },
} as const satisfies Record<string, Layout>

export type CifarName = keyof typeof LAYOUTS

export const cifarFiles = (name: CifarName): string[] => [...LAYOUTS[name].train, LAYOUTS[name].test]

/**
 * Reads the official files, pixels turned to [row, column, colour]. The format has no head, so a file's length is all that tells a
 * whole one from a torn one: it must hold its share of the data set, unless `counts` says otherwise (records of all training files, and
 * of the test file).
 * @throws EngineError BAD_DATA with file, record, what was expected and what came
 */
export async function readCifar(
  name: CifarName,
  folder: string,
  counts: { train: number; test: number } = DATASETS[name],
): Promise<Dataset> {
  const layout: Layout = LAYOUTS[name]
  return {
    train: await readRecords(folder, layout.train, layout, counts.train),
    test: await readRecords(folder, [layout.test], layout, counts.test),
  }
}

async function readRecords(folder: string, files: readonly string[], layout: Layout, count: number): Promise<Images> {
  const pixels = new Uint8Array(count * PIXELS * CHANNELS)
  const labels = new Uint8Array(count)
  const inFile = count / files.length
  const record = layout.labelBytes + PIXELS * CHANNELS
  for (const [i, file] of files.entries()) {
    const path = join(folder, file)
    const bytes = await readBytes(path)
    if (bytes.length !== inFile * record)
      throw badData(
        path,
        `Expected ${inFile * record} bytes, ${inFile} records of ${record}, but received ${bytes.length}, ` +
          `${(bytes.length / record).toFixed(2)} records`,
      )
    for (let n = 0; n < inFile; n++) {
      const from = n * record
      labels[i * inFile + n] = labelAt(bytes, from, n, path, layout)
      toPixelOrder(bytes, from + layout.labelBytes, pixels, (i * inFile + n) * PIXELS * CHANNELS)
    }
  }
  return { pixels, labels, count, size: SIZE, channels: CHANNELS, classes: layout.classes.at(-1)! }
}

function labelAt(
  bytes: Uint8Array,
  from: number,
  record: number,
  path: string,
  { classes, labelBytes }: Layout,
): number {
  for (let i = 0; i < labelBytes; i++) {
    const label = bytes[from + i]!
    if (label >= classes[i]!)
      throw badData(
        path,
        `Expected a label from 0 to ${classes[i]! - 1}, but record ${record} (byte ${from + i}) has ${label}`,
      )
  }
  return bytes[from + labelBytes - 1]!
}

/** Three planes of one colour each become pixels of three colours. */
function toPixelOrder(planes: Uint8Array, from: number, pixels: Uint8Array, to: number): void {
  for (let i = 0, at = to; i < PIXELS; i++) {
    pixels[at++] = planes[from + i]!
    pixels[at++] = planes[from + PIXELS + i]!
    pixels[at++] = planes[from + 2 * PIXELS + i]!
  }
}
