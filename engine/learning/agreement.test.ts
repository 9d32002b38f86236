// A whole supernet's loss and all its gradients are the same on every backend, captured or eager: each against tfjs in plain JavaScript.
import * as tf from '@tensorflow/tfjs-core'
import { BACKEND_NAMES } from '@cellboard/schema/settings'
import { SPACES } from '@cellboard/schema/spaces'
import { describe, expect, test } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { gaussian, randomStream } from '../data/random.js'
import { capture } from '../graph/capture.js'
import { buildSupernet } from '../network/supernet.js'
import { initialWeights, sizeOf } from '../network/weights.js'
import { allCandidates } from '../space/candidates.js'
import { lossAndGradients } from './gradients.js'

const SHAPE = { channels: 4, classes: 10, imageChannels: 3 }
const [BATCH, SIZE] = [4, 8]

const NETWORKS = {
  darts: buildSupernet({ space: SPACES.darts, cells: 3, candidates: allCandidates(SPACES.darts), ...SHAPE }),
  'nas-bench-201': buildSupernet({
    space: SPACES['nas-bench-201'],
    cells: 1,
    candidates: allCandidates(SPACES['nas-bench-201']),
    ...SHAPE,
  }),
}
type Name = keyof typeof NETWORKS

/**
 * Of the largest number of its kind (a weight tensor's gradient, the logits' gradient). Float32 keeps 6e-8; sums of some hundred
 * products in another order differ by 1e-6 of the largest, and normalising over four small images, twenty times one behind the
 * other, magnifies that a little: 3e-6 to 6e-6 is what was seen. A kernel that is wrong, or a gradient left out, is off by 1e-2 and more.
 */
const TOLERANCE = 5e-5

/** Loss, then the gradient of each weight tensor, then the logits': all that a step works with. */
async function computed(name: Name, captured: boolean): Promise<number[][]> {
  const net = NETWORKS[name]
  const draw = gaussian(randomStream(7, 'agreement', name))
  const numbers = (count: number) => Float32Array.from({ length: count }, () => draw())
  const given = [
    tf.tensor1d(initialWeights(net.specs, randomStream(7, 'weights'))),
    tf.tensor2d(numbers(net.edges * net.widest), [net.edges, net.widest]),
    tf.tensor4d(numbers(BATCH * SIZE * SIZE * 3), [BATCH, SIZE, SIZE, 3]),
    tf.tensor1d([3, 1, 4, 1], 'int32'),
  ]
  const fn = (inputs: tf.Tensor[]) => {
    const [weights, alphas, images, labels] = inputs as [tf.Tensor1D, tf.Tensor2D, tf.Tensor4D, tf.Tensor1D]
    const all = lossAndGradients(net, SHAPE.classes, { images, labels }, { weights, alphas })
    return [all.loss, all.toWeights, all.toAlphas]
  }
  const graph = captured ? capture(fn, given) : null
  if (captured) expect(graph!.nodes).toBeGreaterThan(100)
  const outputs = graph ? graph.run(given) : tf.tidy(() => fn(given))
  const [loss, toWeights, toAlphas] = await Promise.all(outputs.map(async (one) => [...(await one.data())]))
  tf.dispose([...given, ...outputs])
  graph?.dispose()
  let at = 0
  return [loss!, ...net.specs.map(({ shape }) => toWeights!.slice(at, (at += sizeOf(shape)))), toAlphas!]
}

/** Largest difference, as a share of the largest number of its kind. */
function apart(ours: number[][], theirs: number[][]): number {
  expect(ours.map(({ length }) => length)).toEqual(theirs.map(({ length }) => length))
  const shares = theirs.map((numbers, i) => {
    const largest = Math.max(...numbers.map(Math.abs))
    return Math.max(...numbers.map((number, j) => Math.abs(ours[i]![j]! - number))) / largest
  })
  return Math.max(...shares)
}

const missing = new Map<string, string>()
let inSoftware = false
for (const name of BACKEND_NAMES)
  await pickBackend(name).then(
    ({ device }) => (inSoftware ||= device.startsWith('software')),
    (error: Error) => missing.set(name, error.message),
  )

await pickBackend('cpu')
const reference = { darts: await computed('darts', false), 'nas-bench-201': await computed('nas-bench-201', false) }

const WAYS = [
  ['tensorflow', 'captured'],
  ['tensorflow', 'eager'],
  ['wasm', 'eager'],
  ['webgpu', 'eager'],
] as const

describe.each(WAYS)('%s, %s', (backend, way) => {
  test.for(Object.keys(NETWORKS) as Name[])(
    '%s has the loss and gradients of plain JavaScript',
    { timeout: 300_000 },
    async (name, context) => {
      if (missing.has(backend)) context.skip(missing.get(backend))
      if (backend === 'webgpu' && name === 'darts' && inSoftware) context.skip('takes minutes on a software adapter')
      await pickBackend(backend)
      const off = apart(await computed(name, way === 'captured'), reference[name])
      expect(off).toBeLessThan(TOLERANCE)
    },
  )
})

test('the reference has a gradient for every weight and logit that matters', () => {
  for (const name of Object.keys(NETWORKS) as Name[]) {
    const [loss, ...gradients] = reference[name]
    expect(loss![0]).toBeGreaterThan(0)
    expect(gradients.filter((numbers) => numbers.every((number) => number === 0))).toEqual([])
  }
})
