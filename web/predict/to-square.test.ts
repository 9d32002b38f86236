// A picture comes to a network in the browser as it comes from a file in the engine, where sharp brings it to its size.
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { toGrey, toSquare } from './to-square.js'

/** Smooth in both directions, each colour its own way. */
function picture(width: number, height: number) {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set([(255 * x) / width, (255 * y) / height, 128 + 127 * Math.sin(x / 9 + y / 7), 255], (y * width + x) * 4)
  return { data, width, height }
}

// The last number: the mean difference of a pixel, of 255. libvips enlarges a part of a pixel aside, which smooth colours show most.
it.each([
  ['wide, made smaller', 90, 40, 32, 1, 1.5],
  ['high, made smaller with a margin', 50, 121, 32, 256 / 224, 1.5],
  ['square, as it is', 32, 32, 32, 1, 0],
  ['small, made larger', 12, 20, 32, 1, 4],
])('%s', async (_, width, height, size, margin, most) => {
  const given = picture(width, height)
  const side = Math.round(size * margin)
  const scale = side / Math.min(width, height)
  const [wide, high] = [width, height].map((one) => Math.round(one * scale)) as [number, number]
  const [left, top] = [wide, high].map((one) => Math.round((one - size) / 2)) as [number, number]
  const bytes = await sharp(given.data, { raw: { width, height, channels: 4 } })
    .resize({ width: wide, height: high, fit: 'fill', kernel: 'linear' })
    .extract({ left, top, width: size, height: size })
    .removeAlpha()
    .raw()
    .toBuffer()
  const square = toSquare(given, size, margin)
  expect(square.length).toBe(bytes.length)
  const apart = bytes.reduce((sum, byte, i) => sum + Math.abs(byte - square[i]!), 0) / bytes.length
  expect(apart).toBeLessThanOrEqual(most)
})

it('leaves grey pictures as they are', () => {
  expect([...toGrey(Uint8ClampedArray.of(7, 7, 7, 255, 255, 255, 255, 0, 0))]).toEqual([7, 255, 76])
})
