// The seeded draw of images: sizes, balance, no image in both parts.
import { describe, expect, it } from 'vitest'
import type { Images } from './images.js'
import { splitImages } from './split.js'

/** One byte an image, its own number; classes in the proportion given, in runs. */
function runs(...counts: number[]): Images {
  const labels = Uint8Array.from(counts.flatMap((count, label) => Array.from({ length: count }, () => label)))
  const count = labels.length
  return { pixels: Uint8Array.from(labels, (_, i) => i), labels, count, size: 1, channels: 1, classes: counts.length }
}
const perClass = ({ labels, classes }: Images) =>
  Array.from({ length: classes }, (_, label) => labels.filter((one) => one === label).length)

describe('splitImages', () => {
  it('gives the images themselves where all train', () => {
    const images = runs(5, 5)
    const { train, validation } = splitImages(images, { images: 1000, trainShare: 1, seed: 1 })
    expect(train).toBe(images)
    expect(validation.count).toBe(0)
  })

  it('balances a small draw over the classes and both parts, and uses no image twice', () => {
    const images = runs(50, 50, 50, 50)
    const { train, validation } = splitImages(images, { images: 40, trainShare: 0.5, seed: 1 })
    expect(perClass(train)).toEqual([5, 5, 5, 5])
    expect(perClass(validation)).toEqual([5, 5, 5, 5])
    expect(new Set([...train.pixels, ...validation.pixels]).size).toBe(40)
    for (const part of [train, validation]) part.pixels.forEach((n, i) => expect(part.labels[i]).toBe(images.labels[n]))
  })

  it('rounds the training part down and fills up from larger classes where one is short', () => {
    const { train, validation } = splitImages(runs(2, 20), { images: 11, trainShare: 0.7, seed: 1 })
    expect(train.count).toBe(7)
    expect(validation.count).toBe(4)
    expect(perClass(train)).toEqual([2, 5])
  })

  it('follows the seed', () => {
    const drawn = (seed: number) => splitImages(runs(40, 40), { images: 20, trainShare: 1, seed }).train.pixels
    expect(drawn(1)).toEqual(drawn(1))
    expect(drawn(2)).not.toEqual(drawn(1))
  })
})
