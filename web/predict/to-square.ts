// Brings a picture to a network's size as its test images were: the shorter side first, by a triangle filter that widens where it
// shrinks, then the middle cut out. What the engine does with files (its decodeStill), on pixels.

/** Pixels row by row, [height, width, 4]: red, green, blue, and a fourth that is not looked at. */
export interface Pixels {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** @param margin how much larger than `size` the shorter side is made before the middle is cut out; @returns [size, size, 3], 0 to 255 */
export function toSquare({ data, width, height }: Pixels, size: number, margin: number): Uint8ClampedArray {
  const side = Math.round(size * margin)
  const scale = side / Math.min(width, height)
  const across = middleTaps(width, Math.max(side, Math.round(width * scale)), size)
  const down = middleTaps(height, Math.max(side, Math.round(height * scale)), size)
  const narrow = new Float32Array(height * size * 3)
  for (let row = 0; row < height; row++)
    across.forEach(({ first, weights }, column) => {
      for (let channel = 0; channel < 3; channel++)
        narrow[(row * size + column) * 3 + channel] = weighed(data, (row * width + first) * 4 + channel, 4, weights)
    })
  const square = new Uint8ClampedArray(size * size * 3)
  const line = size * 3
  down.forEach(({ first, weights }, row) => {
    for (let at = 0; at < line; at++) square[row * line + at] = weighed(narrow, first * line + at, line, weights)
  })
  return square
}

interface Taps {
  readonly first: number
  readonly weights: Float64Array
}

/** For the middle `size` of `to` new pixels the old ones that each is a mean of, and what each of these counts. */
function middleTaps(from: number, to: number, size: number): Taps[] {
  const scale = from / to
  const reach = Math.max(1, scale)
  const skipped = Math.round((to - size) / 2)
  return Array.from({ length: size }, (_, i) => {
    const middle = (skipped + i + 0.5) * scale
    const first = Math.max(0, Math.floor(middle - reach + 0.5))
    const last = Math.min(from, Math.floor(middle + reach + 0.5))
    const weights = Float64Array.from({ length: last - first }, (_, k) =>
      Math.max(0, 1 - Math.abs((first + k + 0.5 - middle) / reach)),
    )
    const sum = weights.reduce((a, b) => a + b, 0)
    return { first, weights: weights.map((weight) => weight / sum) }
  })
}

function weighed(values: ArrayLike<number>, from: number, step: number, weights: Float64Array): number {
  let sum = 0
  for (let k = 0; k < weights.length; k++) sum += values[from + k * step]! * weights[k]!
  return sum
}

/** Luminance of ITU-R BT.601, as the engine makes pictures grey: [size, size, 3] to [size, size, 1]. */
export const toGrey = (square: Uint8ClampedArray): Uint8ClampedArray =>
  Uint8ClampedArray.from({ length: square.length / 3 }, (_, i) =>
    Math.round(0.299 * square[3 * i]! + 0.587 * square[3 * i + 1]! + 0.114 * square[3 * i + 2]!),
  )
