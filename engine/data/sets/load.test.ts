// Every data set as its files have it, and every way in which files can be wrong.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { DATASETS, type DatasetFacts } from '@cellboard/schema/datasets'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCifar } from './cifar.js'
import { readDigits } from './digits.js'
import { readFashionMnist } from './idx.js'
import type { Images } from '../images.js'
import { checkData, loadDataset } from './load.js'

const folder = mkdtempSync(join(tmpdir(), 'cellboard-data-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const write = (files: Record<string, Uint8Array | string>) => {
  const place = mkdtempSync(join(folder, 'case-'))
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true })
    writeFileSync(join(place, name), bytes)
  }
  return place
}
const refusal = (code: string, ...words: string[]): unknown =>
  expect.objectContaining({ code, message: expect.stringMatching(new RegExp(words.join('.*'))) as unknown })

/** Mean and deviation of each colour, of pixels scaled to [0, 1]. */
function moments({ pixels, channels }: Images): Pick<DatasetFacts, 'mean' | 'deviation'> {
  const mean = new Array<number>(channels).fill(0)
  const square = new Array<number>(channels).fill(0)
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]! / 255
    mean[i % channels]! += value
    square[i % channels]! += value * value
  }
  const count = pixels.length / channels
  return {
    mean: mean.map((sum) => sum / count),
    deviation: square.map((sum, k) => Math.sqrt(sum / count - (mean[k]! / count) ** 2)),
  }
}
function expectMoments(images: Images, facts: DatasetFacts, digits: number) {
  const { mean, deviation } = moments(images)
  facts.mean.forEach((value, k) => expect(mean[k]).toBeCloseTo(value, digits))
  facts.deviation.forEach((value, k) => expect(deviation[k]).toBeCloseTo(value, digits))
}
const perClass = ({ labels, classes }: Images) => {
  const counts = new Array<number>(classes).fill(0)
  for (const label of labels) counts[label]!++
  return counts
}

describe('digits', () => {
  const image = Array.from({ length: 64 }, (_, i) => i % 17).join(',')
  const csv = (...lines: string[]) => gzipSync(['header', ...lines].join('\n') + '\n')
  const digits = (train: Uint8Array) =>
    write({ 'optdigits.tra.csv.gz': train, 'optdigits.tes.csv.gz': csv(`${image},9`) })

  it('ship with the engine, as many of each as UCI lists, with the mean and deviation that normalise them', async () => {
    const { train, test } = await loadDataset('digits', '/nowhere')
    expect(perClass(train)).toEqual([376, 389, 380, 389, 387, 376, 377, 387, 380, 382])
    expect(perClass(test)).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    expectMoments(train, DATASETS.digits, 4)
    expect(checkData('digits', '/nowhere').available).toBe(true)
  })
  it('spread 0 to 16 over 0 to 255', async () => {
    const { train } = await readDigits(digits(csv(`${image},3`)))
    expect([...train.pixels.subarray(0, 17)]).toEqual(Array.from({ length: 17 }, (_, i) => Math.round((i * 255) / 16)))
    expect([...train.labels]).toEqual([3])
  })
  it.each<[string, Uint8Array, ...string[]]>([
    ['a value missing', csv(image), 'line 2', 'received 64'],
    ['a value too large', csv(`${image},1`, `${image},1`.replace('5,6', '5,17')), 'line 3', 'value 7', "'17'"],
    ['a label out of range', csv(`${image},10`), 'line 2, value 65', "'10'"],
    ['no images', csv(), 'there are none'],
    ['a torn file', csv(`${image},3`).subarray(0, 40), 'whole gzip file', '40 bytes'],
  ])('refuse %s', async (_, bytes, ...words) => {
    await expect(readDigits(digits(bytes))).rejects.toEqual(refusal('BAD_DATA', 'optdigits.tra', ...words))
  })
})

