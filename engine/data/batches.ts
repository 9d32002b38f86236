// Batches of an epoch: images in a seeded order, cropped at random, mirrored where that keeps the class, normalised, and cut out of.
import type { DatasetFacts } from '@cellboard/schema/datasets'
import { randomStream, shuffle, type RandomStream } from './random.js'
import type { Images } from './images.js'

export interface Batch {
  /** [batch, size, size, channels], of mean 0 and deviation 1 over the training images. */
  readonly x: Float32Array
  /** [batch], the classes. */
  readonly y: Int32Array
}

export interface EpochOptions {
  batch: number
  seed: number
  stage: number
  epoch: number
  /** Which time through the images within the epoch, where they are fewer than the epoch needs; 0 when absent. */
  round?: number
  /** Whether to crop and mirror; never for images that measure. */
  augment: boolean
  /** Side in pixels of the square that is cut out of each image, never of images that measure; 0 when absent. */
  cutout?: number
  facts: Pick<DatasetFacts, 'mean' | 'deviation' | 'cropPadding' | 'flip'>
  /** Indices of the images to take, in that order; all of them in a seeded shuffle when absent. */
  order?: Int32Array
}

/**
 * The batches of one epoch; a last smaller one is dropped. The same options give the same batches, an other epoch or stage others.
 * A crop is taken out of the image with `cropPadding` pixels of black around it, as torchvision's RandomCrop does.
 */
export function* epochBatches(images: Images, options: EpochOptions): Generator<Batch> {
  const { batch, seed, stage, epoch, augment, facts, cutout = 0 } = options
  const at = options.round ? [stage, epoch, options.round] : [stage, epoch]
  const order = options.order ?? shuffledOrder(images.count, randomStream(seed, 'shuffle', ...at))
  const draw = randomStream(seed, 'augment', ...at)
  const drawCut = randomStream(seed, 'cutout', ...at)
  const table = normalisedBytes(facts, images.channels)
  const floats = images.size * images.size * images.channels
  for (let first = 0; first + batch <= order.length; first += batch) {
    const x = new Float32Array(batch * floats)
    const y = new Int32Array(batch)
    for (let i = 0; i < batch; i++) {
      const index = order[first + i]!
      y[i] = images.labels[index]!
      const view = augment ? drawView(facts, draw) : STILL
      writeImage(x, i * floats, images, index, table, view)
      if (cutout > 0) cutOut(x.subarray(i * floats, (i + 1) * floats), images, cutout, drawCut)
    }
    yield { x, y }
  }
}

/** Batches without end, through the images again and again, each time in another order. */
export function* endlessBatches(images: Images, options: Omit<EpochOptions, 'round'>): Generator<Batch, never> {
  if (images.count < options.batch)
    throw new Error(`Expected at least a batch (${options.batch}) of images, but received ${images.count}.`)
  for (let round = 0; ; round++) yield* epochBatches(images, { ...options, round })
}

const shuffledOrder = (count: number, stream: RandomStream): Int32Array =>
  shuffle(
    Int32Array.from({ length: count }, (_, i) => i),
    stream,
  )

/** Where a crop begins in the image, may lie outside by up to the padding; and whether it is mirrored. */
interface View {
  readonly top: number
  readonly left: number
  readonly mirrored: boolean
}
const STILL: View = { top: 0, left: 0, mirrored: false }

function drawView({ cropPadding: padding, flip }: EpochOptions['facts'], draw: RandomStream): View {
  const offset = () => Math.floor(draw() * (2 * padding + 1)) - padding
  return { top: offset(), left: offset(), mirrored: flip && draw() < 0.5 }
}

/** What each of the 256 bytes becomes, channel by channel: [channels * 256]. */
export function normalisedBytes(
  { mean, deviation }: Pick<DatasetFacts, 'mean' | 'deviation'>,
  channels: number,
): Float32Array {
  return Float32Array.from({ length: channels * 256 }, (_, i) => {
    const channel = i >> 8
    return ((i & 255) / 255 - mean[channel]!) / deviation[channel]!
  })
}

function writeImage(x: Float32Array, to: number, images: Images, index: number, table: Float32Array, view: View): void {
  const { pixels, size, channels } = images
  const from = index * size * size * channels
  let at = to
  for (let row = 0; row < size; row++) {
    const sourceRow = row + view.top
    const rowInside = sourceRow >= 0 && sourceRow < size
    for (let column = 0; column < size; column++) {
      const sourceColumn = (view.mirrored ? size - 1 - column : column) + view.left
      const inside = rowInside && sourceColumn >= 0 && sourceColumn < size
      const pixel = from + (sourceRow * size + sourceColumn) * channels
      for (let channel = 0; channel < channels; channel++)
        x[at++] = table[(channel << 8) + (inside ? pixels[pixel + channel]! : 0)]!
    }
  }
}

/**
 * Sets a square to 0, the mean of all pixels (DeVries & Taylor 2017; DARTS cnn/utils.py): its middle is any pixel, what lies outside of
 * the image is lost. An odd side is taken as the next smaller even one, as there.
 */
export function cutOut(
  image: Float32Array,
  { size, channels }: Pick<Images, 'size' | 'channels'>,
  side: number,
  draw: RandomStream,
): void {
  const half = Math.floor(side / 2)
  const [row, column] = [Math.floor(draw() * size), Math.floor(draw() * size)]
  const [left, right] = [Math.max(0, column - half), Math.min(size, column + half)]
  for (let at = Math.max(0, row - half); at < Math.min(size, row + half); at++)
    image.fill(0, (at * size + left) * channels, (at * size + right) * channels)
}
