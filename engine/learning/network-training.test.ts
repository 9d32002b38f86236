// A network in training: averages of its weights by their rule, and evaluation that counts each image once.
import { beforeAll, describe, expect, it } from 'vitest'
import { DATASETS } from '@cellboard/schema/datasets'
import { pickBackend } from '../backend/pick.js'
import { gaussian, randomStream } from '../data/random.js'
import { buildFinalNetwork } from '../network/final-network.js'
import { initialWeights } from '../network/weights.js'
import { parseGenotype } from '../space/parse-genotype.js'
import { NetworkTraining } from './network-training.js'

const facts = DATASETS.digits
const net = buildFinalNetwork({
  genotype: parseGenotype('|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|none~0|none~1|nor_conv_3x3~2|'),
  ...{ cells: 1, channels: 2, classes: facts.classes, imageChannels: 1, imageSize: 8 },
  ...{ auxiliary: false, poolNorm: false },
})
const draw = gaussian(randomStream(1, 'images'))
const batchOf = (count: number) => ({
  x: Float32Array.from({ length: count * 64 }, draw),
  y: Int32Array.from({ length: count }, (_, i) => i % facts.classes),
})
const begun = (ema: number) =>
  new NetworkTraining(net, facts, { ema }, initialWeights(net.specs, randomStream(1, 'weights')))

beforeAll(async () => {
  await pickBackend('auto')
})

describe('averages of the weights', () => {
  it('follow weights and running statistics by a decay that is less in the first steps, and are what is tested', async () => {
    const training = begun(0.25)
    const batch = batchOf(10)
    let { average, averageRunning } = await training.toHost()
    for (let number = 1; number <= 3; number++) {
      await training.step(batch, { rate: 0.1, number })
      const state = await training.toHost()
      const kept = Math.min(0.25, (1 + number) / (10 + number))
      for (const [before, now, after] of [
        [average!, state.weights!, state.average!],
        [averageRunning!, state.running!, state.averageRunning!],
      ])
        after!.values.forEach((value, i) =>
          expect(value).toBeCloseTo(kept * before!.values[i]! + (1 - kept) * now!.values[i]!, 5),
        )
      ;({ average, averageRunning } = state)
    }
    const tested = await training.tested()
    expect(tested.weights).toEqual(average!.values)
    expect(tested.running).toEqual(averageRunning!.values)
    training.dispose()
  })
})

describe('evaluation', () => {
  it('gives of all images, in batches of any size, what one batch of all gives', async () => {
    const training = begun(0)
    const whole = batchOf(13)
    const part = (from: number, to: number) => ({ x: whole.x.slice(from * 64, to * 64), y: whole.y.slice(from, to) })
    const one = await training.evaluate([whole])
    for (const cut of [
      [part(0, 5), part(5, 10), part(10, 13)],
      [part(0, 2), part(2, 13)],
    ]) {
      const seen: number[] = []
      const many = await training.evaluate(cut, ({ truth }) => seen.push(truth))
      expect(seen).toEqual([...whole.y])
      expect(many.images).toBe(13)
      expect(many.loss).toBeCloseTo(one.loss, 5)
      expect(many.accuracy).toBe(one.accuracy)
    }
    training.dispose()
  })
})
