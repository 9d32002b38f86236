// A trained network in each format that was asked for, as files.
import type { ModelFormat } from '@cellboard/schema/training-settings'
import type { ModelCard } from './card.js'
import type { ModelFacts } from './model-facts.js'
import { graphModelFiles } from './graph-model.js'
import { networkLayers } from './network-layers.js'
import { onnxModel } from './onnx-model.js'
import { savedModel } from './saved-model.js'
import type { TrainedNetwork } from './trained-network.js'
import type { FileContent } from './whole-folder.js'

/** As where test images are measured after training on random parts (torchvision's ImageNet). */
const RESIZED_MARGIN = 256 / 224

/** @param resized whether the network learned from random parts of pictures: then it looks at the middle of larger ones */
export const modelFacts = ({ facts }: TrainedNetwork, resized = false): ModelFacts => ({
  title: facts.title,
  size: facts.size,
  channels: facts.channels === 1 ? 1 : 3,
  margin: resized ? RESIZED_MARGIN : 1,
  classNames: [...facts.classNames],
})

export function writeModel(
  trained: TrainedNetwork,
  { engine, settings }: Pick<ModelCard, 'engine' | 'settings'>,
  formats: readonly ModelFormat[],
): FileContent[] {
  const layers = networkLayers(trained)
  const facts = modelFacts(trained, settings.crop === 'resized')
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
