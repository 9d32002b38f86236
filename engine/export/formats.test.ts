// One network in every format says the same: the engine's own evaluation, model.json and model.onnx.
import * as tf from '@tensorflow/tfjs'
import * as onnx from 'onnxruntime-web'
import { OPERATORS } from '@cellboard/schema/operators'
import type { Genotype } from '@cellboard/schema/genotype'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { randomStream } from '../data/random.js'
import { parseGenotype } from '../space/parse-genotype.js'
import { graphModelFrom } from './graph-model-fixture.js'
import { graphModelFiles } from './graph-model.js'
import { networkLayers } from './network-layers.js'
import { onnxModel } from './onnx-model.js'
import { engineLogits, pixelFixture, trainedFixture, type PlanFixture } from './trained-fixture.js'
import { modelFacts } from './write-model.js'

beforeAll(async () => {
  await pickBackend('cpu')
  onnx.env.wasm.numThreads = 1
})

const CLOSE = 4 // places: within 5e-5

/** Every operator but noise, in normal cells and in reduction cells, where they stride. */
const EVERY: Genotype = (() => {
  const cell = [
    [{ operator: 'sep_conv_3x3', from: 0 }, { operator: 'dil_conv_3x3', from: 1 }], // prettier-ignore
    [{ operator: 'sep_conv_5x5', from: 1 }, { operator: 'dil_conv_5x5', from: 0 }], // prettier-ignore
    [{ operator: 'max_pool_3x3', from: 0 }, { operator: 'avg_pool_3x3', from: 1 }], // prettier-ignore
    [{ operator: 'skip_connect', from: 1 }, { operator: 'nor_conv_3x3', from: 2 }], // prettier-ignore
    [{ operator: 'none', from: 0 }, { operator: 'nor_conv_1x1', from: 0 }], // prettier-ignore
  ] satisfies Genotype['normal']
  return { space: 'darts', normal: cell, reduction: cell }
})()

async function agree(genotype: Genotype, plan: PlanFixture = {}, count = 2, seed = 1): Promise<void> {
  const trained = trainedFixture(genotype, plan, seed)
  const pixels = pixelFixture(trained, count)
  const expected = engineLogits(trained, pixels).flat()
  const { size, channels } = trained.facts
  const layers = networkLayers(trained)
  const model = await graphModelFrom(graphModelFiles(layers, modelFacts(trained), '1.2.3'))
  const answer = model.execute(tf.tensor4d(pixels, [count, size, size, channels]), 'logits') as tf.Tensor
  expectClose(await answer.data(), expected, 'model.json')
  model.dispose()

  const session = await onnx.InferenceSession.create(onnxModel(layers, modelFacts(trained), '1.2.3'))
  const answers = await session.run({ images: new onnx.Tensor('float32', pixels, [count, size, size, channels]) })
  expectClose(answers.logits!.data as Float32Array, expected, 'model.onnx')
  const probabilities = tf.softmax(tf.tensor2d(expected, [count, expected.length / count]))
  expectClose(answers.probabilities!.data as Float32Array, await probabilities.data(), 'probabilities')
  await session.release()
}

function expectClose(received: ArrayLike<number>, expected: ArrayLike<number>, of: string): void {
  expect(received.length, of).toBe(expected.length)
  Array.from(expected).forEach((value, i) => expect(received[i], `${of}, number ${i}`).toBeCloseTo(value, CLOSE))
}

describe('a network in every format', () => {
  const nb201 = (text: string) => parseGenotype(text)
  const cases: [string, Genotype, PlanFixture][] = [
    ['darts, every operator', EVERY, {}],
    ['pools that are normalised', EVERY, { poolNorm: true }],
    ['sides that are odd once halved', EVERY, { imageSize: 12 }],
    ['grey images', parseGenotype('STACNAS_CIFAR10'), { imageChannels: 1, classes: 3 }],
    ["ImageNet's stem", parseGenotype('DARTS_V2'), { stem: 'imagenet', imageSize: 32 }],
    [
      'nas-bench-201',
      nb201('|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|'),
      { cells: 2 },
    ],
    ['a cell that lets nothing through', nb201('|none~0|+|none~0|none~1|+|none~0|none~1|none~2|'), {}],
  ]
  it.each(cases)('says what the engine says: %s', (_, genotype, plan) => agree(genotype, plan))

  it('gives every image the noise of the first', async () => {
    const cell = [
      [{ operator: 'noise', from: 0 }, { operator: 'noise', from: 1 }], // prettier-ignore
      [{ operator: 'noise', from: 2 }, { operator: 'sep_conv_3x3', from: 2 }], // prettier-ignore
    ] satisfies Genotype['normal']
    await agree({ space: 'darts', normal: cell, reduction: cell }, {}, 1)
  })

  it.each(Array.from({ length: 12 }, (_, i) => i))('says it for random cells too: %i', async (seed) => {
    const random = randomStream(seed, 'export-cells')
    const below = (most: number) => Math.floor(random() * most)
    const operators = OPERATORS.filter((operator) => operator !== 'noise')
    const edge = (from: number) => ({ operator: operators[below(operators.length)]!, from })
    const darts = random() < 0.6
    const cell = () => Array.from({ length: 1 + below(3) }, (_, node) => [edge(below(node + 2)), edge(below(node + 2))])
    const stage = (): Genotype['normal'] =>
      [1, 2, 3].map((node) =>
        Array.from({ length: node }, (_, from) => {
          const known = ['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3'] as const
          return { operator: known[below(known.length)]!, from }
        }),
      )
    const normal = cell()
    const reduction = normal.map((_, node) => [edge(below(node + 2)), edge(below(node + 2))])
    const genotype: Genotype = darts
      ? { space: 'darts', normal, reduction }
      : { space: 'nas-bench-201', normal: stage() }
    await agree(genotype, { poolNorm: random() < 0.5, channels: 1 + below(4) }, 1 + below(3), seed)
  })
})
