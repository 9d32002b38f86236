// What is handed out for TensorFlow.js says of every image what the engine says of it.
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { parseGenotype } from '../space/parse-genotype.js'
import { graphModelFrom } from './graph-model-fixture.js'
import { graphModelFiles } from './graph-model.js'
import { networkLayers } from './network-layers.js'
import { engineLogits, pixelFixture, trainedFixture } from './trained-fixture.js'
import { modelFacts } from './write-model.js'

beforeAll(async () => {
  await pickBackend('cpu')
})

it('answers any number of images with logits and probabilities', async () => {
  const trained = trainedFixture(parseGenotype('DARTS_V2'))
  const model = await graphModelFrom(graphModelFiles(networkLayers(trained), modelFacts(trained), '1.2.3'))
  for (const count of [1, 3]) {
    const pixels = pixelFixture(trained, count)
    const images = tf.tensor4d(pixels, [count, 8, 8, 3])
    const [logits, probabilities] = model.execute(images, ['logits', 'probabilities']) as [tf.Tensor2D, tf.Tensor2D]
    const expected = engineLogits(trained, pixels)
    expect(logits.shape).toEqual([count, 5])
    logits.arraySync().forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(expected[i]![j]!, 4)))
    for (const row of probabilities.arraySync()) expect(row.reduce((sum, one) => sum + one)).toBeCloseTo(1, 5)
    expect(probabilities.argMax(1).arraySync()).toEqual(tf.tensor2d(expected).argMax(1).arraySync())
  }
})
