// Makes a training's data of one's own pictures: parts drawn, pictures brought to one size and decoded once where memory holds them, facts computed.
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import type { StillPicture } from './decode.js'
import { decodeAll, type DecodeOptions } from './decode-all.js'
import { wrongData, type FoundFiles, type FoundPictures, type FoundPixels } from './found-pictures.js'
import { Moments } from '../moments.js'
import type { OpenedData } from '../open-training-data.js'
import { PictureSource } from '../picture-source.js'
import { shareBytes, type FilePictures, type Pictures } from '../pictures.js'
import { middleOf } from '../views/resample.js'
import { splitIndices, takeTestPart } from '../split.js'

/** Above this the pictures are decoded anew each time they are asked for. */
const MOST_HELD_BYTES = 2 ** 30
/** What ImageNet's evaluation does: the shorter side to 256, the middle 224 (torchvision's references, after Krizhevsky et al. 2012). */
const RESIZED_MARGIN = 256 / 224
/** Notes that are told one by one. */
const MOST_NOTES = 20

type Settings = Pick<
  ResolvedTrainingSettings,
  'imageSize' | 'images' | 'testImages' | 'trainShare' | 'testShare' | 'seed' | 'crop' | 'flip'
>

export interface About {
  readonly title: string
  readonly source: string
  /** What is wrong is told with it. */
  readonly place: string
  /** Known beforehand: no picture is opened to learn them. */
  readonly moments?: Pick<DatasetFacts, 'mean' | 'deviation'>
}

/** Some of what was found: which, and what becomes of it. */
interface Part<Found> {
  readonly found: Found
  readonly indices: Int32Array
}
type Parts<Found> = Readonly<Record<'train' | 'validation' | 'test', Part<Found>>>

interface Opened {
  readonly sources: Pick<OpenedData, 'train' | 'validation' | 'test'>
  readonly moments: Pick<DatasetFacts, 'mean' | 'deviation'>
  readonly notes: readonly string[]
}

/**
 * Draws parts by the settings and opens them. Pictures that cannot be decoded are left out and told, as long as each class keeps one.
 * @throws EngineError BAD_DATA where a class keeps none, or has too few to train and test
 */
export async function openFound(
  found: FoundPictures,
  about: About,
  settings: Settings,
  options: DecodeOptions = {},
): Promise<OpenedData> {
  const { classNames } = found
  const { train, test } = found
  const { sources, moments, notes } =
    train.kind === 'files'
      ? await openFiles(
          drawParts(train, test as FoundFiles | null, classNames, about, settings),
          classNames,
          about,
          settings,
          options,
        )
      : openPixels(drawParts(train, test as FoundPixels | null, classNames, about, settings), classNames, settings)
  const { imageSize: size, flip } = settings
  return {
    facts: {
      ...{ title: about.title, source: about.source, classNames, classes: classNames.length, size, flip },
      ...moments,
      channels: sources.train.pictures.channels,
      train: sources.train.count + sources.validation.count,
      test: sources.test.count,
      cropPadding: Math.round(size / 8), // 4 of 32, as for CIFAR
    },
    ...sources,
    leftOut: shortened([...found.notes, ...notes]),
  }
}

function drawParts<Found extends FoundFiles | FoundPixels>(
  train: Found,
  test: Found | null,
  { length: classes }: readonly string[],
  { place }: About,
  settings: Settings,
): Parts<Found> {
  const { trainShare, testShare, seed } = settings
  const draw = (labels: Int32Array, images: number, share: number) =>
    splitIndices({ labels, classes }, { images: images || labels.length, trainShare: share, seed })
  if (test) {
    const drawn = draw(train.labels, settings.images, trainShare)
    const tested = draw(test.labels, settings.testImages, 1).train
    return {
      train: { found: train, indices: drawn.train },
      validation: { found: train, indices: drawn.validation },
      test: { found: test, indices: tested },
    }
  }
  const parts = takeTestPart({ labels: train.labels, classes }, testShare, seed)
  if (!parts)
    throw wrongData(
      place,
      'Expected at least two pictures of every class, one to train and one to test, but a class has only one',
      'Add pictures to it, or a test part.',
    )
  // Indices among those of a part become indices among all.
  const drawnOf = (part: Int32Array, images: number, share: number) => {
    const drawn = draw(
      part.map((index) => train.labels[index]!),
      images,
      share,
    )
    return { train: drawn.train.map((i) => part[i]!), validation: drawn.validation.map((i) => part[i]!) }
  }
  const drawn = drawnOf(parts.rest, settings.images, trainShare)
  return {
    train: { found: train, indices: drawn.train },
    validation: { found: train, indices: drawn.validation },
    test: { found: train, indices: drawnOf(parts.test, settings.testImages, 1).train },
  }
}

