// Supernets: as many weights as the analytic count says, shares that are shares, one step alike however it is run.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { readSpaceFile } from '@cellboard/schema/space-file'
import { SPACES, type CellKind, type Space } from '@cellboard/schema/spaces'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { randomStream } from '../data/random.js'
import { allCandidates, clustersOn, sameClusters, stageOneCandidates, stageTwoCandidates } from '../space/candidates.js'
import { countSupernet } from '../space/cost.js'
import { buildSupernet } from './supernet.js'
import { countWeights, initialWeights, sizeOf } from './weights.js'

const custom = readSpaceFile(`
network: darts
nodes: 2
keep: 1
edges:
  - { cell: normal, from: 0, to: 2, candidates: [noise, avg_pool_3x3, nor_conv_3x3] }
  - { cell: normal, from: 2, to: 3, candidates: [none, skip_connect, skip_connect] }
  - { cell: reduction, from: 1, to: 2, candidates: [noise, max_pool_3x3] }
  - { cell: reduction, from: 0, to: 3, candidates: [skip_connect, dil_conv_5x5] }
`)
const spaces = [...Object.values(SPACES), custom]
const network = { classes: 10, imageChannels: 3 }
const cellsOf = (space: Space) => (space.network === 'darts' ? 5 : 2)

/** Some cluster of each edge, not always the same. */
const someClusters = (space: Space) =>
  space.edges.map((edge, i) => {
    const there = clustersOn(edge, sameClusters(space.clusters)).flatMap((members, at) =>
      members.length > 0 ? [at] : [],
    )
    return there[i % there.length]!
  })

describe('buildSupernet', () => {
  const plans = spaces.flatMap((space) => {
    const clustering = sameClusters(space.clusters)
    return [
      { name: `${space.name}, all operators`, space, candidates: allCandidates(space) },
      { name: `${space.name}, stage 1`, space, candidates: stageOneCandidates(space, clustering) },
      ...(['duplicate', 'plain', 'freeze'] as const).map((rule) => ({
        name: `${space.name}, stage 2 with singletons ${rule}`,
        space,
        candidates: stageTwoCandidates(space, clustering, someClusters(space), rule),
      })),
    ]
  })
  it.each(plans)('has the counted weights, and a path for every edge of every cell: $name', ({ space, candidates }) => {
    const plan = { ...network, space, cells: cellsOf(space), channels: 8, candidates }
    const net = buildSupernet(plan)
    expect(countWeights(net.specs)).toBe(countSupernet(plan).parameters)
    const ofKind = (kind: CellKind) => space.edges.filter(({ cell }) => cell === kind).length
    expect(net.paths).toBe(space.network === 'darts' ? 3 * ofKind('normal') + 2 * ofKind('reduction') : 3 * 2 * 6)
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
    sameClusters(SPACES.darts.clusters),
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
