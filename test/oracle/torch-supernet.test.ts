// Whole supernets against PyTorch: the same weights, alphas and images give the same loss and gradients, in float64 there.
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { SPACES, type NetworkName } from '@cellboard/schema/spaces'
import { beforeAll, describe, expect, it } from 'vitest'
import { crossEntropy } from '../../engine/kernels/cross-entropy.js'
import { pickBackend } from '../../engine/backend/pick.js'
import { buildSupernet } from '../../engine/network/supernet.js'
import { sizeOf } from '../../engine/network/weights.js'
import { allCandidates, sameClusters, stageOneCandidates } from '../../engine/space/candidates.js'

interface Oracle {
  parameters: number
  loss: number
  gradientNorm: number
  picked: number[]
  gradients: number[]
  alphaGradients: number[][]
  /** Largest difference of PyTorch's own float32 from its float64. */
  float32Off: Record<'loss' | 'gradientNorm' | 'gradients' | 'alphaGradients', number>
}
const oracles = JSON.parse(readFileSync(new URL('torch-supernet.json', import.meta.url), 'utf8')) as Record<
  string,
  Oracle
>

const GOLDEN_ANGLE = 2.399963229728653
/** The numbers that torch_supernet.py draws by the same formula. */
const given = (count: number, scale: number, phase: number, offset = 0) =>
  Float32Array.from({ length: count }, (_, i) => offset + scale * Math.sin(phase + i * GOLDEN_ANGLE))

const networks: { name: string; space: NetworkName; cells: number; stageOne: boolean }[] = [
  { name: 'darts', space: 'darts', cells: 4, stageOne: false },
  { name: 'stage1', space: 'darts', cells: 3, stageOne: true },
  { name: 'nasBench201', space: 'nas-bench-201', cells: 2, stageOne: false },
]

describe.each(['auto', 'wasm'] as const)('on backend %s', (backend) => {
  beforeAll(async () => {
    await pickBackend(backend)
  })

  it.each(networks)('$name has the loss and gradients of PyTorch', ({ name, space, cells, stageOne }) => {
    const oracle = oracles[name]!
    const candidates = stageOne
      ? stageOneCandidates(SPACES[space], sameClusters(SPACES[space].clusters))
      : allCandidates(SPACES[space])
    const net = buildSupernet({ space: SPACES[space], cells, channels: 4, classes: 10, imageChannels: 3, candidates })
    let at = 0
    const weights = net.specs.map(({ shape, init }) => {
      const kernel = shape.length > 1 && 'fanIn' in init
      const values = given(sizeOf(shape), kernel ? init.fanIn ** -0.5 : 0.2, at, kernel ? 0 : 1)
      at += values.length
      return tf.tensor(values, [...shape])
    })
    expect(at).toBe(oracle.parameters)
    const size = 16
    const alphas = tf.tensor2d(given(net.edges * net.widest, 0.5, 1), [net.edges, net.widest])
    const images = tf.tensor4d(given(4 * size * size * 3, 1, 2), [4, size, size, 3])
    const labels = tf.oneHot(tf.tensor1d([3, 1, 4, 1], 'int32'), 10)
    const { value, grads } = tf.valueAndGrads((...all: tf.Tensor[]) =>
      crossEntropy(
        net.forward(images, all.slice(0, -1), all.at(-1) as tf.Tensor2D),
        tf.cast(labels, 'float32') as tf.Tensor2D,
      ),
    )([...weights, alphas])

    // PyTorch's own float32 is off by up to 0.6 % of the largest gradient: one ReLU that flips by rounding is enough. A mistake is off by far more.
    const flat = tf.concat(grads.slice(0, -1).map((grad) => tf.reshape(grad, [grad.size]))).dataSync()
    const ours = {
      loss: [value.dataSync()[0]!],
      gradientNorm: [Math.hypot(...flat)],
      gradients: oracle.picked.map((index) => flat[index]!),
      alphaGradients: (grads.at(-1)!.arraySync() as number[][]).flat(),
    }
    for (const [key, off] of Object.entries(oracle.float32Off) as [keyof typeof ours, number][]) {
      const theirs = [oracle[key]].flat(2)
      const scale = Math.max(...theirs.map(Math.abs))
      const difference = Math.max(...theirs.map((exact, i) => Math.abs(ours[key][i]! - exact)))
      expect(difference, key).toBeLessThan(Math.max(5 * off, 2e-3 * scale))
    }
  })
})
