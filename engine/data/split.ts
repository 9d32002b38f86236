// Which images a search trains on and which it measures with: a seeded draw, the same share of every class as far as it goes.
import { takeImages, type Images } from './images.js'
import { randomStream, shuffle } from './random.js'

/**
 * Draws `images` of the images (all when there are not so many) and gives the first `trainShare` of them, rounded down, to `train`,
 * the rest to `validation` (its count is 0 when `trainShare` is 1). Every class comes in turn until it is used up, so that both parts
 * hold equal numbers of each class where the data set does; the seed decides which images of a class come first.
 */
export function splitImages(
  images: Images,
  { images: wanted, trainShare, seed }: { images: number; trainShare: number; seed: number },
): { train: Images; validation: Images } {
  const count = Math.min(wanted, images.count)
  const drawn = drawInTurn(images, count, seed)
  const trained = Math.floor(count * trainShare)
  return {
    train: trained === images.count ? images : takeImages(images, drawn.subarray(0, trained)),
    validation: takeImages(images, drawn.subarray(trained)),
  }
}

function drawInTurn({ labels, classes, count: all }: Images, count: number, seed: number): Int32Array {
  const members: number[][] = Array.from({ length: classes }, () => [])
  for (let i = 0; i < all; i++) members[labels[i]!]!.push(i)
  members.forEach((indices, label) => shuffle(indices, randomStream(seed, 'split', label)))
  const drawn = new Int32Array(count)
  for (let round = 0, taken = 0; taken < count; round++)
    for (const indices of members) if (round < indices.length && taken < count) drawn[taken++] = indices[round]!
  return drawn
}
