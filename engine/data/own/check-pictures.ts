// Looks at every picture of a data set once and says what there is: classes, counts, sizes, colours, what is broken, what is there twice.
import { createHash } from 'node:crypto'
import { decodeAll, type DecodeOptions } from './decode-all.js'
import type { FoundFiles, FoundPictures, FoundPixels } from './found-pictures.js'
import { Moments } from '../moments.js'
import { middleOf } from '../views/resample.js'

export interface PicturesReport {
  readonly classes: readonly { readonly name: string; readonly train: number; readonly test: number }[]
  /** Whole pictures; without a test part all are training pictures. */
  readonly train: number
  readonly test: number
  /** Sides of the pictures themselves, how many have them, most frequent first. */
  readonly sizes: readonly { readonly width: number; readonly height: number; readonly count: number }[]
  readonly channels: number
  /** Of the training pictures brought to the size, pixels scaled to [0, 1], colour by colour. */
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
  /** What is wrong with each file that cannot be decoded. */
  readonly broken: readonly string[]
  readonly notes: readonly string[]
  /** Pictures that are the same byte for byte once they have the size: the first, and its copies. */
  readonly copies: readonly (readonly string[])[]
}

/** One picture that was looked at. */
interface Look {
  readonly part: 'train' | 'test'
  readonly label: number
  /** A file, or the picture's number within its part. */
  readonly name: string
}

/** @param size to which pictures are brought, to be compared and measured */
export async function checkPictures(
  found: FoundPictures,
  size: number,
  options: DecodeOptions = {},
): Promise<PicturesReport> {
  const sizes = new Map<string, number>()
  const counts = found.classNames.map((name) => ({ name, train: 0, test: 0 }))
  const channels = found.train.kind === 'pixels' ? found.train.channels : 3
  const moments = new Moments(channels)
  const byContent = new Map<string, string[]>()
  const look = ({ part, label, name }: Look, bytes: Uint8Array, width: number, height: number) => {
    counts[label]![part]++
    const sides = `${width} ${height}`
    sizes.set(sides, (sizes.get(sides) ?? 0) + 1)
    if (part === 'train') moments.add(bytes)
    const content = createHash('sha1').update(bytes).digest('base64')
    const same = byContent.get(content)
    if (same) same.push(name)
    else byContent.set(content, [name])
  }
  const broken: string[] = []
  for (const part of ['train', 'test'] as const) {
    const pictures = found[part]
    if (pictures?.kind === 'files') broken.push(...(await lookAtFiles(pictures, part, size, look, options)))
    else if (pictures) lookAtPixels(pictures, part, size, look)
  }
  return {
    classes: counts,
    train: counts.reduce((sum, { train }) => sum + train, 0),
    test: counts.reduce((sum, { test }) => sum + test, 0),
    sizes: [...sizes]
      .map(([sides, count]) => ({ width: Number(sides.split(' ')[0]), height: Number(sides.split(' ')[1]), count }))
      .sort((a, b) => b.count - a.count || a.width - b.width || a.height - b.height),
    channels,
    mean: moments.mean,
    deviation: moments.deviation,
    broken,
    notes: found.notes,
    copies: [...byContent.values()].filter(({ length }) => length > 1).map((names) => names.sort()),
  }
}

type TellLook = (look: Look, bytes: Uint8Array, width: number, height: number) => void

async function lookAtFiles(
  { files, labels }: FoundFiles,
  part: Look['part'],
  size: number,
  look: TellLook,
  options: DecodeOptions,
): Promise<string[]> {
  const take = (index: number, { bytes, width, height }: { bytes: Uint8Array; width: number; height: number }) =>
    look({ part, label: labels[index]!, name: files[index]! }, bytes, width, height)
  return [...(await decodeAll(files, { size, margin: 1 }, take, options)).values()]
}

function lookAtPixels(
  { pixels, width, height, channels, labels }: FoundPixels,
  part: Look['part'],
  size: number,
  look: TellLook,
): void {
  const bytes = width * height * channels
  for (const [n, label] of labels.entries()) {
    const own = pixels.subarray(n * bytes, (n + 1) * bytes)
    const square = width === size && height === size ? own : middleOf({ pixels: own, width, height, channels }, size)
    look({ part, label, name: `${part} picture ${n}` }, square, width, height)
  }
}
