// Final networks: as many weights as the analytic count says, to the digit, for every published genotype.
import { beforeAll, describe, expect, it } from 'vitest'
import * as tf from '@tensorflow/tfjs-core'
import type { Genotype } from '@cellboard/schema/genotype'
import { pickBackend } from '../backend/pick.js'
import { randomStream } from '../data/random.js'
import { countGenotype } from '../space/cost.js'
import { parseGenotype } from '../space/parse-genotype.js'
import { PUBLISHED_GENOTYPES } from '../space/presets.js'
import type { Chance } from './chance.js'
import { buildFinalNetwork } from './final-network.js'
import { trainingPass } from './final-plan.js'
import { countWeights, initialWeights, sizeOf } from './weights.js'

const plan = { classes: 10, imageChannels: 3, imageSize: 32, poolNorm: false }
const NB201 = [
  '|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|',
  '|none~0|+|none~0|none~1|+|none~0|none~1|none~2|',
]

describe('buildFinalNetwork', () => {
  it('has the 3,349,342 weights of DARTS_V2 with 36 channels and 20 cells, and 476,426 in its auxiliary head', () => {
    const genotype = PUBLISHED_GENOTYPES.DARTS_V2!
    const net = buildFinalNetwork({ ...plan, genotype, cells: 20, channels: 36, auxiliary: true })
    expect(net.parameters).toBe(3_349_342)
    expect(countWeights(net.specs)).toBe(3_349_342 + 476_426)
  })

  const darts = Object.entries(PUBLISHED_GENOTYPES).flatMap(([name, genotype]) =>
    [false, true].map((auxiliary) => ({ name: `${name}, auxiliary head ${auxiliary}`, genotype, auxiliary })),
  )
  it.each(darts)('has the counted weights: $name', ({ genotype, auxiliary }) => {
    for (const poolNorm of [false, true]) {
      const network = { ...plan, genotype, cells: 20, channels: 36, auxiliary, poolNorm }
      expect(countWeights(buildFinalNetwork(network).specs)).toBe(countGenotype(network).parameters)
    }
  })

  it.each(Object.entries(PUBLISHED_GENOTYPES))('has the counted weights on ImageNet: %s', (_, genotype) => {
    const network = {
      ...plan,
      genotype,
      cells: 14,
      channels: 48,
      classes: 1000,
      imageSize: 224,
      stem: 'imagenet',
    } as const
    for (const auxiliary of [false, true]) {
      const net = buildFinalNetwork({ ...network, auxiliary })
      expect(net.parameters).toBe(countGenotype(network).parameters)
      expect(countWeights(net.specs)).toBe(countGenotype({ ...network, auxiliary }).parameters)
    }
  })

  it.each(NB201)('has the counted weights: %s', (text) => {
    const network = { ...plan, genotype: parseGenotype(text), cells: 5, channels: 16, auxiliary: false }
    expect(countWeights(buildFinalNetwork(network).specs)).toBe(countGenotype(network).parameters)
  })

  it('refuses what cannot be built', () => {
    const genotype = PUBLISHED_GENOTYPES.DARTS_V2!
    const network = { ...plan, genotype, cells: 8, channels: 4, auxiliary: true, imageSize: 16 }
    expect(() => buildFinalNetwork(network)).toThrow('Expected maps of 7x7 or 8x8 pixels for the auxiliary head')
    expect(() => buildFinalNetwork({ ...network, genotype: parseGenotype(NB201[0]!), imageSize: 32 })).toThrow(
      'Expected a genotype of space darts for an auxiliary head',
    )
    const imageNet = { ...network, stem: 'imagenet', auxiliary: false } as const
    expect(() => buildFinalNetwork({ ...imageNet, imageSize: 48 })).toThrow('multiple of 32, but received 48')
    expect(() => buildFinalNetwork({ ...imageNet, genotype: parseGenotype(NB201[0]!), imageSize: 64 })).toThrow(
      'Expected a genotype of space darts for an auxiliary head or ImageNet stem',
    )
  })
})

describe('a final network', () => {
  beforeAll(async () => {
    await pickBackend('auto')
  })

  const logitsOf = (genotype: Genotype, chance: Chance = {}) => {
    const net = buildFinalNetwork({ ...plan, genotype, cells: 2, channels: 4, auxiliary: false, imageSize: 16 })
    const flat = initialWeights(net.specs, randomStream(1, 'weights'))
    let at = 0
    const weights = net.specs.map(({ shape }) => tf.tensor(flat.subarray(at, (at += sizeOf(shape))), [...shape]))
    const images = tf.randomNormal<tf.Rank.R4>([2, 16, 16, 3], 0, 1, 'float32', 1)
    const { pass, statistics } = trainingPass(weights, chance)
    const { logits, auxiliary } = net.forward(images, pass)
    expect(auxiliary).toBeNull()
    expect(statistics().shape).toEqual([2, net.norms.reduce((sum, channels) => sum + channels, 0)])
    return { net, logits: logits.arraySync() }
  }

  it('runs cells whose edges are all none: every image gets the same logits', () => {
    const { logits } = logitsOf(parseGenotype(NB201[1]!))
    // The shortcuts of the residual blocks see zeros too, and the batch of zeros normalises to zeros.
    logits[0]!.forEach((logit, i) => expect(logit).toBeCloseTo(logits[1]![i]!, 5))
  })

  it('drops paths image by image', () => {
    const genotype = parseGenotype(NB201[0]!)
    const { net, logits } = logitsOf(genotype)
    expect(net.paths).toBe(3 * 2 * 4) // of six edges one is none, one an identity
    const kept = Array.from({ length: net.paths }, () => [1, 1])
    const whole = logitsOf(genotype, { masks: tf.tensor2d(kept) }).logits
    whole.flat().forEach((logit, i) => expect(logit).toBeCloseTo(logits.flat()[i]!, 5))
    const dropped = tf.tensor2d(kept.with(0, [0, 1]))
    expect(logitsOf(genotype, { masks: dropped }).logits).not.toEqual(whole)
  })
})
