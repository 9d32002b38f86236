// Gradient confusion: hand-computed statistics, chunks that change nothing, gradients captured as eager.
import * as tf from '@tensorflow/tfjs-core'
import { SPACES } from '@cellboard/schema/spaces'
import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { gaussian, randomStream } from '../data/random.js'
import { capture, type PureFunction } from '../graph/capture.js'
import { FINAL_DEFAULTS } from '../learning/final-training.js'
import { buildFinalNetwork } from '../network/final-network.js'
import { buildSupernet } from '../network/supernet.js'
import { initialWeights } from '../network/weights.js'
import { allCandidates } from '../space/candidates.js'
import { parseGenotype } from '../space/parse-genotype.js'
import { confusionOf, finalGradient, gramMatrix, supernetGradient } from './confusion.js'

beforeAll(async () => {
  await pickBackend('auto')
})

describe('confusionOf', () => {
  it('measures three gradients in the plane', () => {
    // (1, 0), (0, 2) and (-3, 3): products 0, -3, 6; cosines 0, -1/sqrt 2, 1/sqrt 2.
    const received = confusionOf([
      [1, 0, -3],
      [0, 4, 6],
      [-3, 6, 18],
    ])
    expect(received.pairs).toBe(3)
    expect(received.minInnerProduct).toBe(-3)
    expect(received.minCosine).toBeCloseTo(-Math.SQRT1_2, 12)
    expect(received.lowCosine).toBeCloseTo(-0.9 * Math.SQRT1_2, 12) // a tenth of the way from the first to the second of three
    expect(received.negativeShare).toBeCloseTo(1 / 3, 12)
  })

  it('gives a gradient of zero the cosine 0, and refuses one batch', () => {
    expect(confusionOf([[0, 0], [0, 5]])).toMatchObject({ minCosine: 0, negativeShare: 0 }) // prettier-ignore
    expect(() => confusionOf([[1]])).toThrow('Expected the gradients of at least 2 batches, but received 1.')
  })
})

describe('gramMatrix', () => {
  const draw = gaussian(randomStream(1, 'gradients'))
  const gradients = Array.from({ length: 5 }, () => Array.from({ length: 40 }, draw))
  const products = gradients.map((a) => gradients.map((b) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)))

  it.each([
    { held: 5, computed: 5, most: 5 },
    { held: 2, computed: 5 + 3 + 1, most: 3 },
    { held: 1, computed: 5 + 4 + 3 + 2 + 1, most: 2 },
  ])('is the same with $held gradients held, and holds no more', async ({ held, computed, most }) => {
    const before = tf.memory().numTensors
    let [calls, peak] = [0, 0]
    const gram = await gramMatrix(
      5,
      (i) => {
        calls++
        const gradient = tf.tensor1d(gradients[i]!)
        peak = Math.max(peak, tf.memory().numTensors - before)
        return gradient
      },
      held,
    )
    gram.flat().forEach((value, i) => expect(value).toBeCloseTo(products.flat()[i]!, 4))
    expect({ calls, peak }).toEqual({ calls: computed, peak: most })
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('the gradients', () => {
  const draw = gaussian(randomStream(2, 'images'))
  const batch = () => [
    tf.tensor4d(Float32Array.from({ length: 4 * 16 * 16 * 3 }, draw), [4, 16, 16, 3]),
    tf.tensor1d([0, 1, 1, 0], 'int32'),
  ]
  const space = 'nas-bench-201'
  const shape = { cells: 1, channels: 4, classes: 2, imageChannels: 3 }
  const genotype = parseGenotype('|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|nor_conv_3x3~0|none~1|skip_connect~2|')

  const check = (fn: PureFunction, inputs: Tensor[]) => {
    const before = tf.memory().numTensors
    const captured = capture(fn, inputs)
    const [graph] = captured.run(inputs)
    captured.dispose()
    const [eager] = tf.tidy(() => fn(inputs))
    expect(graph!.shape).toEqual(inputs[0]!.shape)
    expect(Math.hypot(...graph!.dataSync())).toBeGreaterThan(0.1)
    const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(graph!, eager!))).dataSync()[0])
    expect(difference).toBeLessThan(1e-3)
    tf.dispose([graph!, eager!])
    expect(tf.memory().numTensors).toBe(before)
  }

  it('of a supernet are the same captured and eager', () => {
    const net = buildSupernet({ ...shape, space: SPACES[space], candidates: allCandidates(SPACES[space]) })
    const weights = tf.tensor1d(initialWeights(net.specs, randomStream(2, 'weights')))
    check(supernetGradient(net, 2), [weights, tf.zeros([net.edges, net.widest]), ...batch()])
  })

  it('of a final network are the same captured and eager', () => {
    const net = buildFinalNetwork({ ...shape, genotype, imageSize: 16, auxiliary: false, poolNorm: false })
    const weights = tf.tensor1d(initialWeights(net.specs, randomStream(2, 'weights')))
    check(finalGradient(net, 2, FINAL_DEFAULTS), [weights, ...batch()])
  })
})
