// Reads Fashion-MNIST's idx files: a big-endian head (magic, count, sides), then bytes (yann.lecun.com's MNIST format).
import { join } from 'node:path'
import { DATASETS } from '@cellboard/schema/datasets'
import { badData, fileIn, readBytes } from './files.js'
import type { Dataset, Images } from '../images.js'

const PARTS = { train: 'train', test: 't10k' } as const
const fileNames = (part: keyof typeof PARTS) => [`${PARTS[part]}-images-idx3-ubyte`, `${PARTS[part]}-labels-idx1-ubyte`]

/** Files of Fashion-MNIST, each also accepted with `.gz`. */
export const FASHION_FILES: readonly string[] = [...fileNames('train'), ...fileNames('test')]

/** @throws EngineError BAD_DATA with file, position, what was expected and what came */
export async function readFashionMnist(folder: string): Promise<Dataset> {
  return { train: await readPart(folder, 'train'), test: await readPart(folder, 'test') }
}

async function readPart(folder: string, part: keyof typeof PARTS): Promise<Images> {
  const { size, channels, classes } = DATASETS['fashion-mnist']
  const [imagesFile, labelsFile] = fileNames(part).map((name) => fileIn(folder, name) ?? join(folder, name))
  const images = await readIdx(imagesFile!, 3)
  const labels = await readIdx(labelsFile!, 1)
  const [count, rows, columns] = images.shape as [number, number, number]
  if (rows !== size || columns !== size)
    throw badData(imagesFile!, `Expected images of ${size}x${size} pixels, but byte 8 says ${rows}x${columns}`)
  if (labels.shape[0] !== count)
    throw badData(labelsFile!, `Expected ${count} labels, one for each image, but byte 4 says ${labels.shape[0]}`)
  const bad = labels.values.findIndex((label) => label >= classes)
  if (bad >= 0)
    throw badData(
      labelsFile!,
      `Expected labels from 0 to ${classes - 1}, but label ${bad} (byte ${8 + bad}) is ${labels.values[bad]}`,
    )
  return { pixels: images.values, labels: labels.values, count, size, channels, classes }
}

/** An idx file of unsigned bytes with `dimensions` sides. */
async function readIdx(path: string, dimensions: number): Promise<{ shape: number[]; values: Uint8Array }> {
  const bytes = await readBytes(path)
  const head = 4 + 4 * dimensions
  if (bytes.length < head) throw badData(path, `Expected a head of ${head} bytes, but the file has ${bytes.length}`)
  const magic = bytes.readUInt32BE(0)
  const expected = 0x0800 + dimensions // 08: unsigned bytes
  if (magic !== expected)
    throw badData(path, `Expected ${expected} at byte 0, the mark of an idx file of this kind, but received ${magic}`)
  const shape = Array.from({ length: dimensions }, (_, i) => bytes.readUInt32BE(4 + 4 * i))
  const wanted = head + shape.reduce((a, b) => a * b, 1)
  if (shape[0] === 0) throw badData(path, 'Expected at least one entry, but byte 4 says 0')
  if (bytes.length !== wanted)
    throw badData(path, `Expected ${wanted} bytes for ${shape.join('x')}, but received ${bytes.length}`)
  return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + head, wanted - head) }
}