describe('fashion-mnist', () => {
  const head = (...numbers: number[]) => {
    const bytes = Buffer.alloc(4 * numbers.length)
    numbers.forEach((number, i) => bytes.writeUInt32BE(number, 4 * i))
    return bytes
  }
  const imagesOf = (count: number, size = 28) =>
    Buffer.concat([head(0x803, count, size, size), Buffer.alloc(count * size * size, 7)])
  const labelsOf = (...labels: number[]) => Buffer.concat([head(0x801, labels.length), Buffer.from(labels)])
  const whole = {
    'train-images-idx3-ubyte': imagesOf(3),
    'train-labels-idx1-ubyte': labelsOf(0, 9, 5),
    't10k-images-idx3-ubyte.gz': gzipSync(imagesOf(1)),
    't10k-labels-idx1-ubyte.gz': gzipSync(labelsOf(2)),
  }

  it('is read from plain and from packed files', async () => {
    const { train, test } = await readFashionMnist(write(whole))
    expect([...train.labels]).toEqual([0, 9, 5])
    expect(train.pixels).toHaveLength(3 * 784)
    expect(train).toMatchObject({ count: 3, size: 28, channels: 1, classes: 10 })
    expect(test.pixels[0]).toBe(7)
  })
  it.each<[string, Uint8Array, ...string[]]>([
    ['train-images-idx3-ubyte', imagesOf(3).subarray(0, 2000), 'Expected 2368 bytes', 'received 2000'],
    ['train-images-idx3-ubyte', Buffer.concat([imagesOf(3), Buffer.alloc(1)]), 'received 2369'],
    ['train-images-idx3-ubyte', imagesOf(3).subarray(0, 9), 'head of 16 bytes', 'has 9'],
    ['train-images-idx3-ubyte', imagesOf(0), 'at least one'],
    ['train-images-idx3-ubyte', labelsOf(1, 2, 3, 4, 5, 6, 7, 8, 9), 'Expected 2051 at byte 0', 'received 2049'],
    ['train-images-idx3-ubyte', imagesOf(3, 32), '28x28', '32x32'],
    ['train-labels-idx1-ubyte', labelsOf(1, 2), 'Expected 3 labels', 'says 2'],
    ['train-labels-idx1-ubyte', labelsOf(1, 2, 10), 'label 2 .byte 10. is 10'],
    ['t10k-images-idx3-ubyte.gz', gzipSync(imagesOf(1)).subarray(0, 20), 'whole gzip file'],
  ])('refuses a faulty %s, %#', async (name, bytes, ...words) => {
    const place = write({ ...whole, [name]: bytes })
    await expect(readFashionMnist(place)).rejects.toEqual(refusal('BAD_DATA', name, ...words))
  })
})

