// Supernets: as many weights as the analytic count says, shares that are shares, one step alike however it is run.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { SPACES, NETWORK_NAMES, type NetworkName } from '@cellboard/schema/spaces'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { randomStream } from '../data/random.js'
import { allCandidates, sameClusters, stageOneCandidates, stageTwoCandidates } from '../space/candidates.js'
import { countSupernet } from '../space/cost.js'
import { buildSupernet } from './supernet.js'
import { countWeights, initialWeights, sizeOf } from './weights.js'

const clustersOf = (space: NetworkName) => SPACES[space].clusters
const network = { classes: 10, imageChannels: 3 }

describe('buildSupernet', () => {
  const plans = NETWORK_NAMES.flatMap((space) => {
    const cells = space === 'darts' ? 5 : 2
    const chosen = SPACES[space].edges.map((_, i) => i % clustersOf(space).length)
    return [
      { name: `${space}, all operators`, space, cells, candidates: allCandidates(SPACES[space]) },
      {
        name: `${space}, stage 1`,
        space,
        cells,
        candidates: stageOneCandidates(SPACES[space], sameClusters(clustersOf(space))),
      },
      ...(['duplicate', 'plain', 'freeze'] as const).map((rule) => ({
        name: `${space}, stage 2 with singletons ${rule}`,
        space,
        cells,
        candidates: stageTwoCandidates(SPACES[space], sameClusters(clustersOf(space)), chosen, rule),
      })),
    ]
  })
  it.each(plans)('has the counted weights: $name', ({ space, cells, candidates }) => {
    const net = buildSupernet({ ...network, space: SPACES[space], cells, channels: 8, candidates })
    expect(countWeights(net.specs)).toBe(
      countSupernet({ ...network, space: SPACES[space], cells, channels: 8, candidates }).parameters,
    )
  })

  it('refuses candidates for another number of edges', () => {
    const candidates = allCandidates(SPACES['nas-bench-201'])
    expect(() => buildSupernet({ ...network, space: SPACES.darts, cells: 3, channels: 4, candidates })).toThrow(
      'Expected candidates for 28 edges, but received 6.',
    )
  })
})

describe('a supernet', () => {
  beforeAll(async () => {
    await pickBackend('auto')
  })

  const freeze = stageTwoCandidates(
    SPACES.darts,
    sameClusters(clustersOf('darts')),
    SPACES.darts.edges.map((_, i) => i % 4),
    'freeze',
  )
  const net = buildSupernet({ ...network, space: SPACES.darts, cells: 3, channels: 2, candidates: freeze })

  it('shares an edge among its candidates and gives nothing to the places beyond', () => {
    const shares = net.shares(tf.zeros([net.edges, net.widest])).arraySync()
    shares.forEach((edge, i) => {
      const own = freeze[i]!.length
      edge.forEach((share, place) => expect(share).toBeCloseTo(place < own ? 1 / own : 0, 6))
    })
  })

  it('gives logits per class and a finite gradient for every weight and every alpha in use', () => {
    const flat = initialWeights(net.specs, randomStream(1, 'weights'))
    let at = 0
    const weights: Tensor[] = net.specs.map(({ shape }) => {
      const values = flat.subarray(at, (at += sizeOf(shape)))
      return tf.tensor(values, [...shape])
    })
    const images = tf.randomNormal<tf.Rank.R4>([2, 8, 8, 3], 0, 1, 'float32', 1)
    const alphas = tf.zeros<tf.Rank.R2>([net.edges, net.widest])
    expect(net.forward(images, weights, alphas).shape).toEqual([2, 10])
    const grads = tf.grads((...all: Tensor[]) => {
      const logits = net.forward(images, all.slice(0, -1), all.at(-1) as tf.Tensor2D)
      return tf.mean(tf.square(logits))
    })([...weights, alphas])
    expect(grads).toHaveLength(weights.length + 1)
    for (const grad of grads) expect(grad.dataSync().every(Number.isFinite)).toBe(true)
    const alphaGradient = grads.at(-1)!.arraySync() as number[][]
    alphaGradient.forEach((edge, i) => {
      if (freeze[i]!.length > 1) expect(edge.slice(0, freeze[i]!.length).some((value) => value !== 0)).toBe(true)
      else edge.forEach((value) => expect(value).toBeCloseTo(0, 5)) // one candidate: its share is 1, whatever its alpha
    })
  })
})
