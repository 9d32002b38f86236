// The layers of a network as nodes of a TensorFlow graph: what TensorFlow.js' model.json and a SavedModel are both written from.
import type { Attribute, GraphNode } from '../graph/saved-model.js'
import { scalar, type Around, type Layer, type LayerGraph, type Numbers, type Sides } from './layers.js'

export type Node = Pick<GraphNode, 'name' | 'op' | 'inputs' | 'attributes'>

/** TensorFlow's numbers for types (tensorflow/core/framework/types.proto). */
export const FLOAT = 1
export const INT32 = 3

export const type = (value: number): Attribute => ({ kind: 'type', value })
const text = (value: string): Attribute => ({ kind: 'string', value })
const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value })
const int = (value: number): Attribute => ({ kind: 'int', value })
const T = { T: type(FLOAT) }

/** The input's and the outputs' names in every format. */
export const NAMES = { images: 'images', logits: 'logits', probabilities: 'probabilities' } as const

/** Far below any value that a network has, and still one that every backend knows: what never is the largest. */
const LOWEST = -3.4028234663852886e38

export interface GraphOptions {
  /**
   * TensorFlow without oneDNN heeds no dilation of a depthwise convolution: there the pixels are dealt out to images by the parity of
   * row and column. TensorFlow.js has no such fault, and is faster without.
   */
  readonly dealDilated: boolean
}

export function graphNodes({ layers, logits, probabilities }: LayerGraph, options: GraphOptions): Node[] {
  const nodes: Node[] = []
  const names: string[] = []
  layers.forEach((layer, i) => {
    const writer = new LayerWriter(nodes, layer.op === 'images' ? NAMES.images : `layer_${i}`, options)
    names.push(
      writer.write(
        layer,
        layer.from.map((place) => names[place]!),
      ),
    )
  })
  const identity = (name: string, place: number) =>
    nodes.push({ name, op: 'Identity', inputs: [names[place]!], attributes: T })
  identity(NAMES.logits, logits)
  identity(NAMES.probabilities, probabilities)
  return nodes
}

/** Writes the nodes of one layer; the last has the layer's name. */
class LayerWriter {
  #made = 0

  constructor(
    readonly nodes: Node[],
    readonly name: string,
    readonly options: GraphOptions,
  ) {}

