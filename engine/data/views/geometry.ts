// What moves the pixels of a square image: shears, shifts and turns, each new pixel the nearest old one, grey where there is none.
import type { Square } from './square.js'

/** What comes in from outside of the image (the authors' code for ImageNet, and the ports of the CIFAR policies). */
const GREY = 128

/** Where a new pixel looks: old x = a x + b y + c, old y = d x + e y + f. */
type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

function moved(image: Uint8Array, { size, channels }: Square, [a, b, c, d, e, f]: Affine): Uint8Array {
  const out = new Uint8Array(image.length).fill(GREY)
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const x = Math.floor(a * (column + 0.5) + b * (row + 0.5) + c)
      const y = Math.floor(d * (column + 0.5) + e * (row + 0.5) + f)
      if (x < 0 || y < 0 || x >= size || y >= size) continue
      const [to, from] = [(row * size + column) * channels, (y * size + x) * channels]
      for (let channel = 0; channel < channels; channel++) out[to + channel] = image[from + channel]!
    }
  return out
}

/** @param share of a pixel that each row is shifted further than the one above */
export const shearedX = (image: Uint8Array, shape: Square, share: number): Uint8Array =>
  moved(image, shape, [1, share, 0, 0, 1, 0])
export const shearedY = (image: Uint8Array, shape: Square, share: number): Uint8Array =>
  moved(image, shape, [1, 0, 0, share, 1, 0])

/** @param pixels to the left; whole ones are taken */
export const shiftedX = (image: Uint8Array, shape: Square, pixels: number): Uint8Array =>
  moved(image, shape, [1, 0, Math.trunc(pixels), 0, 1, 0])
export const shiftedY = (image: Uint8Array, shape: Square, pixels: number): Uint8Array =>
  moved(image, shape, [1, 0, 0, 0, 1, Math.trunc(pixels)])

/** @param degrees against the clock, about the middle */
export function turned(image: Uint8Array, shape: Square, degrees: number): Uint8Array {
  const angle = (-degrees * Math.PI) / 180
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  const middle = shape.size / 2
  return moved(image, shape, [
    ...([cosine, sine, middle - middle * cosine - middle * sine] as const),
    ...([-sine, cosine, middle + middle * sine - middle * cosine] as const),
  ])
}
