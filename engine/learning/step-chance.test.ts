// Chance in a step: drop path grows over the epochs, and each step draws its own, the same again by seed.
import * as tf from '@tensorflow/tfjs-core'
import { SPACES } from '@cellboard/schema/spaces'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { buildSupernet } from '../network/supernet.js'
import { allCandidates } from '../space/candidates.js'
import { dropChance, stepChance } from './step-chance.js'

beforeAll(async () => {
  await pickBackend('cpu')
})

const space = SPACES.s2
const net = buildSupernet({
  space,
  cells: 8,
  channels: 4,
  classes: 10,
  imageChannels: 3,
  candidates: allCandidates(space),
})
const settings = { seed: 6, batch: 64, epochs: 5, dropPath: 0.4 }

describe('dropChance', () => {
  it('grows from 0 to what is set, in even steps', () => {
    const chances = [1, 2, 3, 4, 5].map((epoch) => dropChance(settings, epoch))
    chances.forEach((chance, i) => expect(chance).toBeCloseTo(0.1 * i, 12))
    expect(dropChance({ dropPath: 0.4, epochs: 1 }, 1)).toBe(0.4)
  })
})

describe('stepChance', () => {
  it('has no masks where nothing is dropped, and another seed for each step, stage and search', () => {
    const plain = { ...settings, dropPath: 0 }
    const at = (stage: number, step: number, seed = 6) => stepChance(net, { ...plain, seed }, { stage, epoch: 1, step })
    expect(at(1, 1).masks).toBeUndefined()
    const seeds = [at(1, 1), at(1, 2), at(2, 1), at(1, 1, 7)].map(({ seed }) => seed)
    expect(new Set(seeds).size).toBe(4)
    expect(at(1, 1).seed).toBe(seeds[0])
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 24).toBe(true)
  })

  it('drops edges for some images, as many as the epoch asks for, and holds the mean at 1', () => {
    const masks = (epoch: number, step: number) => stepChance(net, settings, { stage: 1, epoch, step }).masks!
    expect(masks(1, 1).shape).toEqual([8 * 14, 64])
    expect(new Set(masks(1, 1).dataSync())).toEqual(new Set([1]))
    const last = masks(5, 9).dataSync()
    const dropped = last.filter((value) => value === 0).length / last.length
    expect(Math.abs(dropped - 0.4)).toBeLessThan(0.03)
    expect(tf.mean(masks(5, 9)).dataSync()[0]).toBeCloseTo(1, 1)
    expect(masks(5, 9).dataSync()).toEqual(last)
    expect(masks(5, 10).dataSync()).not.toEqual(last)
  })
})
