// Brings pixels in memory to another size: a triangle filter that widens where the picture shrinks, as Pillow's bilinear resize has it.
import type { Box } from './draw-box.js'

/** Pixels row by row, [height, width, channels]. */
export interface Raster {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: number
}

/** The part of a raster inside `box`, brought to [height, width, channels]. */
export function resample(raster: Raster, box: Box, width: number, height: number): Uint8Array {
  const { channels } = raster
  const across = taps(box.width, width)
  const down = taps(box.height, height)
  const narrow = new Uint8Array(box.height * width * channels)
  for (let row = 0; row < box.height; row++)
    for (let column = 0; column < width; column++) {
      const { first, weights } = across[column]!
      const from = ((row + box.top) * raster.width + box.left + first) * channels
      for (let channel = 0; channel < channels; channel++)
        narrow[(row * width + column) * channels + channel] = weighed(raster.pixels, from + channel, channels, weights)
    }
  const out = new Uint8Array(height * width * channels)
  const line = width * channels
  for (let row = 0; row < height; row++) {
    const { first, weights } = down[row]!
    for (let at = 0; at < line; at++) out[row * line + at] = weighed(narrow, first * line + at, line, weights)
  }
  return out
}

/** The middle square of a raster brought to [size, size, channels]: its shorter side becomes `size`. */
export function middleOf(raster: Raster, size: number): Uint8Array {
  const side = Math.min(raster.width, raster.height)
  const box = {
    left: Math.floor((raster.width - side) / 2),
    top: Math.floor((raster.height - side) / 2),
    ...{ width: side, height: side },
  }
  return resample(raster, box, size, size)
}

interface Taps {
  readonly first: number
  readonly weights: Float64Array
}

/** For each new pixel of a line the old ones that it is a mean of, and what each counts. */
function taps(from: number, to: number): Taps[] {
  const scale = from / to
  const reach = Math.max(1, scale)
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * scale
    const first = Math.max(0, Math.floor(middle - reach + 0.5))
    const last = Math.min(from, Math.floor(middle + reach + 0.5))
    const weights = Float64Array.from({ length: last - first }, (_, k) =>
      Math.max(0, 1 - Math.abs((first + k + 0.5 - middle) / reach)),
    )
    const sum = weights.reduce((a, b) => a + b, 0)
    return { first, weights: weights.map((weight) => weight / sum) }
  })
}

function weighed(pixels: Uint8Array, from: number, step: number, weights: Float64Array): number {
  let sum = 0.5
  for (let k = 0; k < weights.length; k++) sum += pixels[from + k * step]! * weights[k]!
  return sum
}
