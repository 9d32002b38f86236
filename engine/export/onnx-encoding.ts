// Writes an ONNX model as bytes: the few messages of onnx.proto (github.com/onnx/onnx) that a network of these layers needs.
import protobuf from 'protobufjs/minimal.js'

type Writer = protobuf.Writer

export type OnnxAttribute = number | readonly number[]

export interface OnnxNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly output: string
  /** Whole numbers, or lists of them. */
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
}

export interface OnnxConstant {
  readonly name: string
  readonly type: 'float' | 'int64'
  readonly shape: readonly number[]
  /** Little-endian. */
  readonly bytes: Uint8Array
}

export interface OnnxModel {
  readonly producer: { readonly name: string; readonly version: string }
  readonly nodes: OnnxNode[]
  readonly constants: OnnxConstant[]
  /** float32; a word stands for a size that is free. */
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly metadata: Readonly<Record<string, string>>
}
export interface OnnxValue {
  readonly name: string
  readonly shape: readonly (number | string)[]
}

/** Of onnx 1.10 and later; operators as of opset 13, which every runtime since 2021 knows. */
const IR_VERSION = 8
const OPSET = 13

const TYPES = { float: 1, int64: 7 } as const // TensorProto.DataType
const ATTRIBUTE_INT = 2 // AttributeProto.AttributeType
const ATTRIBUTE_INTS = 7

const bytes = (writer: Writer, number: number) => writer.uint32((number << 3) | 2)
const whole = (writer: Writer, number: number, value: number) => writer.uint32(number << 3).int64(value)
const text = (writer: Writer, number: number, value: string) => bytes(writer, number).string(value)
const message = (writer: Writer, number: number, fill: (inner: Writer) => void) => {
  bytes(writer, number).fork()
  fill(writer)
  writer.ldelim()
}

function writeAttribute(writer: Writer, name: string, value: OnnxAttribute): void {
  text(writer, 1, name)
  if (typeof value === 'number') {
    whole(writer, 3, value)
    whole(writer, 20, ATTRIBUTE_INT)
    return
  }
  for (const one of value) whole(writer, 8, one)
  whole(writer, 20, ATTRIBUTE_INTS)
}

function writeNode(writer: Writer, { op, inputs, output, attributes }: OnnxNode): void {
  for (const input of inputs) text(writer, 1, input)
  text(writer, 2, output)
  text(writer, 3, output) // a node is named as what it gives
  text(writer, 4, op)
  for (const [name, value] of Object.entries(attributes))
    message(writer, 5, (inner) => writeAttribute(inner, name, value))
}

function writeConstant(writer: Writer, { name, type, shape, bytes: raw }: OnnxConstant): void {
  for (const size of shape) whole(writer, 1, size)
  whole(writer, 2, TYPES[type])
  text(writer, 8, name)
  bytes(writer, 9).bytes(raw)
}

function writeValue(writer: Writer, { name, shape }: OnnxValue): void {
  text(writer, 1, name)
  message(writer, 2, (type) =>
    message(type, 1, (tensor) => {
      whole(tensor, 1, TYPES.float)
      message(tensor, 2, (dims) => {
        for (const size of shape)
          message(dims, 1, (dim) => (typeof size === 'number' ? whole(dim, 1, size) : text(dim, 2, size)))
      })
    }),
  )
}

export function encodeOnnx({ producer, nodes, constants, inputs, outputs, metadata }: OnnxModel): Uint8Array {
  const writer = protobuf.Writer.create()
  whole(writer, 1, IR_VERSION)
  text(writer, 2, producer.name)
  text(writer, 3, producer.version)
  message(writer, 7, (graph) => {
    for (const node of nodes) message(graph, 1, (inner) => writeNode(inner, node))
    text(graph, 2, 'network')
    for (const constant of constants) message(graph, 5, (inner) => writeConstant(inner, constant))
    for (const input of inputs) message(graph, 11, (inner) => writeValue(inner, input))
    for (const output of outputs) message(graph, 12, (inner) => writeValue(inner, output))
  })
  message(writer, 8, (opset) => whole(opset, 2, OPSET))
  for (const [key, value] of Object.entries(metadata))
    message(writer, 14, (entry) => {
      text(entry, 1, key)
      text(entry, 2, value)
    })
  return writer.finish()
}
