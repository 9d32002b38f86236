// Parameters and multiply-adds against published and independently derived numbers, to the digit.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Operator } from '@cellboard/schema/operators'
import { SPACES } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { allCandidates, sameClusters, stageOneCandidates, stageTwoCandidates } from '../../engine/space/candidates.js'
import { countMixedEdge } from '../../engine/space/block-cost.js'
import { countGenotype, countSupernet, estimateMemory } from '../../engine/space/cost.js'
import { parseGenotype } from '../../engine/space/parse-genotype.js'
import { Tally } from '../../engine/space/tally.js'

const { clusters } = SPACES.darts
const stageOne = stageOneCandidates(SPACES.darts, sameClusters(clusters))
const stageTwo = (cluster: number) =>
  stageTwoCandidates(
    SPACES.darts,
    sameClusters(clusters),
    SPACES.darts.edges.map(() => cluster),
    'duplicate',
  )
const darts = (candidates: Operator[][], channels: number, cells: number) =>
  countSupernet({ space: SPACES.darts, channels, cells, classes: 10, candidates })
const named = (name: string, channels: number, cells: number, more: object = {}) =>
  countGenotype({ genotype: parseGenotype(name), channels, cells, classes: 10, ...more })

describe('parameters of DARTS supernets', () => {
  const all = allCandidates(SPACES.darts)
  it.each([
    // NASLib's own unit test asserts the first.
    ['all eight operators', all, 16, 8, 1_930_618],
    ['all eight operators', all, 16, 14, 3_239_674],
    ['all eight operators', all, 16, 20, 4_548_730],
    ['all eight operators', all, 4, 3, 72_854],
    ['all eight operators', all, 8, 5, 394_210],
    ['StacNAS stage 1', stageOne, 16, 8, 927_994],
    ['StacNAS stage 1', stageOne, 16, 14, 1_550_266],
    ['StacNAS stage 1', stageOne, 16, 17, 1_861_402],
    ['StacNAS stage 1', stageOne, 16, 20, 2_172_538],
    ['stage 2, pools everywhere', stageTwo(0), 16, 20, 271_482],
    ['stage 2, skips everywhere', stageTwo(1), 16, 20, 353_402],
    ['stage 2, dilated everywhere', stageTwo(3), 16, 20, 1_683_578],
    ['stage 2, separable everywhere', stageTwo(2), 16, 20, 3_095_674],
  ] as const)('%s, %#', (_, candidates, channels, cells, parameters) => {
    expect(darts(candidates, channels, cells).parameters).toBe(parameters)
  })

  it.each([
    // The first as RobustDARTS' own search log says. none and noise have no weights.
    ['s1', 405_146],
    ['s2', 665_466],
    ['s3', 665_466],
    ['s4', 624_506],
  ] as const)('space %s of Zela et al. 2020, C16 L8', (name, parameters) => {
    expect(countSupernet({ space: SPACES[name], channels: 16, cells: 8, classes: 10 }).parameters).toBe(parameters)
  })

  it('1-skip and 3-skip of DropNAS: pools have no weights, and further skips none but where they halve the image', () => {
    const halving = (width: number) => 8 * width ** 2 // 8 edges of a reduction cell leave its inputs
    const count = (name: 'darts-1-skip' | 'darts-3-skip') =>
      countSupernet({ space: SPACES[name], channels: 16, cells: 8, classes: 10 }).parameters
    expect(count('darts-1-skip')).toBe(1_930_618)
    expect(count('darts-3-skip')).toBe(1_930_618 + 2 * (halving(32) + halving(64)))
  })

  it("the 14 mixed edges of one cell of width 16, as NASLib's unit test asserts", () => {
    const tally = new Tally()
    const place = {
      channels: 16,
      size: 32,
      stride: 1,
      style: { space: 'darts', affine: false, poolNorm: true },
    } as const
    for (const edge of SPACES.darts.edges.filter(({ cell }) => cell === 'normal'))
      countMixedEdge(tally, edge.candidates, place)
    expect(tally.parameters).toBe(44_352)
  })
})

