// A network as an ONNX model: the layers as ONNX' operators, images turned once so that channels come before rows and columns.
import type { Layer, LayerGraph, Numbers } from './layers.js'
import { encodeOnnx, type OnnxAttribute, type OnnxModel, type OnnxNode } from './onnx-encoding.js'
import { NAMES } from './graph-nodes.js'
import type { ModelFacts } from './model-facts.js'

type LayerOf<Op extends Layer['op']> = Extract<Layer, { op: Op }>

/** The bytes of model.onnx: `images` as in every format, [n, rows, columns, channels]. */
export function onnxModel(graph: LayerGraph, facts: ModelFacts, engine: string): Uint8Array {
  const writer = new OnnxWriter()
  const names: string[] = []
  graph.layers.forEach((layer, i) => {
    const from = layer.from.map((place) => names[place]!)
    names.push(writer.write(layer, from, `layer_${i}`))
  })
  writer.node('Identity', [names[graph.logits]!], NAMES.logits)
  writer.node('Identity', [names[graph.probabilities]!], NAMES.probabilities)
  const { size, channels, classNames } = facts
  return encodeOnnx({
    ...writer.written,
    producer: { name: 'Cellboard', version: engine },
    inputs: [{ name: NAMES.images, shape: ['n', size, size, channels] }],
    outputs: [NAMES.logits, NAMES.probabilities].map((name) => ({ name, shape: ['n', classNames.length] })),
    metadata: { cellboard: JSON.stringify(facts) },
  })
}

class OnnxWriter {
  readonly written: Pick<OnnxModel, 'nodes' | 'constants'> = { nodes: [], constants: [] }

  node(op: string, inputs: readonly string[], output: string, attributes: OnnxNode['attributes'] = {}): string {
    this.written.nodes.push({ op, inputs, output, attributes })
    return output
  }

  /** Writes the nodes of a layer; the last gives `output`. */
  write(layer: Layer, from: readonly string[], output: string): string {
    const [x] = from as [string]
    switch (layer.op) {
      case 'images':
        return this.node('Transpose', [NAMES.images], output, { perm: [0, 3, 1, 2] })
      case 'conv':
        return this.#conv(layer, x, output)
      case 'depthwise':
        return this.node('Conv', [x, this.#floats(depthwiseKernel(layer.kernel), output)], output, {
          ...windowAttributes(layer),
          dilations: layer.dilation,
          group: layer.kernel.shape[2]!,
        })
      case 'max-pool':
        return this.node('MaxPool', [x], output, { kernel_shape: layer.window, ...windowAttributes(layer) })
      case 'mean-pool':
        return this.node('AveragePool', [x], output, { kernel_shape: layer.window, strides: layer.stride })
      case 'relu':
        return this.node('Relu', from, output)
      case 'sum':
        return this.node('Sum', from, output)
      case 'times':
      case 'plus': {
        const by = layer.shape.length === 3 ? turnedMap(layer.by) : layer.by
        return this.node(layer.op === 'times' ? 'Mul' : 'Add', [x, this.#floats(by, output)], output)
      }
      case 'join':
        return this.node('Concat', from, output, { axis: 1 })
      case 'part': {
        const [row, column, channel] = layer.begin as [number, number, number]
        const [rows, columns, channels] = layer.shape as [number, number, number]
        const starts = [channel, row, column]
        const ends = [channel + channels, row + rows, column + columns]
        return this.node(
          'Slice',
          [
            x,
            this.#ints(starts, `${output}/starts`),
            this.#ints(ends, `${output}/ends`),
            this.#ints([1, 2, 3], `${output}/axes`),
          ],
          output,
        )
      }
      case 'mean':
        return this.node('ReduceMean', [x], output, { axes: [2, 3], keepdims: 0 })
      case 'product':
        return this.node('MatMul', [x, this.#floats(layer.matrix, output)], output)
      case 'softmax':
        return this.node('Softmax', [x], output, { axis: 1 })
    }
  }

  #conv(layer: LayerOf<'conv'>, x: string, output: string): string {
    const { kernel, bias } = layer
    const inputs = [x, this.#floats(denseKernel(kernel), output)]
    if (bias) inputs.push(this.#floats(bias, `${output}/bias`))
    return this.node('Conv', inputs, output, windowAttributes(layer))
  }

  #floats({ shape, values }: Numbers, of: string): string {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    return this.#constant(`${of}/numbers`, 'float', shape, bytes)
  }

  #ints(values: readonly number[], name: string): string {
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
    return this.#constant(name, 'int64', [values.length], bytes)
  }

  #constant(name: string, type: 'float' | 'int64', shape: readonly number[], bytes: Uint8Array): string {
    this.written.constants.push({ name, type, shape, bytes })
    return name
  }
}

const windowAttributes = ({ stride, around }: Pick<LayerOf<'conv'>, 'stride' | 'around'>) =>
  ({
    strides: stride,
    pads: [around.top, around.left, around.bottom, around.right],
  }) satisfies Record<string, OnnxAttribute>

/** [rows, columns, from, to] to [to, from, rows, columns]. */
const denseKernel = (kernel: Numbers) => permuted(kernel, [3, 2, 0, 1])
/** [rows, columns, channels, 1] to [channels, 1, rows, columns]. */
const depthwiseKernel = (kernel: Numbers) => permuted(kernel, [2, 3, 0, 1])

/** What is spread over images, turned as they are: channels first. */
function turnedMap({ shape, values }: Numbers): Numbers {
  const whole = [...Array.from({ length: 4 - shape.length }, () => 1), ...shape]
  return permuted({ shape: whole, values }, [0, 3, 1, 2])
}

/** Axis i of what comes out is axis `order[i]` of what goes in. */
function permuted({ shape, values }: Numbers, order: readonly number[]): Numbers {
  const steps = shape.map((_, i) => shape.slice(i + 1).reduce((product, side) => product * side, 1))
  const turned = order.map((axis) => ({ side: shape[axis]!, step: steps[axis]! }))
  const result = new Float32Array(values.length)
  for (let i = 0; i < result.length; i++) {
    let [rest, from] = [i, 0]
    for (const { side, step } of turned.toReversed()) {
      from += (rest % side) * step
      rest = Math.floor(rest / side)
    }
    result[i] = values[from]!
  }
  return { shape: turned.map(({ side }) => side), values: result }
}
