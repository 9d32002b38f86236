// What is told of a trained network's mistakes, by hand; their pictures are read back by another decoder.
import sharp from 'sharp'
import { describe, expect, it, test } from 'vitest'
import type { ImageSource } from '../data/training-data.js'
import { png } from './png.js'
import { testReport } from './test-report.js'

const source: ImageSource = {
  count: 5,
  classes: 3,
  labels: Int32Array.of(0, 1, 2, 2, 2),
  picture: (index) => Promise.resolve(Uint8Array.of(index, 10, 20, 30)),
  fileOf: (index) => (index === 2 ? 'cats/two.jpg' : undefined),
}
const of = (truth: number, predicted: number, probability: number) => ({ truth, predicted, probability, loss: 1 })

describe('testReport', () => {
  it('counts who was taken for whom, and shows the surest mistakes first', async () => {
    const verdicts = [of(0, 0, 1), of(1, 1, 0.4), of(2, 1, 0.5), of(2, 0, 0.9), of(2, 1, 0.9)]
    const report = await testReport(verdicts, source, { size: 2, channels: 1 })
    expect(report.confusion).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [1, 2, 0],
    ])
    expect(report.mixedUp).toEqual([
      { truth: 2, predicted: 1, images: 2 },
      { truth: 2, predicted: 0, images: 1 },
    ])
    expect(report.mistakes.map(({ index, file }) => [index, file])).toEqual([
      [3, undefined],
      [4, undefined],
      [2, 'cats/two.jpg'],
    ])
    const { data } = await sharp(Buffer.from(report.mistakes[0]!.picture, 'base64'))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([...data].filter((_, i) => i % (data.length / 4) === 0)).toEqual([3, 10, 20, 30])
  })

  it('has no matrix of more than 200 classes, and at most 24 mistakes', async () => {
    const many = { ...source, count: 201, classes: 201, labels: Int32Array.from({ length: 201 }, (_, i) => i) }
    const verdicts = Array.from({ length: 201 }, (_, i) => of(i, (i + 1) % 201, i / 201))
    const report = await testReport(verdicts, many, { size: 2, channels: 1 })
    expect(report.confusion).toBeUndefined()
    expect(report.mistakes.map(({ index }) => index)).toEqual(Array.from({ length: 24 }, (_, i) => 200 - i))
    expect(report.mixedUp).toHaveLength(20)
  })
})

test('a picture in colour comes back as it was', async () => {
  const pixels = Uint8Array.from({ length: 5 * 5 * 3 }, (_, i) => (7 * i) % 256)
  const { data, info } = await sharp(await png(pixels, 5, 3))
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 5, height: 5, channels: 3 })
  expect(new Uint8Array(data)).toEqual(pixels)
})