describe('parameters of published cells', () => {
  it.each([
    ['DARTS_V1', 36, 20, {}, 3_169_414],
    ['DARTS_V2', 36, 20, {}, 3_349_342],
    ['DARTS_V2', 36, 20, { auxiliary: true }, 3_349_342 + 476_426],
    ['DARTS_V2', 36, 20, { classes: 100 }, 3_401_272],
    ['DARTS_V2', 36, 20, { classes: 100, auxiliary: true }, 3_401_272 + 545_636],
    ['DARTS_V2', 36, 20, { poolNorm: true }, 3_351_502],
    ['PDARTS', 36, 20, {}, 3_433_798],
    ['PC_DARTS_CIFAR', 36, 20, {}, 3_634_678],
    ['STACNAS_CIFAR10', 36, 20, { poolNorm: true }, 3_715_678],
    ['STACNAS_CIFAR10', 36, 20, {}, 3_714_382],
    ['STACNAS_CIFAR100', 36, 20, { poolNorm: true, classes: 100 }, 4_033_936],
    ['STACNAS_CIFAR100', 36, 20, { poolNorm: true }, 3_982_006],
    ['DARTS_V2', 4, 8, {}, 21_454],
    ['DARTS_V2', 8, 8, {}, 69_618],
    ['DARTS_V2', 16, 8, {}, 246_106],
    ['DARTS_V2', 4, 8, { auxiliary: true }, 21_454 + 410_890],
    ['DARTS_V2', 8, 8, { auxiliary: true }, 69_618 + 419_082],
    ['DARTS_V2', 16, 8, { auxiliary: true }, 246_106 + 435_466],
  ] as const)('%s, C%i L%i %j', (name, channels, cells, more, parameters) => {
    expect(named(name, channels, cells, more).parameters).toBe(parameters)
  })

  it.each([
    ['DARTS_V2', {}, 4_718_752],
    ['PDARTS', {}, 4_944_352],
    ['PC_DARTS_IMAGE', {}, 5_342_464],
    ['STACNAS_CIFAR10', {}, 5_243_008],
    ['STACNAS_CIFAR100', {}, 5_601_664],
    ['STACNAS_IMAGENET', {}, 5_715_040],
  ] as const)('%s on ImageNet, C48 L14', (name, more, parameters) => {
    expect(named(name, 48, 14, { classes: 1000, stem: 'imagenet', ...more }).parameters).toBe(parameters)
  })
})

describe('multiply-adds, millions, convolutions and linear layers', () => {
  const millions = (cost: { multiplyAdds: number }, digits = 1) => Number((cost.multiplyAdds / 1e6).toFixed(digits))
  it.each([
    ['DARTS_V1', 501.0],
    ['DARTS_V2', 528.4],
    ['PDARTS', 532.2],
    ['PC_DARTS_CIFAR', 556.7],
    ['STACNAS_CIFAR10', 575.1],
    ['STACNAS_CIFAR100', 611.4],
  ] as const)('%s on CIFAR, C36 L20', (name, expected) => {
    expect(millions(named(name, 36, 20))).toBe(expected)
  })
  it.each([
    ['DARTS_V1', 505.9],
    ['DARTS_V2', 529.9],
    ['PDARTS', 542.8],
    ['PC_DARTS_IMAGE', 581.6],
    ['STACNAS_CIFAR10', 579.2],
    ['STACNAS_CIFAR100', 615.1],
    ['STACNAS_IMAGENET', 615.8],
  ] as const)('%s on ImageNet, C48 L14', (name, expected) => {
    expect(millions(named(name, 48, 14, { classes: 1000, stem: 'imagenet' }))).toBe(expected)
  })
  it.each([
    // 544.59 is what a user measured with ptflops (quark0/darts#46); 557 and 597 are published.
    ['DARTS_V1', 519.8],
    ['DARTS_V2', 544.6],
    ['PDARTS', 557.4],
    ['PC_DARTS_IMAGE', 597.2],
    ['STACNAS_CIFAR10', 595.1],
    ['STACNAS_CIFAR100', 632.0],
    ['STACNAS_IMAGENET', 632.8],
  ] as const)('%s on ImageNet, C48 L14, with normalisations, ReLU and pools', (name, expected) => {
    const { operations } = named(name, 48, 14, { classes: 1000, stem: 'imagenet' })
    expect(Number((operations / 1e6).toFixed(1))).toBe(expected)
  })
  it('supernets, C16', () => {
    expect(millions(darts(allCandidates(SPACES.darts), 16, 8), 0)).toBe(300)
    expect(millions(darts(stageOne, 16, 14), 0)).toBe(239)
    const second = [0, 1, 2, 3].map((cluster) => millions(darts(stageTwo(cluster), 16, 20), 0))
    expect([Math.min(...second), Math.max(...second)]).toEqual([46, 515])
  })
})

