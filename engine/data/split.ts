// Which images a search trains on and which it measures with: a seeded draw, the same share of every class as far as it goes.
import { takeImages, type Images } from './images.js'
import { randomStream, shuffle } from './random.js'

interface Split {
  /** How many to take of all there are. */
  images: number
  trainShare: number
  seed: number
}

/** As `splitIndices`, the images themselves. */
export function splitImages(images: Images, split: Split): { train: Images; validation: Images } {
  const { train, validation } = splitIndices(images, split)
  return {
    train: train.length === images.count ? images : takeImages(images, train),
    validation: takeImages(images, validation),
  }
}

/**
 * Draws `images` of the images (all when there are not so many) and gives the first `trainShare` of them, rounded down, to `train`,
 * the rest to `validation` (empty when `trainShare` is 1). Every class comes in turn until it is used up, so that both parts
 * hold equal numbers of each class where the data set does; the seed decides which images of a class come first.
 * @returns indices of the images; all of them in their own order where all train
 */
export function splitIndices(
  { labels, classes }: { labels: ArrayLike<number>; classes: number },
  { images: wanted, trainShare, seed }: Split,
): { train: Int32Array; validation: Int32Array } {
  const count = Math.min(wanted, labels.length)
  const drawn = drawInTurn(labels, classes, count, seed)
  const trained = Math.floor(count * trainShare)
  const train = trained === labels.length ? Int32Array.from(labels, (_, i) => i) : drawn.subarray(0, trained)
  return { train, validation: drawn.subarray(trained) }
}

function drawInTurn(labels: ArrayLike<number>, classes: number, count: number, seed: number): Int32Array {
  const members: number[][] = Array.from({ length: classes }, () => [])
  for (let i = 0; i < labels.length; i++) members[labels[i]!]!.push(i)
  members.forEach((indices, label) => shuffle(indices, randomStream(seed, 'split', label)))
  const drawn = new Int32Array(count)
  for (let round = 0, taken = 0; taken < count; round++)
    for (const indices of members) if (round < indices.length && taken < count) drawn[taken++] = indices[round]!
  return drawn
}

/**
 * Sets a share of each class aside to test on: at least one image, and one is left at least.
 * @returns indices of the images, ascending; null where a class has only one
 */
export function takeTestPart(
  { labels, classes }: { labels: ArrayLike<number>; classes: number },
  testShare: number,
  seed: number,
): { rest: Int32Array; test: Int32Array } | null {
  const members: number[][] = Array.from({ length: classes }, () => [])
  for (let i = 0; i < labels.length; i++) members[labels[i]!]!.push(i)
  if (members.some(({ length }) => length === 1)) return null
  const tested = members.flatMap((indices, label) => {
    const count = Math.min(indices.length - 1, Math.max(1, Math.round(indices.length * testShare)))
    return shuffle(indices, randomStream(seed, 'test', label)).slice(0, count)
  })
  const isTested = new Set(tested)
  const rest = Int32Array.from(labels, (_, i) => i).filter((i) => !isTested.has(i))
  return { rest, test: Int32Array.from(tested).sort() }
}
