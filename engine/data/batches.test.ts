// Batches against what they must be made of: every image once, crops and mirrors that can be recomputed, the same again by seed.
import { describe, expect, it } from 'vitest'
import { epochBatches, type EpochOptions } from './batches.js'
import type { Images } from './images.js'

/** Image n: its pixel at (row, column), colour k is 16 n + 4 row + column + k, so that each says where it came from. */
function numbered(count: number, channels = 1, size = 4): Images {
  const pixels = new Uint8Array(count * size * size * channels)
  pixels.forEach((_, at) => {
    const pixel = Math.floor(at / channels)
    pixels[at] = (pixel % 256) + (at % channels)
  })
  return { pixels, labels: Uint8Array.from({ length: count }, (_, n) => n % 10), count, size, channels, classes: 10 }
}

const bytes = { mean: [0, 0, 0], deviation: [1 / 255, 1 / 255, 1 / 255] } // leaves pixels as bytes
const options: EpochOptions = {
  batch: 4,
  seed: 6,
  stage: 1,
  epoch: 1,
  augment: false,
  facts: { ...bytes, cropPadding: 1, flip: true },
}
const epoch = (images: Images, change: Partial<EpochOptions> = {}) => [
  ...epochBatches(images, { ...options, ...change }),
]
const rounded = (x: Float32Array) => Array.from(x, Math.round)

describe('epochBatches', () => {
  it('takes every image once with its label, and drops a last smaller batch', () => {
    const images = numbered(11)
    const batches = epoch(images)
    expect(batches).toHaveLength(2)
    const seen = batches.flatMap(({ x, y }) => Array.from(y, (label, i) => ({ label, first: Math.round(x[i * 16]!) })))
    expect(new Set(seen.map(({ first }) => first)).size).toBe(8)
    for (const { label, first } of seen) expect(label).toBe((first / 16) % 10)
  })

  it('gives the same for the same seed, and another order for another seed, stage or epoch', () => {
    const images = numbered(12)
    const once = epoch(images, { augment: true })
    expect(epoch(images, { augment: true })).toEqual(once)
    for (const change of [{ seed: 7 }, { stage: 2 }, { epoch: 2 }])
      expect(epoch(images, { augment: true, ...change })).not.toEqual(once)
  })

  it('takes a given order as it is', () => {
    const [batch] = epoch(numbered(12), { order: Int32Array.of(7, 3, 3, 0) })
    expect([...batch!.y]).toEqual([7, 3, 3, 0])
    expect(rounded(batch!.x.subarray(0, 3))).toEqual([112, 113, 114])
  })

  it('normalises each colour by its own mean and deviation', () => {
    const images = numbered(1, 3)
    const facts = { mean: [0.5, 0.25, 0], deviation: [0.5, 2, 1], cropPadding: 0, flip: false }
    const [batch] = epoch(images, { batch: 1, facts, order: Int32Array.of(0) })
    const expected = Array.from(images.pixels, (byte, i) => (byte / 255 - facts.mean[i % 3]!) / facts.deviation[i % 3]!)
    expect(Array.from(batch!.x)).toEqual(expected.map((value) => expect.closeTo(value, 5) as unknown))
  })

  it('crops and mirrors: each image is one of the views that padding and mirror allow, and all of them occur', () => {
    const images: Images = { ...numbered(1), pixels: Uint8Array.from({ length: 16 }, (_, i) => i + 1) }
    const views = new Map<string, string>()
    for (const mirrored of [false, true])
      for (const top of [-1, 0, 1])
        for (const left of [-1, 0, 1]) {
          const view = Array.from({ length: 16 }, (_, i) => {
            const [row, column] = [Math.floor(i / 4), i % 4]
            const [y, x] = [row + top, (mirrored ? 3 - column : column) + left]
            return y < 0 || y > 3 || x < 0 || x > 3 ? 0 : 4 * y + x + 1
          })
          views.set(view.join(), `${top} ${left} ${mirrored}`)
        }
    const order = new Int32Array(600)
    const seen = epoch(images, { batch: 600, augment: true, order })[0]!.x
    const names = Array.from({ length: 600 }, (_, i) => views.get(rounded(seen.subarray(16 * i, 16 * i + 16)).join()))
    expect(names).not.toContain(undefined)
    expect(new Set(names).size).toBe(18)
  })

  it('never mirrors where that changes the class', () => {
    const images = numbered(1)
    const facts = { ...bytes, cropPadding: 0, flip: false }
    const [batch] = epoch(images, { batch: 64, augment: true, facts, order: new Int32Array(64) })
    for (let i = 0; i < 64; i++) expect(batch!.x.subarray(16 * i, 16 * i + 16)).toEqual(batch!.x.subarray(0, 16))
    expect(rounded(batch!.x.subarray(0, 16))).toEqual(Array.from(images.pixels))
  })

  it('cuts a square out of each image, its middle on any pixel, an odd side taken as the even one below', () => {
    const images: Images = { ...numbered(1, 2, 6), pixels: new Uint8Array(72).fill(200) }
    const { x } = epoch(images, { batch: 600, order: new Int32Array(600), cutout: 3 })[0]!
    const pixels = Array.from({ length: 36 }, (_, pixel) => pixel)
    const seen = new Set<string>()
    for (let n = 0; n < 600; n++) {
      const gone = pixels.filter((pixel) => x[72 * n + 2 * pixel] === 0)
      expect(pixels.filter((pixel) => x[72 * n + 2 * pixel + 1] === 0)).toEqual(gone) // in every colour
      seen.add(gone.join())
    }
    const squares = pixels.map((middle) => {
      const [row, column] = [Math.floor(middle / 6), middle % 6]
      const inside = (pixel: number) =>
        [row - 1, row].includes(Math.floor(pixel / 6)) && [column - 1, column].includes(pixel % 6)
      return pixels.filter(inside).join()
    })
    expect(seen).toEqual(new Set(squares))
  })

  it('crops and mirrors alike with and without a cutout', () => {
    const order = new Int32Array(100)
    const plain = epoch(numbered(1, 1, 8), { batch: 100, augment: true, order })[0]!.x
    const cut = epoch(numbered(1, 1, 8), { batch: 100, augment: true, order, cutout: 4 })[0]!.x
    expect(cut.every((value, i) => value === plain[i] || value === 0)).toBe(true)
    expect(cut).not.toEqual(plain)
  })
})