  write(layer: Layer, from: readonly string[]): string {
    const [x] = from as [string]
    switch (layer.op) {
      case 'images':
        return this.#last('Placeholder', [], { dtype: type(FLOAT), shape: { kind: 'shape', value: [-1, ...layer.shape] } }) // prettier-ignore
      case 'conv':
        return this.#conv(layer, x)
      case 'depthwise':
        return this.#depthwise(layer, x)
      case 'max-pool': {
        const [source, padding] = this.#padded(x, layer.around, layer.window, layer.stride, LOWEST)
        return this.#last('MaxPool', [source], poolAttributes(layer, padding))
      }
      case 'mean-pool':
        return this.#last('AvgPool', [x], poolAttributes(layer, 'VALID'))
      case 'relu':
        return this.#last('Relu', from, T)
      case 'sum':
        return this.#last('AddN', from, { ...T, N: int(from.length) })
      case 'times':
        return this.#last('Mul', [x, this.#numbers(layer.by)], T)
      case 'plus':
        return this.#last('AddV2', [x, this.#numbers(layer.by)], T)
      case 'join':
        return this.#last('ConcatV2', [...from, this.#ints([layer.shape.length], [])], {
          ...T,
          N: int(from.length),
          Tidx: type(INT32),
        })
      case 'part':
        return this.#last('Slice', [x, this.#ints([0, ...layer.begin]), this.#ints([-1, ...layer.shape])], {
          ...T,
          Index: type(INT32),
        })
      case 'mean':
        return this.#last('Mean', [x, this.#ints([1, 2])], {
          ...T,
          Tidx: type(INT32),
          keep_dims: { kind: 'bool', value: false },
        })
      case 'product':
        return this.#last('MatMul', [x, this.#numbers(layer.matrix)], {
          ...T,
          transpose_a: { kind: 'bool', value: false },
          transpose_b: { kind: 'bool', value: false },
        })
      case 'softmax':
        return this.#last('Softmax', from, T)
    }
  }

  #conv({ kernel, bias, stride, around }: Extract<Layer, { op: 'conv' }>, x: string): string {
    const [source, padding] = this.#padded(x, around, sidesOf(kernel), stride)
    const inputs = [source, this.#numbers(kernel)]
    const attributes = windowAttributes(stride, padding)
    if (!bias) return this.#last('Conv2D', inputs, attributes)
    const sum = this.#node('Conv2D', inputs, attributes)
    return this.#last('BiasAdd', [sum, this.#numbers(bias)], { ...T, data_format: text('NHWC') })
  }

  #depthwise({ kernel, stride, dilation, around, shape }: Extract<Layer, { op: 'depthwise' }>, x: string): string {
    const [rows, columns] = dilation
    const dilated = rows > 1 || columns > 1
    if (!dilated || !this.options.dealDilated) {
      const reach = sidesOf(kernel).map((side, i) => (side - 1) * dilation[i]! + 1) as [number, number]
      const [source, padding] = this.#padded(x, around, reach, stride)
      const attributes = windowAttributes(stride, padding, dilation)
      return this.#last('DepthwiseConv2dNative', [source, this.#numbers(kernel)], attributes)
    }
    // As many rows and columns go in as come out, so that all that is needed around is what makes them divisible.
    const rest = [rows, columns].map((block, i) => (block - (shape[i]! % block)) % block)
    const around2 = () => this.#ints([0, rest[0]!, 0, rest[1]!], [2, 2])
    const block = () => this.#ints([rows, columns])
    const types = { ...T, Tblock_shape: type(INT32) }
    const dealt = this.#node('SpaceToBatchND', [x, block(), around2()], { ...types, Tpaddings: type(INT32) })
    const inputs = [dealt, this.#numbers(kernel)]
    const convolved = this.#node('DepthwiseConv2dNative', inputs, windowAttributes(stride, 'SAME'))
    return this.#last('BatchToSpaceND', [convolved, block(), around2()], { ...types, Tcrops: type(INT32) })
  }

  /** What a window slides over: padding that TensorFlow's two words say, or the image with `fill` put around it. */
  #padded(x: string, around: Around, window: Sides, stride: Sides, fill = 0): [source: string, padding: Padding] {
    const { top, bottom, left, right } = around
    if (top + bottom + left + right === 0) return [x, 'VALID']
    const [rows, columns] = window.map((side) => (side - 1) / 2)
    const same = top === rows && bottom === rows && left === columns && right === columns
    if (same && stride.every((step) => step === 1)) return [x, 'SAME']
    const sides = this.#ints([0, 0, top, bottom, left, right, 0, 0], [4, 2])
    const value = this.#numbers(scalar(fill))
    return [this.#node('PadV2', [x, sides, value], { ...T, Tpaddings: type(INT32) }), 'VALID']
  }

  #numbers({ shape, values }: Numbers): string {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    return this.#constant(FLOAT, shape, bytes)
  }

  #ints(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#constant(INT32, shape, new Uint8Array(Int32Array.from(values).buffer))
  }

  #constant(dtype: number, shape: readonly number[], bytes: Uint8Array): string {
    return this.#node('Const', [], { dtype: type(dtype), value: { kind: 'tensor', dtype, shape, bytes } })
  }

  #node(op: string, inputs: readonly string[], attributes: Node['attributes']): string {
    return this.#put(`${this.name}/${op}_${this.#made++}`, op, inputs, attributes)
  }

  #last(op: string, inputs: readonly string[], attributes: Node['attributes']): string {
    return this.#put(this.name, op, inputs, attributes)
  }

  #put(name: string, op: string, inputs: readonly string[], attributes: Node['attributes']): string {
    this.nodes.push({ name, op, inputs, attributes })
    return name
  }
}

type Padding = 'SAME' | 'VALID'

const sidesOf = ({ shape }: Numbers): Sides => [shape[0]!, shape[1]!]

const windowAttributes = ([down, right]: Sides, padding: Padding, [rows, columns]: Sides = [1, 1]) => ({
  ...T,
  strides: ints([1, down, right, 1]),
  padding: text(padding),
  data_format: text('NHWC'),
  dilations: ints([1, rows, columns, 1]),
})

const poolAttributes = ({ window, stride }: { window: Sides; stride: Sides }, padding: Padding) => ({
  ...T,
  ksize: ints([1, ...window, 1]),
  strides: ints([1, ...stride, 1]),
  padding: text(padding),
  data_format: text('NHWC'),
})
