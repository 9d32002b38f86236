// How a training looks at an image: a random crop, mirrored or not, its colours changed; and how it looks at one that measures.
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { autoAugmented } from './auto-augment.js'
import { colourJittered } from './colour-jitter.js'
import { drawBox } from './draw-box.js'
import { heldBytes, type Pictures } from '../pictures.js'
import type { RandomStream } from '../random.js'
import { resample } from './resample.js'
import type { Square } from './square.js'

export interface ViewRules extends Pick<ResolvedTrainingSettings, 'crop' | 'flip' | 'colourJitter' | 'autoAugment'> {
  /** Pixels of black around the image before a padded crop. */
  readonly cropPadding: number
}

/** The image as it is looked at when it measures, [size, size, channels]; may be the held bytes themselves. */
export async function stillPicture(pictures: Pictures, index: number): Promise<Uint8Array> {
  if (pictures.kind === 'held') return heldBytes(pictures, index)
  const { decodeStill } = await import('../own/decode.js')
  return (await decodeStill(pictures.files[index]!, pictures)).bytes
}

/** One training view of an image, [size, size, channels], all that is random in it drawn from `draw`; may be the held bytes themselves. */
export async function trainingPicture(
  pictures: Pictures,
  index: number,
  rules: ViewRules,
  draw: RandomStream,
): Promise<Uint8Array> {
  const whole = rules.crop === 'resized' ? await randomPart(pictures, index, draw) : await stillPicture(pictures, index)
  return augmentImage(whole, pictures, rules, draw)
}

async function randomPart(pictures: Pictures, index: number, draw: RandomStream): Promise<Uint8Array> {
  const { size, channels } = pictures
  if (pictures.kind === 'held') {
    const raster = { pixels: heldBytes(pictures, index), width: size, height: size, channels }
    return resample(raster, drawBox(size, size, draw), size, size)
  }
  const { decodePart } = await import('../own/decode.js')
  return decodePart(pictures.files[index]!, size, draw)
}

/** What is done to an image once it has its size. */
export function augmentImage(image: Uint8Array, shape: Square, rules: ViewRules, draw: RandomStream): Uint8Array {
  const { crop, flip, cropPadding, colourJitter, autoAugment } = rules
  let view = image
  if (crop === 'padded') view = paddedCrop(view, shape, cropPadding, draw)
  if (flip && draw() < 0.5) view = mirrored(view, shape)
  if (colourJitter > 0) view = colourJittered(view, shape, colourJitter, draw)
  if (autoAugment !== 'none') view = autoAugmented(view, shape, autoAugment, draw)
  return view
}

/** A square of the image's size out of the image with `padding` pixels of black around it (torchvision's RandomCrop). */
export function paddedCrop(image: Uint8Array, { size, channels }: Square, padding: number, draw: RandomStream) {
  const offset = () => Math.floor(draw() * (2 * padding + 1)) - padding
  const [top, left] = [offset(), offset()]
  const out = new Uint8Array(image.length)
  const width = (size - Math.abs(left)) * channels
  for (let row = Math.max(0, -top); row < Math.min(size, size - top); row++) {
    const from = ((row + top) * size + Math.max(0, left)) * channels
    out.set(image.subarray(from, from + width), (row * size + Math.max(0, -left)) * channels)
  }
  return out
}

/** Left and right changed over. */
export function mirrored(image: Uint8Array, { size, channels }: Square): Uint8Array {
  const out = new Uint8Array(image.length)
  for (let row = 0, at = 0; row < size; row++)
    for (let column = size - 1; column >= 0; column--) {
      const from = (row * size + column) * channels
      for (let channel = 0; channel < channels; channel++) out[at++] = image[from + channel]!
    }
  return out
}