describe('memory of supernets at batch 64', () => {
  const memory = (candidates: Operator[][], cells: number) =>
    estimateMemory({ ...darts(candidates, 16, cells), batch: 64 })
  const all = allCandidates(SPACES.darts)
  const whole = memory(all, 8)
  it('is near the 10 to 11 GB that the DARTS supernet takes', () => {
    expect(whole / 2 ** 30).toBeGreaterThan(10)
    expect(whole / 2 ** 30).toBeLessThan(11.5)
  })
  it.each([
    ['stage 1 at 14 cells', stageOne, 14, 1.03],
    ['stage 1 at 20 cells', stageOne, 20, 1.48],
    ['stage 2, separable everywhere', stageTwo(2), 20, 1.36],
    ['stage 2, skips everywhere', stageTwo(1), 20, 0.47],
    ['all operators at 14 cells', all, 14, 1.81],
    ['all operators at 20 cells', all, 20, 2.62],
  ])('in proportion to that: %s', (_, candidates, cells, ratio) => {
    expect(Math.abs(memory(candidates, cells) / whole - ratio)).toBeLessThan(0.08)
  })
})

describe('nas-bench-201', () => {
  // Dong & Yang 2020 publish millions; these are units, exact.
  const parameters = (ones: number, threes: number) => 73_306 + 28_000 * ones + 243_040 * threes
  const multiplyAdds = (ones: number, threes: number) => 7_783_050 + 3_932_160 * ones + 35_389_440 * threes
  const count = (text: string) => {
    const { parameters, multiplyAdds } = countGenotype({
      genotype: parseGenotype(text),
      channels: 16,
      cells: 5,
      classes: 10,
    })
    return { parameters, multiplyAdds }
  }
  const ones = (text: string) => text.split('nor_conv_1x1').length - 1
  const threes = (text: string) => text.split('nor_conv_3x3').length - 1
  const expected = (text: string) => ({
    parameters: parameters(ones(text), threes(text)),
    multiplyAdds: multiplyAdds(ones(text), threes(text)),
  })

  it('every one of the 15,625 cells follows the published formula', () => {
    const operators = SPACES['nas-bench-201'].candidates
    const wrong: string[] = []
    for (let cell = 0; cell < 5 ** 6; cell++) {
      const [a, b, c, d, e, f] = Array.from({ length: 6 }, (_, edge) => operators[Math.floor(cell / 5 ** edge) % 5])
      const text = `|${a}~0|+|${b}~0|${c}~1|+|${d}~0|${e}~1|${f}~2|`
      const counted = count(text)
      const { parameters, multiplyAdds } = expected(text)
      if (counted.parameters !== parameters || counted.multiplyAdds !== multiplyAdds) wrong.push(text)
    }
    expect(wrong).toEqual([])
  })

  const table = fileURLToPath(new URL('../../../shared/data/nas-bench-201/nb201_accuracy.csv.gz', import.meta.url))
  it.skipIf(!existsSync(table))('and the benchmark table itself says the same (skipped where it is absent)', () => {
    const [header, ...rows] = gunzipSync(readFileSync(table)).toString().trim().split('\n')
    const column = (name: string) => header!.split(',').indexOf(name)
    const [cell, millions, flops] = [column('arch'), column('c10_params_m'), column('c10_flops_m_computed')]
    const wrong = rows.filter((row) => {
      const values = row.split(',')
      const counted = count(values[cell]!)
      return (
        counted.parameters !== Math.round(Number(values[millions]) * 1e6) ||
        counted.multiplyAdds !== Math.round(Number(values[flops]) * 1e6)
      )
    })
    expect(rows).toHaveLength(15_625)
    expect(wrong).toEqual([])
  })

  it('its supernet: convolutions of all cells, and scale and offset only in stem and tail', () => {
    // By hand, C16, one cell a stage. Edges: 6 (1x1 + 3x3) = 60 c^2 with c = 16, 32, 64; residual blocks 14336 and 57344 without
    // scale and offset; stem 432 + 32; tail 128; linear 650.
    const edges = 60 * (16 ** 2 + 32 ** 2 + 64 ** 2)
    const { parameters } = countSupernet({ space: SPACES['nas-bench-201'], channels: 16, cells: 1, classes: 10 })
    expect(parameters).toBe(edges + 14_336 + 57_344 + 464 + 128 + 650)
  })
})
