// A network for TensorFlow.js: model.json and weights.bin, read by `tf.loadGraphModel` in browsers and in Node.
import type { Attribute } from '../graph/saved-model.js'
import { FLOAT, graphNodes, NAMES, type Node } from './graph-nodes.js'
import type { LayerGraph } from './layers.js'
import type { ModelFacts } from './model-facts.js'
import type { FileContent } from './whole-folder.js'

const typeName = (dtype: number) => (dtype === FLOAT ? 'DT_FLOAT' : 'DT_INT32')
const shapeJson = (shape: readonly number[]) => ({ dim: shape.map((size) => ({ size: String(size) })) })

/** As protobuf's JSON writes an AttrValue; a tensor's values lie in weights.bin. */
function attributeJson(attribute: Attribute): object {
  switch (attribute.kind) {
    case 'string':
      return { s: Buffer.from(attribute.value).toString('base64') }
    case 'int':
      return { i: String(attribute.value) }
    case 'ints':
      return { list: { i: attribute.value.map(String) } }
    case 'float':
      return { f: attribute.value }
    case 'bool':
      return { b: attribute.value }
    case 'type':
      return { type: typeName(attribute.value) }
    case 'types':
      return { list: { type: attribute.value.map(typeName) } }
    case 'shape':
      return { shape: shapeJson(attribute.value) }
    case 'tensor':
      return { tensor: { dtype: typeName(attribute.dtype), tensorShape: shapeJson(attribute.shape) } }
  }
}

const nodeJson = ({ name, op, inputs, attributes }: Node) => ({
  name,
  op,
  ...(inputs.length > 0 && { input: inputs }),
  attr: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, attributeJson(value)])),
})

/** `facts` are there as `userDefinedMetadata.cellboard`. */
export function graphModelFiles(graph: LayerGraph, facts: ModelFacts, engine: string): FileContent[] {
  const nodes = graphNodes(graph, { dealDilated: false })
  const constants = nodes.flatMap(({ name, attributes: { value } }) =>
    value?.kind === 'tensor' ? [{ name, ...value }] : [],
  )
  const tensor = (name: string, shape: readonly number[]) => ({
    name: `${name}:0`,
    dtype: 'DT_FLOAT',
    tensorShape: shapeJson(shape),
  })
  const { size, channels, classNames } = facts
  const model = {
    format: 'graph-model',
    generatedBy: `Cellboard ${engine}`,
    convertedBy: null,
    userDefinedMetadata: { cellboard: facts },
    signature: {
      inputs: { [NAMES.images]: tensor(NAMES.images, [-1, size, size, channels]) },
      outputs: {
        [NAMES.logits]: tensor(NAMES.logits, [-1, classNames.length]),
        [NAMES.probabilities]: tensor(NAMES.probabilities, [-1, classNames.length]),
      },
    },
    modelTopology: { node: nodes.map(nodeJson), library: {}, versions: { producer: 1087 } },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: constants.map(({ name, dtype, shape }) => ({
          name,
          shape,
          dtype: dtype === FLOAT ? 'float32' : 'int32',
        })),
      },
    ],
  }
  return [
    { name: 'model.json', content: JSON.stringify(model) },
    { name: 'weights.bin', content: Buffer.concat(constants.map(({ bytes }) => bytes)) },
  ]
}
