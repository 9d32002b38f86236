// What is handed out as a SavedModel says of images what the engine says, where native TensorFlow is there to load it.
import * as tf from '@tensorflow/tfjs-core'
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { hasAddon } from '../graph/addon-fixture.js'
import { nativeBackend } from '../graph/native-binding.js'
import { parseGenotype } from '../space/parse-genotype.js'
import { networkLayers } from './network-layers.js'
import { savedModel } from './saved-model.js'
import { engineLogits, pixelFixture, trainedFixture } from './trained-fixture.js'
import { modelFacts } from './write-model.js'

describe.skipIf(!hasAddon)(`a SavedModel${hasAddon ? '' : ' (skipped: the addon is not installed here)'}`, () => {
  let folder: string
  beforeAll(async () => {
    await pickBackend('tensorflow')
    folder = mkdtempSync(join(tmpdir(), 'saved-model-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  // Both have dilated convolutions; sides of 3 pixels are not divisible by a dilation.
  it.each([
    ['PDARTS', 8],
    ['STACNAS_CIFAR100', 12],
  ])('of %s with images of %i pixels', async (name, imageSize) => {
    const trained = trainedFixture(parseGenotype(name), { imageSize })
    await writeFile(join(folder, 'saved_model.pb'), savedModel(networkLayers(trained), modelFacts(trained)))
    const pixels = pixelFixture(trained, 3)
    const native = nativeBackend()!
    const model = native.binding.loadSavedModel(folder, 'serve')
    const images = tf.tensor4d(pixels, [3, imageSize, imageSize, 3])
    const feeds = [{ name: 'images:0', tfDtype: 'DT_FLOAT' }]
    const [logits, probabilities] = native.runSavedModel(model, [images], feeds, ['logits:0', 'probabilities:0'])
    native.binding.deleteSavedModel(model)
    const expected = engineLogits(trained, pixels)
    expected.forEach((row, i) =>
      row.forEach((value, j) => expect((logits!.arraySync() as number[][])[i]![j]).toBeCloseTo(value, 4)),
    )
    const softmax = tf.softmax(tf.tensor2d(expected)).dataSync()
    probabilities!.dataSync().forEach((value, i) => expect(value).toBeCloseTo(softmax[i]!, 4))
  })
})
