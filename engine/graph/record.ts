// Stands in for the native backend while a function runs once, and writes down every TensorFlow operation as a node of a graph.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import type { NativeAttribute, NativeBackend, NativeBinding, NativeTensor } from './native-binding.js'
import { outputShapes, type Known } from './output-shapes.js'
import type { Attribute, GraphNode } from './saved-model.js'

/** A function that cannot be captured: what it did, and what to do instead. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
}

export interface Recording {
  readonly nodes: readonly GraphNode[]
  /** Where each output of the function comes from, as `node:0`. */
  readonly outputs: readonly string[]
}

/** Kernels that draw random numbers: in a graph they would draw others at each run than a seeded eager step. */
const DRAWS = /^(Random|Multinomial|TruncatedNormal|ParameterizedTruncatedNormal|StatelessRandom)/

/** Kernels whose list length TensorFlow asks for as an attribute; eagerly it is counted from the inputs. */
const COUNTED: Readonly<Record<string, (inputs: number) => number>> = {
  AddN: (inputs) => inputs,
  Pack: (inputs) => inputs,
  ConcatV2: (inputs) => inputs - 1,
}

interface Constant extends Known {
  readonly values: ArrayLike<number>
}

/** An operation whose outputs cannot be foreseen: then it has to be computed. */
class Unforeseen extends Error {}

/**
 * Runs `fn` once and returns the graph of what it did. A tensor that is neither an input nor made inside becomes a constant.
 *
 * Nothing is computed where the shapes of all operations are foreseen (`output-shapes.ts`): it takes no memory and little
 * time. Else `fn` runs eagerly, with an eager run's time and memory.
 *
 * @throws {CaptureError} when a value computed inside is read, or a random kernel is used.
 */
export function record(
  backend: NativeBackend,
  fn: (inputs: Tensor[]) => Tensor[],
  inputs: readonly Tensor[],
): Recording {
  try {
    return recordBy(backend, fn, inputs, false)
  } catch (error) {
    if (error instanceof Unforeseen) return recordBy(backend, fn, inputs, true)
    throw error
  }
}

