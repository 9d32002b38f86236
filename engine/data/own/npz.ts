// Reads pictures from NumPy's .npz: images of bytes with their labels, in training and test arrays or in one.
import { refuseEmptyClasses, wrongData, type FoundPictures, type FoundPixels } from './found-pictures.js'
import { readNpy, wholeNumbers, type NumpyArray } from './npy.js'
import { ZipFile } from './zip.js'

/** Names of arrays, images and labels, as Keras, MedMNIST and the downsampled ImageNet (Chrabaszcz et al. 2017) have them. */
const TRAIN = [
  ['x_train', 'y_train'],
  ['train_images', 'train_labels'],
  ['data', 'labels'],
  ['images', 'labels'],
  ['x', 'y'],
  ['X', 'y'],
] as const
const TEST = [
  ['x_test', 'y_test'],
  ['test_images', 'test_labels'],
  ['x_val', 'y_val'],
  ['val_images', 'val_labels'],
] as const
const HINT =
  'Write the file with numpy.savez(file, x_train=..., y_train=..., x_test=..., y_test=...), images as uint8 [n, h, w, 3].'

/**
 * Images are [n, h, w], [n, h, w, c], [n, c, h, w] or planes one after the other [n, c * size * size], c 1 or 3. Labels are whole numbers from 0, or
 * from 1 as in the downsampled ImageNet, which is told.
 * @throws EngineError BAD_DATA with file and array, what was expected and what came
 */
export async function readNpz(path: string): Promise<FoundPictures<FoundPixels>> {
  const zip = await ZipFile.open(path)
  try {
    const names = new Map(zip.entries.map((entry) => [entry.name.replace(/\.npy$/, ''), entry]))
    const read = async (name: string) => readNpy(await zip.read(names.get(name)!), `${path}, ${name}`)
    const pairIn = (pairs: readonly (readonly [string, string])[]) =>
      pairs.find(([images, labels]) => names.has(images) && names.has(labels))
    const trainPair = pairIn(TRAIN)
    if (!trainPair)
      throw wrongData(
        path,
        `Expected arrays x_train and y_train, or data and labels, but received ${[...names.keys()].join(', ') || 'none'}`,
        HINT,
      )
    const part = async ([images, labels]: readonly [string, string]) => {
      const found = imagesOf(await read(images), `${path}, ${images}`)
      return { ...found, labels: labelsOf(await read(labels), found.count, `${path}, ${labels}`) }
    }
    const train = await part(trainPair)
    const testPair = pairIn(TEST)
    const test = testPair ? await part(testPair) : null
    if (test && (test.width !== train.width || test.height !== train.height || test.channels !== train.channels))
      throw wrongData(
        `${path}, ${testPair![0]}`,
        `Expected test images of ${sizeText(train)}, as the training ones, but received ${sizeText(test)}`,
        'Bring all images to one size.',
      )
    return numberedFromZero(path, train, test)
  } finally {
    await zip.close()
  }
}

type Read = Omit<FoundPixels, 'labels' | 'kind'> & { count: number }
const sizeText = ({ width, height, channels }: Read) => `${height}x${width}x${channels}`

function imagesOf(array: NumpyArray, place: string): Read {
  const { type, shape, bytes } = array
  if (type === '|O')
    throw wrongData(
      place,
      'Expected images of one size, but it holds objects: are the images of mixed sizes?',
      `Bring all images to one size. ${HINT}`,
    )
  if (type !== '|u1')
    throw wrongData(
      place,
      `Expected bytes from 0 to 255 (uint8), but the values are ${type}`,
      'Save (255 * images).round().astype("uint8"), or as fits them.',
    )
  const [count = 0, ...sides] = shape
  if (count === 0) throw wrongData(place, 'Expected at least one image, but there is none', HINT)
  const form = formOf(sides)
  if (!form)
    throw wrongData(
      place,
      `Expected images as [n, h, w, c], [n, c, h, w] or [n, c * size * size] with c 1 or 3, but received ${shape.join('x')}`,
      HINT,
    )
  const { height, width, channels, planes } = form
  const pixels = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  const interleaved = planes ? toPixelOrder(pixels, count, height * width, channels) : pixels
  return { pixels: interleaved, count, width, height, channels }
}

/** How the bytes of an image lie: pixel by pixel, or a plane for each colour. */
function formOf(sides: readonly number[]): { height: number; width: number; channels: number; planes: boolean } | null {
  const isColours = (side: number | undefined) => side === 1 || side === 3
  if (sides.some((side) => side === 0)) return null
  if (sides.length === 3 && isColours(sides[2]))
    return { height: sides[0]!, width: sides[1]!, channels: sides[2], planes: false }
  if (sides.length === 3 && isColours(sides[0]))
    return { height: sides[1]!, width: sides[2]!, channels: sides[0], planes: true }
  if (sides.length === 2) return { height: sides[0]!, width: sides[1]!, channels: 1, planes: false }
  if (sides.length !== 1) return null
  for (const channels of [1, 3]) {
    const size = Math.sqrt(sides[0]! / channels)
    if (Number.isInteger(size)) return { height: size, width: size, channels, planes: true }
  }
  return null
}

function toPixelOrder(planes: Uint8Array, count: number, area: number, channels: number): Uint8Array {
  if (channels === 1) return planes
  const pixels = new Uint8Array(planes.length)
  for (let n = 0, at = 0; n < count; n++)
    for (let pixel = 0; pixel < area; pixel++)
      for (let channel = 0; channel < channels; channel++)
        pixels[at++] = planes[(n * channels + channel) * area + pixel]!
  return pixels
}

function labelsOf(array: NumpyArray, count: number, place: string): Int32Array {
  const labels = wholeNumbers(array, place)
  if (labels.length !== count)
    throw wrongData(place, `Expected ${count} labels, one for each image, but received ${labels.length}`, HINT)
  const bad = labels.findIndex((label) => label < 0 || label > MOST_CLASSES)
  if (bad >= 0)
    throw wrongData(place, `Expected labels from 0 to ${MOST_CLASSES}, but label ${bad} is ${labels[bad]}`, HINT)
  return Int32Array.from(labels)
}

const MOST_CLASSES = 100_000

type ReadPart = Read & { labels: Int32Array }

function numberedFromZero(path: string, train: ReadPart, test: ReadPart | null): FoundPictures<FoundPixels> {
  const [least, most] = train.labels.reduce(([a, b], label) => [Math.min(a, label), Math.max(b, label)], [Infinity, 0])
  const first = least === 1 && !test?.labels.includes(0) ? 1 : 0
  const classes = most + 1 - first
  const notes =
    first === 1 ? [`${path}: labels go from 1 to ${most}; label 1 is taken as the first of ${classes} classes.`] : []
  const foreign = test?.labels.findIndex((label) => label > most) ?? -1
  if (foreign >= 0)
    throw wrongData(
      path,
      `Expected test labels up to ${most}, as in training, but test label ${foreign} is ${test!.labels[foreign]}`,
      HINT,
    )
  const part = ({ pixels, width, height, channels, labels }: ReadPart): FoundPixels => ({
    ...{ kind: 'pixels', pixels, width, height, channels },
    labels: labels.map((label) => label - first),
  })
  const classNames = Array.from({ length: classes }, (_, label) => String(label + first))
  const found = { classNames, train: part(train), test: test && part(test), notes }
  refuseEmptyClasses(path, found)
  return found
}
