// One-level steps in every space: captured as eager, one batch overfitted, drop path and noise told from outside.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { readSpaceFile } from '@cellboard/schema/space-file'
import { SPACES, type Space } from '@cellboard/schema/spaces'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { gaussian, randomStream } from '../data/random.js'
import { capture, type Captured } from '../graph/capture.js'
import { pathMasks } from '../network/chance.js'
import { buildSupernet, type Supernet } from '../network/supernet.js'
import { initialWeights } from '../network/weights.js'
import { allCandidates } from '../space/candidates.js'
import { oneLevelStep, stepNumbers } from './one-level.js'

beforeAll(async () => {
  await pickBackend('auto')
})

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
/** Those that other tests of steps leave out. */
const spaces = [
  ...(['s1', 's2', 's3', 's4', 'darts-1-skip', 'darts-3-skip'] as const).map((name) => SPACES[name]),
  custom,
]
const settings = resolveSettings(searchSettingsSchema.parse({}))
const CLASSES = 4
const BATCH = 8

const networkOf = (space: Space): Supernet =>
  buildSupernet({
    space,
    cells: space.minCells,
    channels: 4,
    classes: CLASSES,
    imageChannels: 1,
    candidates: allCandidates(space),
  })

function start(net: Supernet): Tensor[] {
  const weights = tf.tensor1d(initialWeights(net.specs, randomStream(2, 'weights')))
  const none = () => tf.zeros([net.edges, net.widest])
  return [weights, tf.zerosLike(weights), none(), none(), none()]
}

const batch = (): Tensor[] => {
  const images = Float32Array.from({ length: BATCH * 64 }, gaussian(randomStream(1, 'images')))
  return [tf.tensor4d(images, [BATCH, 8, 8, 1]), tf.tensor1d([0, 1, 2, 3, 3, 2, 1, 0], 'int32')]
}
const masksOf = (net: Supernet) => pathMasks(net, BATCH, 0.3, randomStream(1, 'paths'))

describe.each(spaces)('oneLevelStep in space $name', (space) => {
  it('is the same captured and eager, with drop path, leaves no tensor behind, and learns one batch', () => {
    const net = networkOf(space)
    const step = oneLevelStep(net, CLASSES, settings)
    const given = batch()
    let state = start(net)
    const inputs = [...state, ...given, stepNumbers(0.05, 1, settings), masksOf(net)]
    const before = tf.memory().numTensors
    const captured = capture(step, inputs)
    const graph = captured.run(inputs)
    const eager = tf.tidy(() => step(inputs))
    graph.forEach((tensor, i) => {
      const [a, b] = [tensor.dataSync(), eager[i]!.dataSync()]
      // Adam's first step is the sign of the gradient times 3e-4: it is as exact as the gradient is.
      a.forEach((value, k) => expect(Math.abs(value - b[k]!)).toBeLessThan(1e-3 * Math.max(1, Math.abs(b[k]!))))
    })
    tf.dispose([...graph, ...eager])
    expect(tf.memory().numTensors).toBe(before)

    const losses: number[] = []
    for (let at = 1; at <= 12; at++) {
      const told = [stepNumbers(0.05, at, settings), tf.ones([net.paths, BATCH])]
      const outputs = captured.run([...state, ...given, ...told])
      losses.push(outputs.pop()!.dataSync()[0]!)
      tf.dispose([...state, ...told])
      state = outputs
    }
    captured.dispose()
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!)
  })
})

describe('what a step is told by chance', () => {
  const lossOf = (captured: Captured, inputs: Tensor[]): number => {
    const outputs = captured.run(inputs)
    const [loss] = outputs.at(-1)!.dataSync()
    tf.dispose(outputs)
    return loss!
  }

  it('draws noise anew for each seed, and the same for the same seed', () => {
    const net = networkOf(SPACES.s4)
    const inputs = (seed: number) => [...start(net), ...batch(), stepNumbers(0.025, 1, settings, seed)]
    const captured = capture(oneLevelStep(net, CLASSES, settings), inputs(1))
    const losses = [1, 2, 1, 3].map((seed) => lossOf(captured, inputs(seed)))
    captured.dispose()
    expect(losses[2]).toBe(losses[0])
    expect(new Set(losses).size).toBe(3)
  })

  it('drops no path where every mask is 1, and changes the loss where some are 0', () => {
    const net = networkOf(SPACES.s2)
    const inputs = (masks?: Tensor2D) => [
      ...start(net),
      ...batch(),
      stepNumbers(0.025, 1, settings),
      ...(masks ? [masks] : []),
    ]
    const without = capture(oneLevelStep(net, CLASSES, settings), inputs())
    const whole = lossOf(without, inputs())
    without.dispose()
    const captured = capture(oneLevelStep(net, CLASSES, settings), inputs(masksOf(net)))
    expect(lossOf(captured, inputs(tf.ones([net.paths, BATCH])))).toBeCloseTo(whole, 5)
    expect(Math.abs(lossOf(captured, inputs(masksOf(net))) - whole)).toBeGreaterThan(1e-3)
    captured.dispose()
  })
})
