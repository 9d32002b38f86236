// Measures which operators are alike: a trained supernet with all candidates looks at images, and what it says is clustered.
import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { EngineEvent } from '@cellboard/schema/events'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { Space } from '@cellboard/schema/spaces'
import { epochBatches, type Batch } from '../data/batches.js'
import type { Images } from '../data/images.js'
import { capture, type Captured } from '../graph/capture.js'
import type { HostTensor } from '../learning/host-state.js'
import type { Supernet } from '../network/supernet.js'
import { softmax } from '../space/derive.js'
import { clusterPool, type MeasuredClustering, type MeasuredEdge, type PoolSetting } from './cluster-pool.js'
import { correlationsOf, correlationStep, mergeMoments, readMoments, type EdgeMoments } from './correlation.js'
import { edgePools, measuredOperators } from './pool-edges.js'

export type ClusteringSettings = PoolSetting['settings'] &
  Pick<ResolvedSearchSettings, 'clusteringEdges' | 'clusteringImages'>

/** Weights [parameters] and alphas [edges, widest]. */
export interface TrainedSupernet {
  readonly weights: HostTensor
  readonly alphas: HostTensor
}

/** How often progress is told while measuring. */
const TOLD = 10

/**
 * Shows `clusteringImages` images to a trained supernet and clusters the operators of its edges: one clustering, or one for each kind
 * of cell (`clusteringEdges`). Tells `preparing` with the seconds left.
 *
 * Memory: on the backend what one forward pass makes; here up to 28 bytes for each measured operator, edge, cell and place (pixel and
 * channel): 350 MB for all edges of DARTS' space in 14 cells of 16 channels on 32x32 images, 50 MB for the two published ones. It does
 * not grow with the images.
 * @param candidates of each edge of `space`, as `net` was built
 * @param batches of one size, at least one; those beyond `clusteringImages` are not asked for
 * @throws EngineError BAD_SETTINGS where k-means is asked for and no edge offers all operators
 */
export async function* measureClusters(
  net: Supernet,
  candidates: readonly (readonly Operator[])[],
  space: Space,
  trained: TrainedSupernet,
  batches: Iterable<Batch>,
  facts: DatasetFacts,
  settings: ClusteringSettings,
): AsyncGenerator<EngineEvent, MeasuredClustering[]> {
  const pools = edgePools(space, settings.clusteringEdges)
  const edges = pools.flatMap((pool) => pool.edges)
  const moments = yield* momentsOver(correlationStep(net, edges), trained, batches, facts, settings.clusteringImages)
  const measured = new Map(
    edges.map((edge, i) => {
      const own = candidates[edge]!
      return [edge, measureEdge(moments[i]!, own, sharesOf(trained, edge, own.length))]
    }),
  )
  const setting = { images: moments[0]!.images, space, size: facts.size, settings }
  return pools.map(({ cell, edges: own }) =>
    clusterPool(
      own.map((edge) => measured.get(edge)!),
      { cell, ...setting },
    ),
  )
}

/** Images to measure on: a seeded order of the training images, cropped and mirrored as in training (StacNAS feature.py). */
export const clusteringBatches = (
  train: Images,
  { batch, seed, augment }: Pick<ResolvedSearchSettings, 'batch' | 'seed' | 'augment'>,
  facts: DatasetFacts,
): Iterable<Batch> => epochBatches(train, { batch, seed, augment, facts, stage: 0, epoch: 0 })

async function* momentsOver(
  step: ReturnType<typeof correlationStep>,
  { weights, alphas }: TrainedSupernet,
  batches: Iterable<Batch>,
  { size, channels }: DatasetFacts,
  wanted: number,
): AsyncGenerator<EngineEvent, EdgeMoments[]> {
  const state = [weights, alphas].map(({ values, shape }) => tf.tensor(values, [...shape]))
  let began = 0
  let captured: Captured | null = null
  let all: EdgeMoments[] | null = null
  let [told, first] = [-1, 0]
  try {
    for (const { x, y } of batches) {
      const seen = all?.[0]!.images ?? 0
      if (seen >= wanted) break
      const tenth = Math.floor((TOLD * seen) / wanted)
      const done = seen - first
      if (tenth > told) yield progress(seen, wanted, done > 0 ? (performance.now() - began) / 1000 / done : null)
      told = tenth
      await setImmediate() // lets messages in between two batches
      const inputs = [...state, tf.tensor4d(x, [y.length, size, size, channels])]
      captured ??= capture(step, inputs)
      const moments = await readMoments(captured.run(inputs), y.length)
      tf.dispose(inputs.at(-1)!)
      if (!all) [began, first] = [performance.now(), y.length] // the first batch builds the graph
      all = all ? all.map((edge, i) => mergeMoments(edge, moments[i]!)) : moments
    }
    if (!all) throw new Error('Expected at least one batch to measure on, but received none.')
    return all
  } finally {
    captured?.dispose()
    tf.dispose(state)
  }
}

const progress = (seen: number, wanted: number, secondsPerImage: number | null): EngineEvent => ({
  type: 'preparing',
  what: `measuring which operators are alike, ${seen} of ${wanted} images`,
  etaSeconds: secondsPerImage === null ? null : secondsPerImage * (wanted - seen),
})

/** softmax(alpha) of an edge, place by place; places beyond its candidates mean nothing. */
const sharesOf = ({ alphas: { values, shape } }: TrainedSupernet, edge: number, candidates: number): number[] =>
  softmax([...values.subarray(edge * shape[1]!, edge * shape[1]! + candidates)])

/** An edge's operators compared, each once; a mean output is divided by its operator's share, which a correlation does not see. */
function measureEdge(moments: EdgeMoments, candidates: readonly Operator[], shares: readonly number[]): MeasuredEdge {
  const { operators, places } = measuredOperators(candidates)
  const present = shares.filter((_, place) => candidates[place] !== 'none')
  const correlations = correlationsOf(moments)
  const square = (value: (i: number, j: number) => number) => places.map((i) => places.map((j) => value(i, j)))
  return {
    operators,
    rho: square((i, j) => correlations[i]![j]!),
    apart: square((i, j) => squaredDistance([moments.means[i]!, present[i]!], [moments.means[j]!, present[j]!])),
  }
}

type SharedMean = readonly [mean: Float64Array, share: number]

function squaredDistance([a, shareOfA]: SharedMean, [b, shareOfB]: SharedMean): number {
  let sum = 0
  for (let place = 0; place < a.length; place++) sum += (a[place]! / shareOfA - b[place]! / shareOfB) ** 2
  return sum
}
