// What changes the colours of an image of bytes; each gives new bytes. The rules are Pillow's (ImageEnhance, ImageOps), rounding included.
import type { Square } from './square.js'

/** Colour by colour, each byte by a table of 256; one table serves all colours. */
function mapBytes(image: Uint8Array, tables: readonly Uint8ClampedArray[]): Uint8Array {
  const channels = tables.length
  const out = new Uint8Array(image.length)
  for (let at = 0; at < image.length;)
    for (let channel = 0; channel < channels; channel++, at++) out[at] = tables[channel]![image[at]!]!
  return out
}

const table = (value: (byte: number) => number): Uint8ClampedArray =>
  Uint8ClampedArray.from({ length: 256 }, (_, byte) => Math.trunc(value(byte)))

export const inverted = (image: Uint8Array): Uint8Array => mapBytes(image, [table((byte) => 255 - byte)])

/** @param bits that are kept of each byte, 0 to 8 */
export const posterized = (image: Uint8Array, bits: number): Uint8Array =>
  mapBytes(image, [table((byte) => byte & (256 - 2 ** (8 - bits)))])

/** Inverts what is at least as bright as the threshold. */
export const solarized = (image: Uint8Array, threshold: number): Uint8Array =>
  mapBytes(image, [table((byte) => (byte < threshold ? byte : 255 - byte))])

/**
 * Between `far` (share 0) and the byte (1), or beyond it, to the next whole number towards 0. In floats of 32 bits as Pillow does, which
 * tells where the sum is near a whole number.
 */
const mix = (far: number, byte: number, share: number): number =>
  Math.max(0, Math.min(255, Math.trunc(Math.fround(far + Math.fround(share * (byte - far))))))

/** ITU-R 601 luma in Pillow's whole numbers. */
const lumaAt = (image: Uint8Array, at: number, channels: number): number =>
  channels === 1 ? image[at]! : (image[at]! * 19595 + image[at + 1]! * 38470 + image[at + 2]! * 7471 + 0x8000) >> 16

export const brightened = (image: Uint8Array, factor: number): Uint8Array => towards(0, image, factor)

function towards(far: number, image: Uint8Array, factor: number): Uint8Array {
  const share = Math.fround(factor)
  return mapBytes(image, [table((byte) => mix(far, byte, share))])
}

export function contrasted(image: Uint8Array, { channels }: Square, factor: number): Uint8Array {
  let sum = 0
  for (let at = 0; at < image.length; at += channels) sum += lumaAt(image, at, channels)
  return towards(Math.floor(sum / (image.length / channels) + 0.5), image, factor)
}

export function saturated(image: Uint8Array, { channels }: Square, factor: number): Uint8Array {
  const out = new Uint8Array(image.length)
  const share = Math.fround(factor)
  for (let at = 0; at < image.length;) {
    const luma = lumaAt(image, at, channels)
    for (let channel = 0; channel < channels; channel++, at++) out[at] = mix(luma, image[at]!, share)
  }
  return out
}

/** Between the image under a 3x3 mean that counts the middle five times, and itself; pixels at the border stay. */
export function sharpened(image: Uint8Array, { size, channels }: Square, factor: number): Uint8Array {
  const line = size * channels
  const out = Uint8Array.from(image)
  const share = Math.fround(factor)
  for (let row = 1; row < size - 1; row++)
    for (let at = row * line + channels; at < (row + 1) * line - channels; at++) {
      let sum = 4 * image[at]!
      for (let near = at - line; near <= at + line; near += line)
        sum += image[near - channels]! + image[near]! + image[near + channels]!
      out[at] = mix(Math.floor(sum / 13 + 0.5), image[at]!, share)
    }
  return out
}

function histograms(image: Uint8Array, channels: number): Uint32Array[] {
  const counts = Array.from({ length: channels }, () => new Uint32Array(256))
  for (let at = 0; at < image.length;)
    for (let channel = 0; channel < channels; channel++, at++) counts[channel]![image[at]!]!++
  return counts
}

const SAME = table((byte) => byte)

/** Spreads each colour from its darkest and brightest over 0 to 255. */
export function autoContrasted(image: Uint8Array, { channels }: Square): Uint8Array {
  const tables = histograms(image, channels).map((counts) => {
    const low = counts.findIndex((count) => count > 0)
    const high = counts.findLastIndex((count) => count > 0)
    if (high <= low) return SAME
    const scale = 255 / (high - low)
    return table((byte) => byte * scale - low * scale)
  })
  return mapBytes(image, tables)
}

/** Makes all values of a colour about equally frequent. */
export function equalized(image: Uint8Array, { channels }: Square): Uint8Array {
  const tables = histograms(image, channels).map((counts) => {
    const last = counts.findLast((count) => count > 0)!
    const step = Math.floor((image.length / channels - last) / 255)
    if (step === 0) return SAME
    let below = Math.floor(step / 2)
    return table((byte) => {
      const value = Math.floor(below / step)
      below += counts[byte]!
      return value
    })
  })
  return mapBytes(image, tables)
}

/** Turns hues by a share of the whole circle, -0.5 to 0.5; an image of one colour has none. */
export function hueTurned(image: Uint8Array, { channels }: Square, turn: number): Uint8Array {
  if (channels === 1) return image
  const out = new Uint8ClampedArray(image.length)
  for (let at = 0; at < image.length; at += 3) {
    const red = image[at]!
    const green = image[at + 1]!
    const blue = image[at + 2]!
    const most = Math.max(red, green, blue)
    const spread = most - Math.min(red, green, blue)
    const hue = 6 * turn + sixthsOf(red, green, blue, most, spread)
    out[at] = most - spread * lackAt(hue + 5)
    out[at + 1] = most - spread * lackAt(hue + 3)
    out[at + 2] = most - spread * lackAt(hue + 1)
  }
  return new Uint8Array(out.buffer)
}

/** How much of a colour is missing around the circle, 0 to 1: a trapezoid, the same for each colour a third further (HSV to RGB). */
function lackAt(sixths: number): number {
  const place = sixths - 6 * Math.floor(sixths / 6)
  return Math.max(0, Math.min(place, 4 - place, 1))
}

/** The hue in sixths of the circle from red on. */
function sixthsOf(red: number, green: number, blue: number, most: number, spread: number): number {
  if (spread === 0) return 0
  if (most === red) return (green - blue) / spread
  return most === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread
}
