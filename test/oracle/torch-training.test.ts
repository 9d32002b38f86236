// Fifty steps of a small network against PyTorch on the same weights, masks and batches: the same losses and gradient norms all along.
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { DATASETS } from '@cellboard/schema/datasets'
import { expect, it } from 'vitest'
import { pickBackend } from '../../engine/backend/pick.js'
import { NetworkTraining } from '../../engine/learning/network-training.js'
import { trainingRate } from '../../engine/learning/schedule.js'
import { buildFinalNetwork } from '../../engine/network/final-network.js'
import { sizeOf } from '../../engine/network/weights.js'
import { parseGenotype } from '../../engine/space/parse-genotype.js'

const { curve, float32Off } = JSON.parse(readFileSync(new URL('torch-training.json', import.meta.url), 'utf8')) as {
  curve: { parameters: number; losses: number[]; gradientNorms: number[] }
  /** Largest relative difference of PyTorch's own float32 from its float64. */
  float32Off: { losses: number; gradientNorms: number }
}
/** Ours may be this far, relatively, from PyTorch's float64 at any of the 50 steps: other sums, other roundings. */
const TOLERANCE = 1e-4

const [channels, cells, size, batch, epochs, steps] = [4, 3, 8, 32, 10, 5]
const [weightRate, dropPath] = [0.01, 0.2]
const genotype = parseGenotype(
  `Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('skip_connect', 0), ('sep_conv_3x3', 1), ('avg_pool_3x3', 0), ('skip_connect', 1), ('dil_conv_3x3', 2), ('sep_conv_5x5', 0)], normal_concat=range(2, 6),
   reduce=[('avg_pool_3x3', 0), ('sep_conv_3x3', 1), ('skip_connect', 0), ('avg_pool_3x3', 1), ('skip_connect', 2), ('avg_pool_3x3', 1), ('dil_conv_5x5', 0), ('avg_pool_3x3', 0)], reduce_concat=range(2, 6))`,
)
const facts = { ...DATASETS.cifar10, size }
const net = buildFinalNetwork({
  ...{ genotype, cells, channels, classes: facts.classes, imageChannels: 3, imageSize: size },
  ...{ auxiliary: false, poolNorm: false },
})

const GOLDEN_ANGLE = 2.399963229728653
/** The numbers that torch_training.py draws by the same formula. */
const given = (count: number, scale: number, phase: number, offset = 0) =>
  Float32Array.from({ length: count }, (_, i) => offset + scale * Math.sin(phase + i * GOLDEN_ANGLE))

function weights(): Float32Array {
  let at = 0
  const all = net.specs.flatMap(({ shape, init }) => {
    const kernel = shape.length > 1 && 'fanIn' in init
    const values = given(sizeOf(shape), kernel ? init.fanIn ** -0.5 : 0.2, at, kernel ? 0 : 1)
    at += values.length
    return Array.from(values)
  })
  expect(at).toBe(curve.parameters)
  return Float32Array.from(all)
}

function batchOf(number: number) {
  const y = Int32Array.from({ length: batch }, (_, i) => (3 * i + number) % 10)
  const x = given(batch * size * size * 3, 0.5, 2 + number).map((noise, i) => {
    const [channel, column, row] = [i % 3, Math.floor(i / 3) % size, Math.floor(i / 3 / size) % size]
    const place = [row, column, row + column][channel]!
    return noise + Math.cos(place * 0.2 * (y[Math.floor(i / 3 / size / size)]! + 1))
  })
  return { x, y }
}

it('follows the curve of PyTorch for 50 steps', async () => {
  await pickBackend('auto')
  expect(Math.max(float32Off.losses, float32Off.gradientNorms)).toBeLessThan(TOLERANCE)
  const schedule = { weightRate, weightRateEnd: 0, schedule: 'cosine', epochs, warmupEpochs: 0 } as const
  const training = new NetworkTraining(net, facts, { labelSmoothing: 0.1 }, weights())
  const ours = { losses: [] as number[], gradientNorms: [] as number[] }
  for (let number = 1; number <= epochs * steps; number++) {
    const drop = (dropPath * Math.floor((number - 1) / steps)) / epochs
    const masks = given(net.paths * batch, 1, 3 + number).map((value) => (value >= -Math.cos(Math.PI * drop) ? 1 / (1 - drop) : 0)) // prettier-ignore
    const metrics = await training.step(batchOf((number - 1) % steps), {
      rate: trainingRate(schedule, number, steps),
      number,
      masks: tf.tensor2d(masks, [net.paths, batch]),
    })
    ours.losses.push(metrics.loss)
    ours.gradientNorms.push(metrics['gradient-norm'])
  }
  training.dispose()
  for (const key of ['losses', 'gradientNorms'] as const) {
    const off = Math.max(...ours[key].map((value, i) => Math.abs(value / curve[key][i]! - 1)))
    expect(off, key).toBeLessThan(TOLERANCE)
  }
  expect(curve.losses.at(-1)!).toBeLessThan(curve.losses[0]! / 2)
})