function recordBy(
  backend: NativeBackend,
  fn: (inputs: Tensor[]) => Tensor[],
  inputs: readonly Tensor[],
  compute: boolean,
): Recording {
  const native = backend.binding
  const nodes: GraphNode[] = []
  const nameOf = new Map<number, string>()
  const constants = new Map<number, Constant>()
  const nameOfContent = new Map<string, string>()
  const infos = new Map<number, TensorInfo>() // tensors from before, as kernels name them
  const made = new Map<number, Known>() // what is computed inside, and the inputs
  let calls = 0
  let foreseen = -2 // tfjs takes ids below 0 for tensors that the binding does not hold yet; it marks its own by -1

  const dtypeOf = (info: TensorInfo) =>
    info.dtype === 'int32' ? native.TF_INT32 : info.dtype === 'bool' ? native.TF_BOOL : native.TF_FLOAT

  const constantOf = (id: number): Constant | undefined => {
    const info = infos.get(id)
    if (info && !constants.has(id))
      constants.set(id, { shape: info.shape, dtype: dtypeOf(info), values: native.tensorDataSync(id) })
    return constants.get(id)
  }

  /** An operation's outputs without their values. */
  const foresee = (op: string, attributes: NativeAttribute[], ids: number[]): NativeTensor[] => {
    const known = ids.map((id) => made.get(id) ?? constantOf(id)!)
    const values = (input: number) => {
      const constant = constants.get(ids[input]!)
      if (!constant) throw new Unforeseen(op)
      return Array.from(constant.values)
    }
    const outputs = outputShapes(native, op, attributes, known, values)
    if (!outputs) throw new Unforeseen(op)
    return outputs.map((output) => ({ ...output, id: foreseen-- }))
  }

  const reference = (id: number): string => {
    const known = nameOf.get(id)
    if (known !== undefined) return known
    const constant = constantOf(id)
    if (!constant)
      throw new CaptureError(
        `Expected every tensor to be an input, a constant or made inside, but tensor ${id} is none.`,
      )
    const bytes = bytesOf(native, constant)
    // Kernels make their little constants (axes, shapes, factors) anew at each call: one node serves all that are equal.
    const content = `${constant.dtype} ${constant.shape.join()} ${Buffer.from(bytes).toString('latin1')}`
    const equal = nameOfContent.get(content)
    if (equal !== undefined) {
      nameOf.set(id, equal)
      return equal
    }
    const name = `constant_${nameOfContent.size}`
    const tensor: Attribute = { kind: 'tensor', dtype: constant.dtype, shape: constant.shape, bytes }
    nodes.push({
      name,
      op: 'Const',
      inputs: [],
      attributes: { dtype: { kind: 'type', value: constant.dtype }, value: tensor },
    })
    nameOfContent.set(content, name)
    nameOf.set(id, name)
    return name
  }

  const overlay: Partial<NativeBinding> = {
    executeOp(op, attributes, ids, count) {
      if (DRAWS.test(op))
        throw new CaptureError(
          `Expected a pure function, but it draws random numbers (${op}). Draw them outside and hand them in as an input.`,
        )
      const outputs = compute ? native.executeOp(op, attributes, ids, count) : foresee(op, attributes, ids)
      const name = `node_${calls++}`
      const counted = COUNTED[op]
      nodes.push({
        name,
        op,
        inputs: ids.map(reference),
        attributes: {
          ...(counted && { N: { kind: 'int', value: counted(ids.length) } satisfies Attribute }),
          ...Object.fromEntries(attributes.map((attribute) => [attribute.name, attributeOf(native, attribute)])),
        },
      })
      outputs.forEach((output, i) => {
        nameOf.set(output.id, i === 0 ? name : `${name}:${i}`)
        made.set(output.id, output)
      })
      return outputs
    },
    createTensor(shape, dtype, values) {
      const id = native.createTensor(shape, dtype, values)
      constants.set(id, { shape: [...shape], dtype, values: copyOf(values) })
      return id
    },
    tensorDataSync(id) {
      if (nameOf.has(id) && !nameOf.get(id)!.startsWith('constant_'))
        throw new CaptureError(
          'Expected a pure function, but it reads the value of a tensor that it computed (dataSync, arraySync or data). Return the tensor and read it outside.',
        )
      return native.tensorDataSync(id)
    },
  }
  // The addon's functions cannot be replaced in place; a copy of it can be put in its stead.
  const all = Object.getOwnPropertyNames(native).map((key) => {
    const value: unknown = Reflect.get(native, key)
    return [key, typeof value === 'function' ? (value.bind(native) as unknown) : value]
  })
  const listening = { ...(Object.fromEntries(all) as NativeBinding), ...overlay }
  const idsOf = backend.getInputTensorIds.bind(backend)

  inputs.forEach((input, i) => {
    const [id] = idsOf([input])
    nameOf.set(id!, `input_${i}`)
    made.set(id!, { shape: input.shape, dtype: dtypeOf(input) })
    nodes.push({
      name: `input_${i}`,
      op: 'Placeholder',
      inputs: [],
      attributes: { dtype: { kind: 'type', value: dtypeOf(input) }, shape: { kind: 'shape', value: input.shape } },
    })
  })
  backend.binding = listening
  backend.getInputTensorIds = (tensors) => {
    const ids = idsOf(tensors)
    ids.forEach((id, i) => {
      if (!nameOf.has(id) && !constants.has(id)) infos.set(id, tensors[i]!)
    })
    return ids
  }
  try {
    const results = fn([...inputs])
    // An output may be an input or a constant handed through: an Identity gives it a node of its own.
    const outputs = results.map((result, i) => {
      const source = reference(backend.getInputTensorIds([result])[0]!)
      const name = `output_${i}`
      nodes.push({
        name,
        op: 'Identity',
        inputs: [source],
        attributes: { T: { kind: 'type', value: dtypeOf(result) } },
      })
      return `${name}:0`
    })
    return { nodes, outputs }
  } finally {
    backend.binding = native
    delete (backend as Partial<NativeBackend>).getInputTensorIds // back to the prototype's
  }
}

const copyOf = (values: ArrayLike<number>): ArrayLike<number> =>
  ArrayBuffer.isView(values) ? (values as Float32Array).slice() : [...Array.from(values)]

function bytesOf(native: NativeBinding, { dtype, values }: Constant): Uint8Array {
  if (dtype === native.TF_FLOAT) return new Uint8Array(Float32Array.from(values).buffer)
  if (dtype === native.TF_BOOL) return Uint8Array.from(values)
  // tfjs-node keeps a 64-bit integer as two 32-bit halves, low first: the same bytes.
  if (dtype === native.TF_INT32 || dtype === native.TF_INT64) return new Uint8Array(Int32Array.from(values).buffer)
  throw new CaptureError(
    `Expected constants of type float32, int32, int64 or bool, but received TensorFlow type ${dtype}.`,
  )
}

function attributeOf(native: NativeBinding, { name, type, value }: NativeAttribute): Attribute {
  if (type === native.TF_ATTR_TYPE)
    return Array.isArray(value) ? { kind: 'types', value: value as number[] } : { kind: 'type', value: value as number }
  if (type === native.TF_ATTR_INT)
    return Array.isArray(value) ? { kind: 'ints', value: value as number[] } : { kind: 'int', value: value as number }
  if (type === native.TF_ATTR_FLOAT) return { kind: 'float', value: value as number }
  if (type === native.TF_ATTR_BOOL) return { kind: 'bool', value: value as boolean }
  if (type === native.TF_ATTR_SHAPE) return { kind: 'shape', value: value as number[] }
  if (type === native.TF_ATTR_STRING) return { kind: 'string', value: value as string }
  throw new CaptureError(`Expected a known kind of attribute, but ${name} has kind ${type}.`)
}
