// A network as a SavedModel of TensorFlow: its weights are constants of the graph, so that one file holds all.
import { encodeSavedModel } from '../graph/saved-model.js'
import { FLOAT, graphNodes, NAMES } from './graph-nodes.js'
import type { ModelFacts } from './model-facts.js'
import type { LayerGraph } from './layers.js'

/** The bytes of saved_model.pb: `images` to `logits` and `probabilities`, as `serving_default`. */
export function savedModel(graph: LayerGraph, { size, channels, classNames }: ModelFacts): Uint8Array {
  const tensor = (name: string, shape: readonly number[]) => ({ tensor: `${name}:0`, dtype: FLOAT, shape })
  const classes = [-1, classNames.length]
  return encodeSavedModel(graphNodes(graph, { dealDilated: true }), {
    inputs: { [NAMES.images]: tensor(NAMES.images, [-1, size, size, channels]) },
    outputs: {
      [NAMES.logits]: tensor(NAMES.logits, classes),
      [NAMES.probabilities]: tensor(NAMES.probabilities, classes),
    },
  })
}
