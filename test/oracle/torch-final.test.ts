// A final network's step against PyTorch: the same weights, masks and images give the same loss, gradients, statistics and evaluation.
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../../engine/backend/pick.js'
import {
  FINAL_DEFAULTS,
  finalGradients,
  finalLogits,
  finalNumbers,
  finalStep,
} from '../../engine/learning/final-training.js'
import { verdicts } from '../../engine/learning/verdict.js'
import { buildFinalNetwork } from '../../engine/network/final-network.js'
import { sizeOf } from '../../engine/network/weights.js'
import { PUBLISHED_GENOTYPES } from '../../engine/space/presets.js'

type Key = 'loss' | 'gradientNorm' | 'gradients' | 'weights' | 'means' | 'variances' | 'evaluated'
interface Oracle {
  net: Record<'loss' | 'gradientNorm' | 'evaluated' | 'parameters', number> &
    Record<'picked' | 'gradients' | 'weights' | 'places' | 'means' | 'variances', number[]>
  /** Largest difference of PyTorch's own float32 from its float64. */
  float32Off: Record<Key, number>
}
const { net: oracle, float32Off } = JSON.parse(
  readFileSync(new URL('torch-final.json', import.meta.url), 'utf8'),
) as Oracle

const GOLDEN_ANGLE = 2.399963229728653
/** The numbers that torch_final.py draws by the same formula. */
const given = (count: number, scale: number, phase: number, offset = 0) =>
  Float32Array.from({ length: count }, (_, i) => offset + scale * Math.sin(phase + i * GOLDEN_ANGLE))

const [batch, size, classes] = [4, 32, 10]
const net = buildFinalNetwork({
  genotype: PUBLISHED_GENOTYPES.DARTS_V2!,
  cells: 5,
  channels: 4,
  classes,
  imageChannels: 3,
  imageSize: size,
  auxiliary: true,
  poolNorm: false,
})

describe.each(['auto', 'wasm'] as const)('on backend %s', (backend) => {
  beforeAll(async () => {
    await pickBackend(backend)
  })

  it('a step of DARTS_V2 with drop path and auxiliary head is that of PyTorch', () => {
    let at = 0
    const weights = net.specs.flatMap(({ shape, init }) => {
      const kernel = shape.length > 1 && 'fanIn' in init
      const values = given(sizeOf(shape), kernel ? init.fanIn ** -0.5 : 0.2, at, kernel ? 0 : 1)
      at += values.length
      return Array.from(values)
    })
    expect(at).toBe(oracle.parameters)
    const flat = tf.tensor1d(weights)
    const channels = net.norms.reduce((sum, one) => sum + one, 0)
    const running = tf.tensor2d(new Float32Array(2 * channels).fill(1, channels), [2, channels])
    const images = tf.tensor4d(given(batch * size * size * 3, 1, 2), [batch, size, size, 3])
    const labels = tf.tensor1d([3, 1, 4, 1], 'int32')
    const masks = tf.tensor2d(
      given(net.paths * batch, 1, 3).map((value) => (value > -0.6 ? 1.25 : 0)),
      [net.paths, batch],
    )
    const settings = { ...FINAL_DEFAULTS, labelSmoothing: 0.1 }

    const { toWeights } = finalGradients(net, classes, settings, { images, labels }, flat, { masks })
    const state = [flat, tf.zerosLike(flat), running]
    const step = finalStep(net, classes, settings)([...state, images, labels, finalNumbers(0.1, 1), masks])
    const [moved, , statistics, metrics] = step as [Tensor1D, Tensor1D, tf.Tensor2D, Tensor1D]
    const [logits] = finalLogits(net)([moved, statistics, images])
    const seen = [...verdicts(logits!.dataSync<'float32'>(), { y: labels.dataSync<'int32'>() }, classes)]
    const evaluated = seen.reduce((sum, { loss }) => sum + loss / batch, 0)

    const pick = (tensor: tf.Tensor, places: number[], from = 0) => {
      const values = tensor.dataSync()
      return places.map((place) => values[from + place]!)
    }
    const ours: Record<Key, number[]> = {
      loss: pick(metrics, [0]),
      gradientNorm: pick(metrics, [2]),
      gradients: pick(toWeights, oracle.picked),
      weights: pick(moved, oracle.picked),
      means: pick(statistics, oracle.places),
      variances: pick(statistics, oracle.places, channels),
      evaluated: [evaluated],
    }
    // As for supernets: a ReLU that flips by rounding costs PyTorch's own float32 some thousandths of the largest gradient.
    for (const [key, off] of Object.entries(float32Off) as [Key, number][]) {
      const theirs = [oracle[key]].flat()
      const scale = Math.max(...theirs.map(Math.abs))
      const difference = Math.max(...theirs.map((exact, i) => Math.abs(ours[key][i]! - exact)))
      expect(difference, key).toBeLessThan(Math.max(5 * off, 2e-3 * scale))
    }
  })
})
