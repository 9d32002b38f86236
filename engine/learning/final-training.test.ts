// The final network's step: captured as eager, one batch overfitted, and evaluation by what it learned of the images.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { gaussian, randomStream } from '../data/random.js'
import { capture } from '../graph/capture.js'
import { buildFinalNetwork } from '../network/final-network.js'
import { pathMasks } from '../network/chance.js'
import { initialWeights } from '../network/weights.js'
import { parseGenotype } from '../space/parse-genotype.js'
import { PUBLISHED_GENOTYPES } from '../space/presets.js'
import { FINAL_DEFAULTS, finalLogits, finalNumbers, finalStep, freshFinalState } from './final-training.js'
import { verdicts } from './verdict.js'

const CLASSES = 4
const BATCH = 8
const darts = buildFinalNetwork({
  genotype: PUBLISHED_GENOTYPES.DARTS_V2!,
  cells: 3,
  channels: 4,
  classes: CLASSES,
  imageChannels: 3,
  imageSize: 32,
  auxiliary: true,
  poolNorm: false,
})
const imageNet = buildFinalNetwork({
  genotype: PUBLISHED_GENOTYPES.STACNAS_IMAGENET!,
  cells: 3,
  channels: 16, // oneDNN makes no gradient of 1x1 convolutions of stride 2 to 2 or 4 channels on 56 pixels
  classes: CLASSES,
  imageChannels: 3,
  imageSize: 224,
  auxiliary: true,
  poolNorm: false,
  stem: 'imagenet',
})
const deadEnd = buildFinalNetwork({
  genotype: parseGenotype('|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|nor_conv_3x3~0|none~1|skip_connect~2|'),
  cells: 1,
  channels: 4,
  classes: CLASSES,
  imageChannels: 3,
  imageSize: 16,
  auxiliary: false,
  poolNorm: false,
})

const batch = (size: number): Tensor[] => {
  const draw = gaussian(randomStream(1, 'images'))
  const images = Float32Array.from({ length: BATCH * size * size * 3 }, draw)
  return [tf.tensor4d(images, [BATCH, size, size, 3]), tf.tensor1d([0, 1, 2, 3, 3, 2, 1, 0], 'int32')]
}
const start = (net: typeof darts) => freshFinalState(net, initialWeights(net.specs, randomStream(1, 'weights')))

describe('pathMasks', () => {
  it('drops about as many as it is told, and holds the mean at 1', async () => {
    await pickBackend('auto')
    const masks = pathMasks(darts, 1000, 0.2, randomStream(1, 'paths'))
    expect(masks.shape).toEqual([darts.paths, 1000])
    expect(new Set(masks.dataSync())).toEqual(new Set([0, 1.25]))
    expect(tf.mean(masks).dataSync()[0]).toBeCloseTo(1, 1)
  })
})

describe.each([
  { name: 'DARTS_V2 with auxiliary head', net: darts, size: 32 },
  { name: 'a NAS-Bench-201 cell with a dead end', net: deadEnd, size: 16 },
])('finalStep of $name', ({ net, size }) => {
  beforeAll(async () => {
    await pickBackend('auto')
  })

  it('is the same captured and eager, with drop path, and leaves no tensor behind', () => {
    const step = finalStep(net, CLASSES, { ...FINAL_DEFAULTS, labelSmoothing: 0.1 })
    const masks = pathMasks(net, BATCH, 0.3, randomStream(1, 'paths'))
    const inputs = [...start(net), ...batch(size), finalNumbers(0.025, 1), masks]
    const before = tf.memory().numTensors
    const captured = capture(step, inputs)
    const graph = captured.run(inputs)
    captured.dispose()
    const eager = tf.tidy(() => step(inputs))
    graph.forEach((tensor, i) => {
      const [a, b] = [tensor.dataSync(), eager[i]!.dataSync()]
      a.forEach((value, k) => expect(Math.abs(value - b[k]!)).toBeLessThan(1e-3 * Math.max(1, Math.abs(b[k]!))))
    })
    tf.dispose([...graph, ...eager])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('overfits one batch, and evaluation by the running statistics says so too', () => {
    const given = batch(size)
    let state = start(net)
    const numbers = finalNumbers(0.05, 1)
    const captured = capture(finalStep(net, CLASSES, FINAL_DEFAULTS), [...state, ...given, numbers])
    let metrics: ArrayLike<number> = []
    for (let i = 0; i < 80; i++) {
      const outputs = captured.run([...state, ...given, numbers])
      metrics = outputs.pop()!.dataSync()
      tf.dispose(state)
      state = outputs
    }
    captured.dispose()
    expect(metrics[1]).toBe(1)
    const [weights, , running] = state
    const [images, labels] = given
    const evaluation = capture(finalLogits(net), [weights!, running!, images!])
    const logits = evaluation.run([weights!, running!, images!])[0]!.dataSync<'float32'>()
    evaluation.dispose()
    for (const { loss, predicted, truth } of verdicts(logits, { y: labels!.dataSync<'int32'>() }, CLASSES)) {
      expect(predicted).toBe(truth)
      expect(loss).toBeLessThan(0.7)
    }
  })
})

describe('a final network for ImageNet', () => {
  beforeAll(async () => {
    await pickBackend('auto')
  })

  it('trains on images of 224 pixels, and its loss falls', () => {
    const given = [tf.randomNormal([2, 224, 224, 3], 0, 1, 'float32', 1), tf.tensor1d([0, 3], 'int32')]
    const numbers = finalNumbers(0.05, 1)
    let state = start(imageNet)
    const captured = capture(finalStep(imageNet, CLASSES, FINAL_DEFAULTS), [...state, ...given, numbers])
    const losses: number[] = []
    for (let i = 0; i < 4; i++) {
      const outputs = captured.run([...state, ...given, numbers])
      losses.push(outputs.pop()!.dataSync()[0]!)
      tf.dispose(state)
      state = outputs
    }
    captured.dispose()
    expect(losses.every(Number.isFinite)).toBe(true)
    expect(losses.at(-1)).toBeLessThan(losses[0]!)
    const [weights, , running] = state
    const [evaluated] = tf.tidy(() => finalLogits(imageNet)([weights!, running!, given[0]!]))
    expect(evaluated!.dataSync().every(Number.isFinite)).toBe(true)
    tf.dispose([...state, ...given, numbers, evaluated!])
  })
})
