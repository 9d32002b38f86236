// Training on every backend: one batch is learnt by heart, and a thousand steps leave nothing behind.
import * as tf from '@tensorflow/tfjs-core'
import { DATASETS } from '@cellboard/schema/datasets'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { SPACES, type NetworkName } from '@cellboard/schema/spaces'
import { describe, expect, test } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { gaussian, randomStream } from '../data/random.js'
import { buildSupernet } from '../network/supernet.js'
import { initialWeights } from '../network/weights.js'
import { allCandidates } from '../space/candidates.js'
import { freshState, SupernetTraining } from './supernet-training.js'

const facts = { ...DATASETS.digits, size: 8, channels: 1 }
const names = ['tensorflow', 'wasm', 'cpu'] as const

/** A tiny supernet, and one batch of eight noisy images that it can only learn by heart. */
function tinyTraining(space: NetworkName) {
  const candidates = allCandidates(SPACES[space])
  const cells = space === 'darts' ? 3 : 1
  const net = buildSupernet({
    space: SPACES[space],
    cells,
    channels: 4,
    classes: facts.classes,
    imageChannels: 1,
    candidates,
  })
  const settings = resolveSettings(searchSettingsSchema.parse({ space }))
  const weights = initialWeights(net.specs, randomStream(1, 'weights'))
  const start = freshState(net, weights, new Float32Array(net.edges * net.widest))
  const draw = gaussian(randomStream(1, 'images'))
  const batch = {
    x: Float32Array.from({ length: 8 * 64 }, () => draw()),
    y: Int32Array.from({ length: 8 }, (_, i) => i),
  }
  return { training: new SupernetTraining(net, facts, settings, start), batch }
}

const missing = new Map<string, string>()
for (const name of names)
  await pickBackend(name).catch((error: Error) => missing.set(name, `(skipped: ${error.message})`))

describe.each(names)('on %s', (name) => {
  describe.skipIf(missing.has(name))(missing.get(name) ?? 'training', () => {
    test.each<NetworkName>(['darts', 'nas-bench-201'])('one batch is learnt by heart in %s', async (space) => {
      await pickBackend(name)
      const { training, batch } = tinyTraining(space)
      let metrics = await training.step(batch, null, { rate: 0.05, alphaStep: 1 })
      for (let step = 2; step <= 200 && (metrics.accuracy < 1 || metrics.loss > 0.1); step++)
        metrics = await training.step(batch, null, { rate: 0.05, alphaStep: step })
      training.dispose()
      expect(metrics.accuracy).toBe(1)
    })
  })
})

test('a thousand steps leave no tensor behind, and resident memory stays', async () => {
  await pickBackend('auto')
  const { training, batch } = tinyTraining('nas-bench-201')
  const run = async (from: number, to: number) => {
    for (let step = from; step < to; step++) await training.step(batch, null, { rate: 0.01, alphaStep: step })
    return { tensors: tf.memory().numTensors, megabytes: process.memoryUsage().rss / 2 ** 20 }
  }
  const before = await run(1, 200)
  const after = await run(200, 1200)
  training.dispose()
  expect(after.tensors).toBe(before.tensors)
  // The state alone, left behind at each step, would be 200 MB (24,886 weights and their velocity); allocators and garbage collection need some room.
  expect(after.megabytes - before.megabytes).toBeLessThan(25)
})