describe('cifar', () => {
  /** Record of a label and planes whose pixel i is i mod 200 plus 0, 20, 40 for red, green, blue. */
  const record = (...labels: number[]) =>
    Buffer.concat([
      Buffer.from(labels),
      ...[0, 20, 40].map((shift) => Buffer.from(Array.from({ length: 1024 }, (_, i) => (i % 200) + shift))),
    ])
  const batches = (change: Record<string, Uint8Array> = {}) => ({
    ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`data_batch_${n}.bin`, record(n)])),
    'test_batch.bin': Buffer.concat([record(7), record(8)]),
    ...change,
  })
  const counts = { train: 5, test: 2 }

  it('10: five files in order, planes turned to pixels', async () => {
    const { train, test } = await readCifar('cifar10', write(batches()), counts)
    expect([...train.labels]).toEqual([1, 2, 3, 4, 5])
    expect([...train.pixels.subarray(3072, 3078)]).toEqual([0, 20, 40, 1, 21, 41])
    expect([...test.labels]).toEqual([7, 8])
    expect(test).toMatchObject({ size: 32, channels: 3, classes: 10 })
  })
  it('100: the fine label is the class', async () => {
    const place = write({ 'train.bin': record(19, 99), 'test.bin': record(0, 42) })
    const { train, test } = await readCifar('cifar100', place, { train: 1, test: 1 })
    expect([train.labels[0], test.labels[0], train.classes]).toEqual([99, 42, 100])
  })
  it.each<[string, string, Uint8Array, ...string[]]>([
    ['a torn file', 'data_batch_3.bin', record(1).subarray(0, 3000), 'Expected 3073 bytes', 'received 3000, 0.98'],
    ['a file short of records', 'test_batch.bin', record(1), 'Expected 6146 bytes, 2 records', '1.00 records'],
    ['a label out of range', 'test_batch.bin', Buffer.concat([record(1), record(10)]), 'record 1 .byte 3073. has 10'],
  ])('refuses %s', async (_, name, bytes, ...words) => {
    const reading = readCifar('cifar10', write(batches({ [name]: bytes })), counts)
    await expect(reading).rejects.toEqual(refusal('BAD_DATA', name, ...words))
  })
  it.each<[Uint8Array, ...string[]]>([
    [record(20, 5), 'from 0 to 19', 'byte 0. has 20'],
    [record(3, 100), 'from 0 to 99', 'byte 1. has 100'],
  ])('100 refuses labels out of range, %#', async (bytes, ...words) => {
    const place = write({ 'train.bin': bytes, 'test.bin': record(0, 0) })
    await expect(readCifar('cifar100', place, { train: 1, test: 1 })).rejects.toEqual(refusal('BAD_DATA', ...words))
  })
  it('holds the official files to their official length', async () => {
    const place = write({ 'cifar-100-binary/train.bin': record(0, 0), 'cifar-100-binary/test.bin': record(0, 0) })
    await expect(loadDataset('cifar100', place)).rejects.toEqual(refusal('BAD_DATA', 'Expected 153700000 bytes'))
  })
})

describe('missing files', () => {
  it.each([
    ['fashion-mnist', 'fashion-mnist', 'zalandoresearch'],
    ['cifar10', 'cifar-10-batches-bin', 'cifar.html'],
    ['cifar100', 'cifar-100-binary', 'cifar.html'],
  ] as const)('%s: says which folder, which files and where to get them', async (name, place, origin) => {
    const error = refusal('DATA_NOT_FOUND', join(folder, 'none', place), 'no such folder')
    await expect(loadDataset(name, join(folder, 'none'))).rejects.toEqual(error)
    const check = checkData(name, join(folder, 'none'))
    expect(check).toMatchObject({ available: false, folder: join(folder, 'none', place) })
    expect(check.problem).toContain(origin)
  })
  it('names those that are missing where some are there', async () => {
    const place = write({ 'cifar-100-binary/train.bin': 'x' })
    await expect(loadDataset('cifar100', place)).rejects.toEqual(refusal('DATA_NOT_FOUND', 'test.bin is not there'))
    expect(
      checkData('cifar100', write({ 'cifar-100-binary/train.bin': 'x', 'cifar-100-binary/test.bin': 'x' })),
    ).toEqual({
      available: true,
      folder: expect.stringContaining('cifar-100-binary') as unknown,
    })
  })
})

const real = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
describe.skipIf(!existsSync(real))('the real files (skipped where they are absent)', () => {
  beforeAll(() => {
    execFileSync(process.execPath, [join(real, 'expand-cifar10.mjs'), folder])
  }, 120_000)
  it('Fashion-MNIST: counts, classes, mean and deviation', async () => {
    const { train, test } = await loadDataset('fashion-mnist', real)
    expect([perClass(train), perClass(test)]).toEqual([new Array(10).fill(6000), new Array(10).fill(1000)])
    expectMoments(train, DATASETS['fashion-mnist'], 3)
  })
  it('CIFAR-10: counts, classes, mean and deviation', async () => {
    const { train, test } = await loadDataset('cifar10', folder)
    expect([perClass(train), perClass(test)]).toEqual([new Array(10).fill(5000), new Array(10).fill(1000)])
    expectMoments(train, DATASETS.cifar10, 4)
  })
})
