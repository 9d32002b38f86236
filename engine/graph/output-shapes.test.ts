// The foreseen shapes against TensorFlow's own, for every operation of a whole supernet's step in both spaces.
import * as tf from '@tensorflow/tfjs-core'
import { SPACES, type NetworkName } from '@cellboard/schema/spaces'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { afterEach, describe, expect, test } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { randomStream } from '../data/random.js'
import { oneLevelStep, STATE_KEYS, stepNumbers } from '../learning/one-level.js'
import { freshState } from '../learning/supernet-training.js'
import { buildSupernet } from '../network/supernet.js'
import { initialWeights } from '../network/weights.js'
import { allCandidates, sameClusters, stageOneCandidates } from '../space/candidates.js'
import { hasAddon } from './addon-fixture.js'
import { nativeBackend, overlaid } from './native-binding.js'
import { outputShapes } from './output-shapes.js'

/** Runs `fn` eagerly; every operation's foreseen outputs are held to those that TensorFlow computed. */
function watch(fn: () => void): { operations: Set<string>; unforeseen: Set<string>; wrong: string[] } {
  const backend = nativeBackend()!
  const native = backend.binding
  const seen = { operations: new Set<string>(), unforeseen: new Set<string>(), wrong: [] as string[] }
  const known = new Map<number, { shape: readonly number[]; dtype: number }>()
  const idsOf = backend.getInputTensorIds.bind(backend)
  backend.getInputTensorIds = (tensors) => {
    const ids = idsOf(tensors)
    const type = { int32: native.TF_INT32, bool: native.TF_BOOL } as Record<string, number>
    ids.forEach((id, i) =>
      known.set(id, { shape: tensors[i]!.shape ?? [], dtype: type[tensors[i]!.dtype] ?? native.TF_FLOAT }),
    )
    return ids
  }
  backend.binding = overlaid(native, {
    executeOp(op, attributes, ids, count) {
      const outputs = native.executeOp(op, attributes, ids, count)
      const inputs = ids.map((id) => known.get(id)!)
      const foreseen = outputShapes(native, op, attributes, inputs, (input) => {
        const { dtype } = inputs[input]!
        return dtype === native.TF_INT32 ? native.tensorDataSync(ids[input]!) : undefined
      })
      const told = (list: readonly { shape: readonly number[]; dtype: number }[]) =>
        list.map(({ shape, dtype }) => `${dtype}[${shape.join()}]`).join(' ')
      seen.operations.add(op)
      if (!foreseen) seen.unforeseen.add(op)
      else if (told(foreseen) !== told(outputs)) seen.wrong.push(`${op}: ${told(foreseen)} for ${told(outputs)}`)
      return outputs
    },
  })
  try {
    tf.tidy(fn)
  } finally {
    backend.binding = native
    delete (backend as Partial<typeof backend>).getInputTensorIds
  }
  return seen
}

describe.skipIf(!hasAddon)(
  `foreseen shapes${hasAddon ? '' : ' (skipped: the native addon is not installed here)'}`,
  () => {
    const before = tf.memory().numTensors
    afterEach(() => expect(tf.memory().numTensors).toBe(before))

    test.each<[NetworkName, 'all' | 'representatives', number]>([
      ['darts', 'all', 16],
      ['darts', 'all', 12], // odd sides after the second reduction
      ['darts', 'representatives', 16],
      ['nas-bench-201', 'all', 16],
    ])('of a step in %s with %s candidates, images of %d pixels', async (space, which, size) => {
      await pickBackend('tensorflow')
      const candidates =
        which === 'all'
          ? allCandidates(SPACES[space])
          : stageOneCandidates(SPACES[space], sameClusters(SPACES[space].clusters))
      const cells = space === 'darts' ? 3 : 1
      const net = buildSupernet({ space: SPACES[space], cells, channels: 4, classes: 10, imageChannels: 3, candidates })
      const settings = resolveSettings(searchSettingsSchema.parse({ space }))
      const start = freshState(
        net,
        initialWeights(net.specs, randomStream(1, 'weights')),
        new Float32Array(net.edges * net.widest),
      )
      const { operations, unforeseen, wrong } = watch(() => {
        const state = STATE_KEYS.map((key) => tf.tensor(start[key]!.values, [...start[key]!.shape]))
        const images = tf.randomNormal([2, size, size, 3], 0, 1, 'float32', 1)
        const numbers = stepNumbers(0.1, 1, settings)
        oneLevelStep(net, 10, settings)([...state, images, tf.tensor1d([3, 8], 'int32'), numbers])
      })
      expect(wrong).toEqual([])
      expect([...unforeseen], 'Give each a rule in output-shapes.ts.').toEqual([])
      expect(operations.size).toBeGreaterThan(20)
    })
  },
)
