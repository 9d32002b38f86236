// Correlations of operators: a hand-computed case, batches merged as if they were one, and whole supernets captured as eager.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { SPACES, type NetworkName } from '@cellboard/schema/spaces'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { gaussian, randomStream } from '../data/random.js'
import { capture } from '../graph/capture.js'
import { buildSupernet, type Supernet } from '../network/supernet.js'
import { initialWeights } from '../network/weights.js'
import { allCandidates } from '../space/candidates.js'
import { correlationsOf, correlationStep, mergeMoments, readMoments } from './correlation.js'

beforeAll(async () => {
  await pickBackend('auto')
})

/** One edge with three operators: the image, its mirror image and twice its negative, in two cells of which the second halves it. Alphas are its shares. */
const toy: Supernet = {
  specs: [{ shape: [1], init: { constant: 0 } }],
  widest: 3,
  edges: 1,
  paths: 0,
  shares: (alphas) => tf.softmax(alphas),
  forward(images, _, alphas, { seen } = {}) {
    const shares = tf.unstack(tf.reshape(alphas, [3]))
    const outputs = [images, tf.reverse(images, 2), tf.mul(images, -2)]
    const terms = outputs.map((output, i) => tf.mul<Tensor4D>(output, shares[i]!))
    seen?.(0, terms)
    seen?.(0, terms.map((term) => tf.mul<Tensor4D>(term, 0.5))) // prettier-ignore
    return tf.zeros([images.shape[0], 2])
  },
}
const momentsOf = (images: number[][], shares = [1, 1, 1]) => {
  const x = tf.tensor4d(images.flat(), [images.length, 1, 2, 1])
  return readMoments(correlationStep(toy)([tf.zeros([1]), tf.tensor2d([shares]), x]), images.length)
}

describe('correlationsOf', () => {
  it('is computed by hand for images of two pixels', async () => {
    // Means (2, 1); centred (-1, 1), (0, -1), (1, 0); mirrored (1, -1), (-1, 0), (0, 1). Products: 4 with itself, -2 + 0 + 0 across.
    const [edge] = await momentsOf([[1, 2], [2, 0], [3, 1]]) // prettier-ignore
    expect(edge!.images).toBe(3)
    expect(edge!.means.map((mean) => Array.from(mean))).toEqual([[2, 1, 1, 0.5], [1, 2, 0.5, 1], [-4, -2, -2, -1]]) // prettier-ignore
    expect(edge!.comoments[0]).toEqual([5, -2.5, -10]) // the second cell adds a quarter
    expect(correlationsOf(edge!)).toEqual([[1, -0.5, -1], [-0.5, 1, 0.5], [-1, 0.5, 1]]) // prettier-ignore
  })

  it('does not depend on the shares', async () => {
    const images = [[1, 2], [2, 0], [3, 1]] // prettier-ignore
    const [[even], [uneven]] = [await momentsOf(images), await momentsOf(images, [0.5, 0.125, 0.001])]
    const [a, b] = [correlationsOf(even!).flat(), correlationsOf(uneven!).flat()]
    a.forEach((value, i) => expect(value).toBeCloseTo(b[i]!, 6))
  })

  it('gives an operator that never changes no correlation', () => {
    const edge = { images: 2, means: [], comoments: [[4, 0], [0, 0]] } // prettier-ignore
    expect(correlationsOf(edge)).toEqual([[1, 0], [0, 1]]) // prettier-ignore
  })
})

describe('mergeMoments', () => {
  it('is what all images at once give, also far from zero', async () => {
    const draw = gaussian(randomStream(1, 'images'))
    const images = Array.from({ length: 12 }, (_, i) => [1000 + i + draw(), 1000 - draw()])
    const [whole] = await momentsOf(images)
    const parts = await Promise.all(
      [images.slice(0, 5), images.slice(5, 6), images.slice(6)].map((part) => momentsOf(part)),
    )
    const [merged] = parts.reduce((all, part) => [mergeMoments(all[0]!, part[0]!)])
    expect(merged!.images).toBe(12)
    const [a, b] = [correlationsOf(merged!).flat(), correlationsOf(whole!).flat()]
    a.forEach((value, i) => expect(value).toBeCloseTo(b[i]!, 3)) // float32 holds 1000 to 6e-5
  })
})

describe('correlationStep', () => {
  const spaces: { space: NetworkName; cells: number; operators: number }[] = [
    { space: 'darts', cells: 3, operators: 7 },
    { space: 'nas-bench-201', cells: 1, operators: 4 },
  ]
  it.each(spaces)('is the same captured and eager in space $space', async ({ space, cells, operators }) => {
    const candidates = allCandidates(SPACES[space])
    const net = buildSupernet({ space: SPACES[space], cells, channels: 2, classes: 4, imageChannels: 3, candidates })
    const draw = gaussian(randomStream(1, 'images'))
    const inputs: Tensor[] = [
      tf.tensor1d(initialWeights(net.specs, randomStream(1, 'weights'))),
      tf.tensor2d(Float32Array.from({ length: net.edges * net.widest }, draw), [net.edges, net.widest]),
      tf.tensor4d(Float32Array.from({ length: 4 * 8 * 8 * 3 }, draw), [4, 8, 8, 3]),
    ]
    const before = tf.memory().numTensors
    const captured = capture(correlationStep(net), inputs)
    const graph = await readMoments(captured.run(inputs), 4)
    captured.dispose()
    const eager = await readMoments(
      tf.tidy(() => correlationStep(net)(inputs)),
      4,
    )
    expect(tf.memory().numTensors).toBe(before)
    expect(graph).toHaveLength(net.edges)
    graph.forEach((edge, i) => {
      const [a, b] = [correlationsOf(edge), correlationsOf(eager[i]!)]
      expect(a).toHaveLength(operators)
      a.flat().forEach((value, k) => expect(value).toBeCloseTo(b.flat()[k]!, 3))
    })
  })
})
