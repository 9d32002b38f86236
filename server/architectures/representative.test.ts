// The cells of one architecture: the one that stands for all, and what the benchmark's table says of them.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parseGenotype, PUBLISHED_GENOTYPES, randomGenotype, randomStream } from '@cellboard/engine/facts'
import { canonicalText } from '@cellboard/schema/canonical-cell'
import type { Genotype } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { SPACES } from '@cellboard/schema/spaces'
import { expect, test } from 'vitest'
import { hashOf } from './architecture-id.js'
import { benchmarkCells } from './benchmark-cells.js'
import { tableIn } from './nas-bench-201-table.js'
import { representative } from './representative.js'
import { tabulatedOf } from './tabulated.js'

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url))
const cell = (text: string): Genotype => parseGenotype(text)
/** A convolution of the input, handed on by skips: by way of the second node, or of the first, or of both. */
const ISOMORPHIC = [
  '|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|none~1|skip_connect~2|',
  '|nor_conv_3x3~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|',
  '|skip_connect~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|skip_connect~2|',
]

test('any of the cells has the same hash and is stood for by the same cell', async () => {
  const [first, ...others] = ISOMORPHIC.map(cell)
  const one = await representative(first!)
  // Without skips that only hand on: the convolution alone.
  expect(genotypeText(one)).toBe('|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|')
  for (const other of others) {
    expect(hashOf(other)).toBe(hashOf(first!))
    expect(await representative(other)).toEqual(one)
  }
  const all = (await benchmarkCells(hashOf(first!))).map((one) => genotypeText(one))
  expect(all).toEqual(expect.arrayContaining(ISOMORPHIC))
  expect(hashOf(cell(ISOMORPHIC[0]!.replace('nor_conv_3x3', 'nor_conv_1x1')))).not.toBe(hashOf(first!))
})

test('what stands for a cell is that cell again: of random and of published ones', async () => {
  const random = randomStream(7, 'architectures')
  const spaces = [SPACES.darts, SPACES.s4, SPACES['nas-bench-201']]
  const drawn = spaces.flatMap((space) => Array.from({ length: 10 }, () => randomGenotype(space, random)))
  for (const genotype of [...drawn, ...Object.values(PUBLISHED_GENOTYPES)]) {
    const one = await representative(genotype)
    expect(canonicalText(one)).toBe(canonicalText(genotype))
    expect(await representative(one)).toEqual(one)
  }
})

test('a cell that the benchmark does not have stands for itself', async () => {
  const nodes = Array.from({ length: 5 }, (_, node) =>
    Array.from({ length: node + 1 }, (_, from) => ({ operator: 'nor_conv_3x3' as const, from })),
  )
  const large: Genotype = { space: 'nas-bench-201', normal: nodes }
  expect(await representative(large)).toBe(large)
})

test('without the table nothing is tabulated', async () => {
  expect(await tabulatedOf(hashOf(cell(ISOMORPHIC[0]!)), '/nowhere')).toEqual([])
  expect(await tabulatedOf(hashOf(PUBLISHED_GENOTYPES.DARTS_V2!), DATA)).toEqual([])
})

test.skipIf(!existsSync(DATA))('the table knows the best cell (skipped where it is absent)', async () => {
  // Index 6111, the best on CIFAR-10 (test accuracy 94.37).
  const best = '|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|'
  const found = await tabulatedOf(hashOf(cell(best)), DATA)
  expect(found.map(({ dataset }) => dataset)).toEqual(['cifar10', 'cifar100', 'imagenet16-120'])
  expect(found[0]).toEqual({
    benchmark: 'nas-bench-201',
    ...{ cell: best, dataset: 'cifar10', epochs: 200, accuracy: 0.943733, rank: 1, of: 15_625, percentile: 1 },
  })
  expect(found.map(({ rank }) => rank)).not.toEqual([1, 1, 1])
  const same = await tabulatedOf(hashOf(cell(ISOMORPHIC[0]!)), DATA)
  const ofCifar10 = same.filter(({ dataset }) => dataset === 'cifar10')
  expect(ofCifar10.map((one) => one.cell)).toEqual(expect.arrayContaining(ISOMORPHIC))
  expect(ofCifar10.map(({ rank }) => rank)).toEqual(ofCifar10.map(({ rank }) => rank).sort((a, b) => a - b))
})

test.skipIf(!existsSync(DATA))(
  'cells of one architecture do alike in the benchmark (skipped where it is absent)',
  () => {
    const [head, ...rows] = gunzipSync(readFileSync(tableIn(DATA)))
      .toString()
      .trim()
      .split('\n')
    const place = (name: string) => head!.split(',').indexOf(name)
    const accuracies = new Map<string, number[]>()
    for (const row of rows.map((line) => line.split(','))) {
      const hash = hashOf(cell(row[place('arch')]!))
      accuracies.set(hash, [...(accuracies.get(hash) ?? []), Number(row[place('c10_test_200ep')])])
    }
    const several = [...accuracies.values()].filter((same) => same.length > 1)
    expect([accuracies.size, several.length]).toEqual([6245, 1743])
    // Points on CIFAR-10: no more than seeds make.
    expect(several.reduce((sum, same) => sum + deviation(same), 0) / several.length).toBeCloseTo(0.156, 3)
  },
)

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1))
}
