// For tests: a written model.json loaded as anyone would, from memory.
import * as tf from '@tensorflow/tfjs'
import type { FileContent } from './whole-folder.js'

export function graphModelFrom(files: readonly FileContent[]): Promise<tf.GraphModel> {
  const contentOf = (name: string) => files.find((file) => file.name === name)!.content
  const { modelTopology, weightsManifest, signature, userDefinedMetadata } = JSON.parse(
    contentOf('model.json') as string,
  ) as tf.io.ModelJSON
  const weights = contentOf('weights.bin') as Uint8Array
  return tf.loadGraphModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: Uint8Array.from(weights).buffer,
      ...(signature && { signature }),
      ...(userDefinedMetadata && { userDefinedMetadata }),
    }),
  )
}
