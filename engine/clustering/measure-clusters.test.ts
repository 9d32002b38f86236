// Clusters measured on whole supernets: each operator in one cluster, the images counted, the same result twice, no tensor left.
import * as tf from '@tensorflow/tfjs-core'
import { DATASETS } from '@cellboard/schema/datasets'
import { engineEventSchema, type EngineEvent } from '@cellboard/schema/events'
import { resolveSettings, searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { SPACES, type PublishedSpaceName } from '@cellboard/schema/spaces'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import type { Batch } from '../data/batches.js'
import type { Images } from '../data/images.js'
import { loadDataset } from '../data/sets/load.js'
import { gaussian, randomStream } from '../data/random.js'
import { buildSupernet } from '../network/supernet.js'
import { initialWeights } from '../network/weights.js'
import { allCandidates } from '../space/candidates.js'
import type { MeasuredClustering } from './cluster-pool.js'
import { clusteringBatches, measureClusters } from './measure-clusters.js'

const facts = DATASETS.digits
let train: Images
beforeAll(async () => {
  await pickBackend('auto')
  train = (await loadDataset('digits', '')).train
})

/** As a search would, but for weights that are drawn rather than trained. */
async function measure(name: PublishedSpaceName, asked: SearchSettingsInput, batches?: Iterable<Batch>) {
  const space = SPACES[name]
  const settings = resolveSettings(
    searchSettingsSchema.parse({ space: name, dataset: 'digits', clustering: 'average-linkage', batch: 16, ...asked }),
  )
  const candidates = allCandidates(space)
  const { classes, channels: imageChannels } = facts
  const net = buildSupernet({ space, cells: space.minCells, channels: 2, classes, imageChannels, candidates })
  const weights = initialWeights(net.specs, randomStream(1, 'weights'))
  const alphas = Float32Array.from({ length: net.edges * net.widest }, gaussian(randomStream(1, 'alphas')))
  const trained = {
    weights: { shape: [weights.length], values: weights },
    alphas: { shape: [net.edges, net.widest], values: alphas },
  }
  const images = batches ?? clusteringBatches(train, settings, facts)
  const measuring = measureClusters(net, candidates, space, trained, images, facts, settings)
  const events: EngineEvent[] = []
  let next = await measuring.next()
  for (; !next.done; next = await measuring.next()) events.push(next.value)
  return { events, measured: next.value }
}

const operatorsOf = ({ clusters }: MeasuredClustering) => clusters.flatMap(({ operators }) => operators)

describe('measureClusters', () => {
  it.each(['darts', 's1', 'darts-3-skip', 'nas-bench-201'] as const)('%s', async (name) => {
    const before = tf.memory().numTensors
    const { events, measured } = await measure(name, { clusteringImages: 32 })
    expect(tf.memory().numTensors).toBe(before)
    expect(measured).toHaveLength(1)
    const [one] = measured as [MeasuredClustering]
    const present = SPACES[name].candidates.filter((operator) => operator !== 'none')
    expect([...operatorsOf(one)].sort()).toEqual([...present].sort())
    expect(one).toMatchObject({ cell: null, correlation: { operators: present, images: 32 } })
    expect(one.correlation.edges).toBe(SPACES[name].edges.length)
    expect(one.linkage).toHaveLength(present.length - 1)
    for (const { operators, representative } of one.clusters) expect(operators[0]).toBe(representative)
    engineEventSchema.parse({ type: 'operators-clustered', origin: 'measured', ...one })
    expect(events.map((event) => event.type)).toEqual(['preparing', 'preparing'])
  })

  it('measures each kind of cell for itself', async () => {
    const { measured } = await measure('darts', { clusteringImages: 16, clusteringEdges: 'cell-kind' })
    expect(measured.map(({ cell, correlation }) => [cell, correlation.edges])).toEqual([['normal', 14], ['reduction', 14]]) // prettier-ignore
  })

  it('measures two edges of each kind of cell, with k-means as released', async () => {
    const { measured } = await measure('darts', { clusteringImages: 16, clusteringEdges: 'two', clustering: 'k-means' })
    expect(measured[0]).toMatchObject({ correlation: { edges: 4 }, cut: { rule: 'k-means', height: null } })
    expect(measured[0]!.cut.scores.map(({ clusters }) => clusters)).toEqual([2, 3, 4])
    expect(new Set(operatorsOf(measured[0]!)).size).toBe(7)
  })

  it('gives the same for the same seed, and another correlation for another', async () => {
    const [one, again, other] = [1, 1, 2].map((seed) => measure('nas-bench-201', { clusteringImages: 32, seed }))
    expect((await one!).measured).toEqual((await again!).measured)
    expect((await one!).measured).not.toEqual((await other!).measured)
  })

  it('takes what images there are, and says that it needs some', async () => {
    const [batch] = clusteringBatches(train, { batch: 16, seed: 1, augment: false }, facts)
    const { measured } = await measure('nas-bench-201', { clusteringImages: 100 }, [batch!])
    expect(measured[0]!.correlation.images).toBe(16)
    await expect(measure('nas-bench-201', {}, [])).rejects.toThrow('Expected at least one batch')
  })
})
