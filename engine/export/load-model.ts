// Reads a handed-out TensorFlow.js model back, and says what is wrong with one that is torn or somebody else's.
import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.js'
import { NAMES } from './graph-nodes.js'
import { modelFactsSchema, type ModelFacts } from './model-facts.js'

export interface LoadedModel {
  readonly facts: ModelFacts
  /** pixels: [n, size, size, channels], 0 to 255; gives the probability of each class for each image, [n, classes]. */
  predict(pixels: Float32Array): Promise<Float32Array>
  dispose(): void
}

/**
 * Loads `path` (a model.json, or the folder that holds one) onto the backend in use.
 * @throws EngineError DATA_NOT_FOUND, or BAD_DATA where it is no model of ours or a torn one
 */
export async function loadModel(path: string): Promise<LoadedModel> {
  const found = await stat(path).catch(() => null)
  const file = found?.isDirectory() ? join(path, 'model.json') : path
  const { facts, artifacts } = await readModel(file)
  let model: GraphModel
  try {
    model = await loadGraphModel(tf.io.fromMemory(artifacts))
  } catch (error) {
    throw badModel(file, `it does not load: ${(error as Error).message}`)
  }
  const { size, channels } = facts
  const perImage = size * size * channels
  return {
    facts,
    async predict(pixels) {
      const images = tf.tensor4d(pixels, [pixels.length / perImage, size, size, channels])
      const answer = model.execute({ [NAMES.images]: images }, NAMES.probabilities) as tf.Tensor
      const probabilities = (await answer.data()) as Float32Array
      tf.dispose([images, answer])
      return probabilities
    },
    dispose: () => model.dispose(),
  }
}

async function readModel(file: string): Promise<{ facts: ModelFacts; artifacts: tf.io.ModelArtifacts }> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
    throw new EngineError(
      'DATA_NOT_FOUND',
      `Expected a model at ${file}, but there is none.`,
      'Name the folder that a training left, or its model.json.',
    )
  })
  let json: tf.io.ModelJSON
  try {
    json = JSON.parse(text) as tf.io.ModelJSON
  } catch {
    throw badModel(file, 'it is not whole JSON')
  }
  const given = (json?.userDefinedMetadata as { cellboard?: unknown } | undefined)?.cellboard
  const facts = modelFactsSchema.safeParse(given)
  if (json?.format !== 'graph-model' || !facts.success || !Array.isArray(json.weightsManifest))
    throw badModel(file, 'it says nothing of its images and classes')
  const { modelTopology, weightsManifest, signature } = json
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights)
  const weights = await readWeights(file, weightsManifest, weightSpecs)
  // A copy: Node's small buffers share theirs with others.
  const weightData = Uint8Array.from(weights).buffer
  return { facts: facts.data, artifacts: { modelTopology, weightSpecs, weightData, ...(signature && { signature }) } }
}

async function readWeights(
  file: string,
  manifest: tf.io.WeightsManifestConfig,
  specs: readonly tf.io.WeightsManifestEntry[],
): Promise<Buffer> {
  const paths = manifest.flatMap(({ paths }) => paths)
  const parts = paths.map(async (name) => {
    if (name.includes('/') || name.includes('\\')) throw badModel(file, `its weights are said to lie in ${name}`)
    return readFile(join(dirname(file), name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw badModel(file, `${name} is not beside it`)
      throw error
    })
  })
  const weights = Buffer.concat(await Promise.all(parts))
  const expected = specs.reduce((sum, { shape }) => sum + 4 * shape.reduce((product, side) => product * side, 1), 0)
  if (weights.length !== expected)
    throw badModel(file, `its weights have ${weights.length} bytes where ${expected} should be`)
  return weights
}

const badModel = (file: string, what: string) =>
  new EngineError(
    'BAD_DATA',
    `Expected a whole TensorFlow.js model that Cellboard handed out, but of ${file}: ${what}.`,
    'Copy the folder again with model.json and weights.bin, or train with --formats tensorflowjs.',
  )
