// The probe on one network: gradients as many as foretold, confusion that follows training, nothing left behind.
import * as tf from '@tensorflow/tfjs-core'
import { DATASETS } from '@cellboard/schema/datasets'
import { SPACES } from '@cellboard/schema/spaces'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import type { Batch } from '../data/batches.js'
import { gaussian, randomStream } from '../data/random.js'
import { supernetGradient } from './confusion.js'
import { ConfusionProbe, gradientsAlong, heldGradients, type AlongOptions } from './confusion-probe.js'
import { supernetSubject } from './subject.js'
import { buildSupernet } from '../network/supernet.js'
import { initialWeights } from '../network/weights.js'
import { allCandidates } from '../space/candidates.js'

const facts = DATASETS.digits
const { size, channels, classes } = facts
const space = SPACES['nas-bench-201']
const plan = { space, candidates: allCandidates(space), cells: 1, channels: 4, classes, imageChannels: channels }
const rule = { weightRate: 0.05, momentum: 0.9, weightDecay: 3e-4, gradientClip: 5 }

const draw = gaussian(randomStream(1, 'images'))
const batch = (): Batch => ({
  x: Float32Array.from({ length: 16 * size * size * channels }, draw),
  y: Int32Array.from({ length: 16 }, (_, i) => i % classes),
})
const batches = Array.from({ length: 4 }, batch)
const training = Array.from({ length: 3 }, batch)

describe('the gradients that are held', () => {
  it('are all where they fit, and never fewer than one', () => {
    expect(heldGradients(1000, 15)).toBe(15)
    expect(heldGradients(3_349_342, 15)).toBe(15)
    expect(heldGradients(10_000_000, 15)).toBe(5) // 256 MiB are 6.7 of 40 MB, one of which is the one at hand
    expect(heldGradients(1e9, 15)).toBe(1)
  })

  it('say how many are computed', () => {
    expect(gradientsAlong(1000, 15, [0])).toBe(15)
    expect(gradientsAlong(10_000_000, 15, [0])).toBe(15 + 10 + 5)
    expect(gradientsAlong(1000, 15, [0, 10, 50])).toBe(3 * 15 + 50)
  })
})

describe('a probe', () => {
  beforeAll(async () => {
    await pickBackend('auto')
  })
  const options = (more: Partial<AlongOptions> = {}): AlongOptions => ({
    facts,
    batches,
    training: training.values(),
    steps: [0],
    rule,
    ...more,
  })
  const along = async (more?: Partial<AlongOptions>, seed = 1) => {
    const probe = new ConfusionProbe(supernetSubject({ ...plan, imageSize: size }))
    try {
      return await probe.along(randomStream(seed, 'weights'), options(more))
    } finally {
      probe.dispose()
    }
  }

  it('measures the cosines of the gradients at even shares', async () => {
    const [measured] = await along()
    const net = buildSupernet(plan)
    const gradients = tf.tidy(() => {
      const weights = tf.tensor1d(initialWeights(net.specs, randomStream(1, 'weights')))
      return batches.map(({ x, y }) => {
        const images = tf.tensor4d(x, [16, size, size, channels])
        const inputs = [weights, tf.zeros([net.edges, net.widest]), images, tf.tensor1d(y, 'int32')]
        return [...supernetGradient(net, classes)(inputs)[0]!.dataSync()]
      })
    })
    const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
    const cosines = gradients.flatMap((a, i) =>
      gradients.slice(0, i).map((b) => product(a, b) / Math.sqrt(product(a, a) * product(b, b))),
    )
    expect(measured!.pairs).toBe(6)
    expect(measured!.minCosine).toBeCloseTo(Math.min(...cosines), 3)
  })

  it('goes on from the weights that it trained, and computes as many gradients as it said', async () => {
    let gradients = 0
    const steps = [0, 1, 3]
    const measured = await along({ steps, onGradient: () => gradients++ })
    expect(gradients).toBe(gradientsAlong(1000, batches.length, steps))
    expect(measured).toHaveLength(3)
    const cosines = measured.map(({ minCosine }) => minCosine)
    expect(new Set(cosines).size).toBe(3)
    expect(await along()).toEqual(measured.slice(0, 1))
    const [later] = await along({ steps: [3] })
    expect(later!.minCosine).toBeCloseTo(cosines[2]!, 5)
    expect((await along({}, 2))[0]!.minCosine).not.toBeCloseTo(cosines[0]!, 5)
  })

  it('stops between two gradients when the signal says so, and frees every tensor', async () => {
    const before = tf.memory().numTensors
    const stop = new AbortController()
    let gradients = 0
    const onGradient = () => {
      if (++gradients === 3) stop.abort()
    }
    await expect(along({ signal: stop.signal, onGradient })).rejects.toMatchObject({ name: 'AbortError' })
    expect(gradients).toBe(3)
    await along({ steps: [0, 2] })
    expect(tf.memory().numTensors).toBe(before)
  })
})
