// A trained network in each format that was asked for, as files.
import type { ModelFormat } from '@cellboard/schema/training-settings'
import type { ModelCard } from './card.js'
import { graphModelFiles } from './graph-model.js'
import { networkLayers } from './network-layers.js'
import { onnxModel } from './onnx-model.js'
import { savedModel } from './saved-model.js'
import type { TrainedNetwork } from './trained-network.js'
import type { FileContent } from './whole-folder.js'

export function writeModel(
  trained: TrainedNetwork,
  { engine }: Pick<ModelCard, 'engine'>,
  formats: readonly ModelFormat[],
): FileContent[] {
  const layers = networkLayers(trained)
  const { title, size, channels, classNames } = trained.facts
  const facts = { title, size, channels, classNames }
  return formats.flatMap((format): FileContent[] => {
    switch (format) {
      case 'tensorflowjs':
        return graphModelFiles(layers, facts, engine)
      case 'saved-model':
        return [{ name: 'saved-model/saved_model.pb', content: savedModel(layers, facts) }]
      case 'onnx':
        return [{ name: 'model.onnx', content: onnxModel(layers, facts, engine) }]
    }
  })
}
