// Bi-level steps against a toy network in double precision, and a real supernet captured, eager and overfitting.
import * as tf from '@tensorflow/tfjs-core'
import { SPACES } from '@cellboard/schema/spaces'
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { gaussian, randomStream } from '../data/random.js'
import { capture } from '../graph/capture.js'
import { buildSupernet, type Supernet } from '../network/supernet.js'
import { initialWeights } from '../network/weights.js'
import { allCandidates } from '../space/candidates.js'
import { biLevelStep, secondOrder, type Order } from './bi-level.js'
import { stateFromList, stepNumbers } from './one-level.js'

beforeAll(async () => {
  await pickBackend('auto')
})

/** share_0 (x W) + share_1 tanh(x V) of an image of one pixel: smooth, so that differences tell its slopes. */
const FEATURES = 3
const CLASSES = 2
const HALF = FEATURES * CLASSES
const toy: Supernet = {
  specs: [0, 1].map(() => ({ shape: [FEATURES, CLASSES], init: { constant: 0 } })),
  widest: 2,
  edges: 1,
  paths: 0,
  shares: (alphas) => tf.softmax(alphas),
  forward(images, [w, v], alphas) {
    const x = tf.reshape<tf.Rank.R2>(images, [images.shape[0], FEATURES])
    const [first, second] = tf.split(tf.softmax(alphas), 2, 1)
    const bent = tf.tanh(tf.matMul(x, v as Tensor2D))
    return tf.add<Tensor2D>(tf.mul(first!, tf.matMul(x, w as Tensor2D)), tf.mul(second!, bent))
  },
}

interface Examples {
  x: number[][]
  y: number[]
}

/** The toy's loss in double precision. */
function naiveLoss({ x, y }: Examples, weights: number[], alphas: number[]): number {
  const total = alphas.reduce((sum, alpha) => sum + Math.exp(alpha), 0)
  const losses = x.map((row, n) => {
    const logits = Array.from({ length: CLASSES }, (_, c) => {
      const at = (from: number) => row.reduce((sum, value, f) => sum + value * weights[from + f * CLASSES + c]!, 0)
      return (Math.exp(alphas[0]!) * at(0) + Math.exp(alphas[1]!) * Math.tanh(at(HALF))) / total
    })
    return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[y[n]!]!
  })
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}

const slopes = (f: (at: number[]) => number, at: number[]) =>
  at.map((value, i) => (f(at.with(i, value + 1e-4)) - f(at.with(i, value - 1e-4))) / 2e-4)

describe('secondOrder', () => {
  it('gives the slope of the validation loss after a training step, in double precision', () => {
    const draw = gaussian(randomStream(1, 'toy'))
    const list = (length: number) => Array.from({ length }, draw)
    const examples = (): Examples => ({ x: [list(FEATURES), list(FEATURES), list(FEATURES)], y: [0, 1, 1] })
    const [training, validation] = [examples(), examples()]
    const [weights, velocity, alphas] = [list(2 * HALF), list(2 * HALF), [0.3, -0.2]]
    const [rate, momentum, weightDecay] = [0.8, 0.9, 0.05] // a rate so large that the second order is felt

    const moved = (chosen: number[]) => {
      const slope = slopes((w) => naiveLoss(training, w, chosen), weights)
      return weights.map((w, i) => w - rate * (momentum * velocity[i]! + slope[i]! + weightDecay * w))
    }
    const expected = slopes((chosen) => naiveLoss(validation, moved(chosen), chosen), alphas)
    // What would come out if the training step did not follow the alphas.
    const short = slopes((chosen) => naiveLoss(validation, moved(alphas), chosen), alphas)

    const tensors = ({ x, y }: Examples) => ({
      images: tf.tensor4d(x.flat(), [x.length, 1, 1, FEATURES]),
      labels: tf.tensor1d(y, 'int32'),
    })
    const received = secondOrder({
      net: toy,
      classes: CLASSES,
      settings: { momentum, weightDecay },
      state: {
        weights: tf.tensor1d(weights),
        velocity: tf.tensor1d(velocity),
        alphas: tf.tensor2d([alphas]),
      },
      training: tensors(training),
      validation: tensors(validation),
      rate: tf.scalar(rate),
    })
    expect(received.loss.dataSync()[0]).toBeCloseTo(naiveLoss(validation, moved(alphas), alphas), 5)
    // DARTS' difference over 0.01 in the weights is off by about its square.
    received.toAlphas.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 4)
      expect(Math.abs(short[i]! - expected[i]!)).toBeGreaterThan(5e-3)
    })
  })
})

describe.each(['first', 'second'] as const)('biLevelStep, %s order', (order: Order) => {
  const space = 'nas-bench-201'
  const net = buildSupernet({
    space: SPACES[space],
    cells: 1,
    channels: 4,
    classes: 4,
    imageChannels: 3,
    candidates: allCandidates(SPACES[space]),
  })
  const settings = resolveSettings(searchSettingsSchema.parse({}))

  const start = (): Tensor[] => {
    const weights = tf.tensor1d(initialWeights(net.specs, randomStream(2, 'weights')))
    const draw = gaussian(randomStream(2, 'alphas'))
    const alphas = Float32Array.from({ length: net.edges * net.widest }, () => 0.1 * draw())
    const none = () => tf.zeros([net.edges, net.widest])
    return [weights, tf.zerosLike(weights), tf.tensor2d(alphas, [net.edges, net.widest]), none(), none()]
  }
  const images = (seed: number): Tensor4D => {
    const draw = gaussian(randomStream(seed, 'images'))
    return tf.tensor4d(Float32Array.from({ length: 8 * 8 * 8 * 3 }, draw), [8, 8, 8, 3])
  }
  const labels = (): Tensor1D => tf.tensor1d([0, 1, 2, 3, 3, 2, 1, 0], 'int32')

  it('is the same captured and eager, and leaves no tensor behind', () => {
    const step = biLevelStep(net, 4, settings, order)
    const inputs = [...start(), images(1), labels(), images(2), labels(), stepNumbers(0.025, 1, settings)]
    const before = tf.memory().numTensors
    const captured = capture(step, inputs)
    const graph = captured.run(inputs)
    captured.dispose()
    const eager = tf.tidy(() => step(inputs))
    graph.forEach((tensor, i) => {
      const [a, b] = [tensor.dataSync(), eager[i]!.dataSync()]
      // Adam's first step is the sign of the gradient times 3e-4: it is as exact as the gradient is.
      a.forEach((value, k) => expect(value).toBeCloseTo(b[k]!, 4))
    })
    tf.dispose([...graph, ...eager])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('overfits one batch', () => {
    const given = [images(1), labels(), images(1), labels()]
    let state = start()
    const captured = capture(biLevelStep(net, 4, settings, order), [...state, ...given, stepNumbers(0.05, 1, settings)])
    let metrics: ArrayLike<number> = []
    for (let number = 1; number <= 60; number++) {
      const outputs = captured.run([...state, ...given, stepNumbers(0.05, number, settings)])
      metrics = outputs.pop()!.dataSync()
      tf.dispose(state)
      state = outputs
    }
    captured.dispose()
    expect(metrics[1]).toBe(1) // accuracy
    expect(metrics[3]).toBeLessThan(0.5) // the validation loss, of the same images here
    expect(stateFromList(state).alphas.dataSync().every(Number.isFinite)).toBe(true)
  })
})
