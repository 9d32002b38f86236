// Writes a TensorFlow graph as the bytes of a saved_model.pb: the few messages of TensorFlow's protobuf files that a bare graph needs.
import protobuf from 'protobufjs/minimal.js'
import type { Known } from './output-shapes.js'
import type { Phase } from './phases.js'

type Writer = protobuf.Writer

/** An attribute of a node, by the field it takes in AttrValue (tensorflow/core/framework/attr_value.proto). */
export type Attribute =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'type'; readonly value: number }
  | { readonly kind: 'types'; readonly value: readonly number[] }
  | { readonly kind: 'shape'; readonly value: readonly number[] }
  | { readonly kind: 'tensor'; readonly dtype: number; readonly shape: readonly number[]; readonly bytes: Uint8Array }

export interface GraphNode {
  readonly name: string
  readonly op: string
  /** `node` for its first output, `node:2` for a later one. */
  readonly inputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Shape and type of each output, for who reckons with a graph; not written. */
  readonly outputs: readonly Known[]
  /** Where in a step it was written down; not written either. */
  readonly phase: Phase
}

/** GraphDef version that the nodes are written for: any from TensorFlow 2's line on is read alike. */
const PRODUCER = 2000

const field = (number: number, wire: 0 | 2 | 5) => (number << 3) | wire
const message = (writer: Writer, number: number, fill: (inner: Writer) => void) => {
  writer.uint32(field(number, 2)).fork()
  fill(writer)
  writer.ldelim()
}

const writeShape = (writer: Writer, shape: readonly number[]) => {
  for (const size of shape) message(writer, 2, (dim) => dim.uint32(field(1, 0)).int64(size))
}

function writeAttribute(writer: Writer, attribute: Attribute): void {
  switch (attribute.kind) {
    case 'string':
      writer.uint32(field(2, 2)).bytes(Buffer.from(attribute.value))
      return
    case 'int':
      writer.uint32(field(3, 0)).int64(attribute.value)
      return
    case 'float':
      writer.uint32(field(4, 5)).float(attribute.value)
      return
    case 'bool':
      writer.uint32(field(5, 0)).bool(attribute.value)
      return
    case 'type':
      writer.uint32(field(6, 0)).int32(attribute.value)
      return
    case 'shape':
      message(writer, 7, (inner) => writeShape(inner, attribute.value))
      return
    case 'tensor':
      message(writer, 8, (inner) => {
        inner.uint32(field(1, 0)).int32(attribute.dtype)
        message(inner, 2, (shape) => writeShape(shape, attribute.shape))
        inner.uint32(field(4, 2)).bytes(attribute.bytes)
      })
      return
    case 'ints':
      message(writer, 1, (list) => attribute.value.forEach((value) => list.uint32(field(3, 0)).int64(value)))
      return
    case 'types':
      message(writer, 1, (list) => attribute.value.forEach((value) => list.uint32(field(6, 0)).int32(value)))
  }
}

type WrittenNode = Pick<GraphNode, 'name' | 'op' | 'inputs' | 'attributes'>

/** A tensor of the graph that a signature names: `node:0`, its type's number, and its shape, -1 for a free size. */
export interface NamedTensor {
  readonly tensor: string
  readonly dtype: number
  readonly shape: readonly number[]
}
/** What a program finds in the model by name, as `serving_default`. */
export interface Signature {
  readonly inputs: Readonly<Record<string, NamedTensor>>
  readonly outputs: Readonly<Record<string, NamedTensor>>
}

function writeSignature(writer: Writer, { inputs, outputs }: Signature): void {
  const named = (number: number, tensors: Signature['inputs']) => {
    for (const [name, { tensor, dtype, shape }] of Object.entries(tensors))
      message(writer, number, (entry) => {
        entry.uint32(field(1, 2)).string(name)
        message(entry, 2, (info) => {
          info.uint32(field(1, 2)).string(tensor)
          info.uint32(field(2, 0)).int32(dtype)
          message(info, 3, (inner) => writeShape(inner, shape))
        })
      })
  }
  named(1, inputs)
  named(2, outputs)
  writer.uint32(field(3, 2)).string('tensorflow/serving/predict')
}

function writeNode(writer: Writer, node: WrittenNode): void {
  writer.uint32(field(1, 2)).string(node.name)
  writer.uint32(field(2, 2)).string(node.op)
  for (const input of node.inputs) writer.uint32(field(3, 2)).string(input)
  for (const [name, attribute] of Object.entries(node.attributes))
    message(writer, 5, (entry) => {
      entry.uint32(field(1, 2)).string(name)
      message(entry, 2, (value) => writeAttribute(value, attribute))
    })
}

/** The bytes of a saved_model.pb that holds just this graph, under the tag `serve`; a graph for others has a signature. */
export function encodeSavedModel(nodes: readonly WrittenNode[], signature?: Signature): Uint8Array {
  const writer = protobuf.Writer.create()
  writer.uint32(field(1, 0)).int64(1) // SavedModel.saved_model_schema_version
  message(writer, 2, (meta) => {
    message(meta, 1, (info) => info.uint32(field(4, 2)).string('serve'))
    message(meta, 2, (graph) => {
      for (const node of nodes) message(graph, 1, (inner) => writeNode(inner, node))
      message(graph, 4, (versions) => versions.uint32(field(1, 0)).int32(PRODUCER))
    })
    if (signature)
      message(meta, 5, (entry) => {
        entry.uint32(field(1, 2)).string('serving_default')
        message(entry, 2, (inner) => writeSignature(inner, signature))
      })
  })
  return writer.finish()
}
