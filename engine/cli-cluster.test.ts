// `cluster` as it is seen at a terminal: what is printed for people and for programs, over seeds, and what is refused before it trains.
import { engineEventSchema } from '@cellboard/schema/events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { correlationText, dendrogramText } from './cli-dendrogram.js'
import { main } from './cli.js'
import { averageLinkage } from './clustering/linkage.js'

let out = ''
let errors = ''
beforeEach(() => {
  out = errors = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((errors += String(text)), true))
})
afterEach(() => vi.restoreAllMocks())

const SMALL =
  '--space nas-bench-201 --dataset digits --images 32 --batch 16 --channels 2 --clustering-cells 1 --clustering-images 32 --backend cpu'
const cluster = (more: string) => main(['cluster', ...`${SMALL} ${more}`.split(' ')])

describe('cluster', () => {
  test('prints the matrix, the dendrogram, the cut and clusters that a search can be given', async () => {
    expect(await cluster('--clustering-epochs 1')).toBe(0)
    expect(out).toMatch(/^Seed 6: correlation of outputs, mean over 6 edges, 32 images\n/)
    expect(out).toMatch(/\nskip +1\.00 +-?0\.\d\d/)
    expect(out).toMatch(/\nClusters by silhouette.*; silhouettes by number of clusters: 2: /)
    const clusters = /--clusters "(.*)"\n$/.exec(out)![1]!
    expect(clusters.split(/[,;]/).sort()).toEqual(['avg_pool_3x3', 'nor_conv_1x1', 'nor_conv_3x3', 'skip_connect'])
    expect(errors).toMatch(/Stage 0, epoch 1 of 1, step 2 of 2, loss \d/)
    expect(errors).toContain('measuring which operators are alike, 16 of 32 images')
  })

  test('tells programs one line, with how far seeds agree, of supernets that are not trained', async () => {
    expect(await cluster('--clustering-epochs 0 --clustering-cut threshold --seeds 1,2 --json')).toBe(0)
    const told = JSON.parse(out) as { seeds: { seed: number; clusterings: unknown[] }[]; stability: unknown[] }
    expect(told.seeds.map(({ seed }) => seed)).toEqual([1, 2])
    for (const { clusterings } of told.seeds) expect(engineEventSchema.parse(clusterings[0])).toMatchObject({ origin: 'measured', cell: null }) // prettier-ignore
    expect(told.stability).toEqual([{ cell: null, adjustedRandIndex: expect.any(Number) as number }])
  })

  test.each([
    ['given clusters', '--clustering given', 'Expected --clustering average-linkage or k-means'],
    ['seeds that are none', '--seeds one', 'Expected whole numbers with commas between them'],
    ['k-means where no edge offers all', '--space s1 --clustering k-means', 'Expected an edge that offers all operators for k-means'], // prettier-ignore
  ])('refuses %s', async (_, more, sentence) => {
    expect(await main(['cluster', ...more.split(' ')])).toBe(2)
    expect(errors).toContain(sentence)
    expect(out).toBe('')
  })

  test('lists its flags', async () => {
    expect(await main(['cluster', '--help'])).toBe(0)
    expect(out).toContain('--clustering-epochs')
  })
})

test('a dendrogram is drawn by hand', () => {
  const distances = [[0, 0.25, 1], [0.25, 0, 1], [1, 1, 0]] // prettier-ignore
  const drawn = dendrogramText(['sep_conv_3x3', 'sep_conv_5x5', 'skip_connect'], averageLinkage(distances))
  const line = (length: number) => '─'.repeat(length)
  expect(drawn.split('\n')).toEqual([
    `skip       ${line(60)}┐`,
    `${' '.repeat(71)}├ 1.00`,
    `sep conv 3 ${line(15)}┐${' '.repeat(44)}│`,
    `${' '.repeat(26)}├ 0.25 ${line(38)}┘`,
    `sep conv 5 ${line(15)}┘`,
  ])
})

test('a pair that no edge offers together has a dot', () => {
  const text = correlationText({
    operators: ['sep_conv_3x3', 'skip_connect'],
    rho: [[1, 0], [0, 1]], // prettier-ignore
    unseen: [['sep_conv_3x3', 'skip_connect']],
    images: 1,
    edges: 2,
  })
  expect(text.split('\n').at(-1)).toMatch(/^skip +\. +1\.00$/)
})