const labelsOf = ({ found, indices }: Part<FoundFiles | FoundPixels>) => indices.map((index) => found.labels[index]!)

function openPixels(parts: Parts<FoundPixels>, { length: classes }: readonly string[], settings: Settings): Opened {
  const size = settings.imageSize
  const { channels } = parts.train.found
  const pixels = new Map<FoundPixels, Uint8Array>()
  for (const { found } of Object.values(parts)) if (!pixels.has(found)) pixels.set(found, squares(found, size))
  const source = (part: Part<FoundPixels>) => {
    const pictures: Pictures = { kind: 'held', pixels: pixels.get(part.found)!, indices: part.indices, size, channels }
    return new PictureSource(pictures, labelsOf(part), classes)
  }
  const moments = new Moments(channels)
  const bytes = size * size * channels
  for (const index of parts.train.indices)
    moments.add(pixels.get(parts.train.found)!.subarray(index * bytes, (index + 1) * bytes))
  const { mean, deviation } = moments
  return {
    sources: { train: source(parts.train), validation: source(parts.validation), test: source(parts.test) },
    moments: { mean, deviation },
    notes: [],
  }
}

/** All pictures as squares of a size, in shared memory: [count, size, size, channels]. */
function squares({ pixels, width, height, channels, labels }: FoundPixels, size: number): Uint8Array {
  if (width === size && height === size) return shareBytes(pixels)
  const [from, to] = [width * height * channels, size * size * channels]
  const out = shareBytes(labels.length * to)
  for (let n = 0; n < labels.length; n++) {
    const raster = { pixels: pixels.subarray(n * from, (n + 1) * from), width, height, channels }
    out.set(middleOf(raster, size), n * to)
  }
  return out
}

const CHANNELS = 3

async function openFiles(
  parts: Parts<FoundFiles>,
  classNames: readonly string[],
  about: About,
  settings: Settings,
  options: DecodeOptions,
): Promise<Opened> {
  const size = settings.imageSize
  const margin = settings.crop === 'resized' ? RESIZED_MARGIN : 1
  const listed = (['train', 'validation', 'test'] as const).flatMap((name) => {
    const { found, indices } = parts[name]
    return Array.from(indices, (index) => ({ name, file: found.files[index]!, label: found.labels[index]! }))
  })
  const bytes = size * size * CHANNELS
  const held = settings.crop !== 'resized' && listed.length * bytes <= MOST_HELD_BYTES
  const pixels = held ? shareBytes(listed.length * bytes) : null
  const moments = new Moments(CHANNELS)
  const take = (index: number, picture: StillPicture) => {
    pixels?.set(picture.bytes, index * bytes)
    if (listed[index]!.name === 'train') moments.add(picture.bytes)
  }
  const files = listed.map(({ file }) => file)
  const looked = held || !about.moments
  const broken = looked ? await decodeAll(files, { size, margin }, take, options) : new Map<number, string>()
  const source = (name: keyof typeof parts) => {
    const kept = listed.flatMap((one, index) => (one.name === name && !broken.has(index) ? [index] : []))
    const labels = Int32Array.from(kept, (index) => listed[index]!.label)
    const paths = kept.map((index) => files[index]!)
    const pictures: Pictures = pixels
      ? { kind: 'held', pixels, indices: Int32Array.from(kept), size, channels: CHANNELS, files: paths }
      : ({ kind: 'files', files: paths, size, channels: CHANNELS, margin } satisfies FilePictures)
    return new PictureSource(pictures, labels, classNames.length)
  }
  const sources = { train: source('train'), validation: source('validation'), test: source('test') }
  refuseLostClasses(parts, sources, classNames, about.place, [...broken.values()])
  return {
    sources,
    moments: about.moments ?? { mean: moments.mean, deviation: moments.deviation },
    notes: [...broken.values()].map((sentence) => `Left out: ${sentence}`),
  }
}

/** A class all of whose training pictures are broken is not a class that can be learnt. */
function refuseLostClasses(
  { train }: Parts<FoundFiles>,
  sources: Opened['sources'],
  classNames: readonly string[],
  place: string,
  broken: readonly string[],
): void {
  const kept = new Set(sources.train.labels)
  const lost = labelsOf(train).find((label) => !kept.has(label))
  if (lost === undefined && sources.test.count > 0) return
  throw wrongData(
    place,
    `Expected whole pictures ${lost === undefined ? 'to test on' : `of class ${classNames[lost]}`}, but none can be decoded; the first: ${broken[0] ?? 'none'}`,
    'Replace the damaged files. `cellboard data check` lists them all.',
  )
}

const shortened = (notes: readonly string[]): string[] =>
  notes.length <= MOST_NOTES ? [...notes] : [...notes.slice(0, MOST_NOTES), `And ${notes.length - MOST_NOTES} more.`]
