// Stands in for the native backend while a function runs, and writes down every TensorFlow operation as a node of a graph.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import { CaptureError, nativeType } from './capture-error.js'
import { Constants, type Constant } from './constants.js'
import { foresee } from './foresee.js'
import { overlaid, type NativeAttribute, type NativeBackend, type NativeBinding } from './native-binding.js'
import type { Known } from './output-shapes.js'
import { type Phase, throughPhases } from './phases.js'
import { refuseDifferences } from './purity.js'
import type { Attribute, GraphNode } from './saved-model.js'

export interface Recording {
  readonly nodes: readonly GraphNode[]
  /** Where each output of the function comes from, as `node:0`. */
  readonly outputs: readonly string[]
}

/** Kernels that draw random numbers: in a graph they would draw others at each run than a seeded eager step. Stateless ones are pure. */
const DRAWS = /^(Random|Multinomial|TruncatedNormal|ParameterizedTruncatedNormal)/

/** Kernels whose list length TensorFlow asks for as an attribute; eagerly it is counted from the inputs. */
const COUNTED: Readonly<Record<string, (inputs: number) => number>> = {
  AddN: (inputs) => inputs,
  Pack: (inputs) => inputs,
  ConcatV2: (inputs) => inputs - 1,
}

type Fn = (inputs: Tensor[]) => Tensor[]

/**
 * Runs `fn` twice, computing nothing, and returns the graph of what it did. A tensor that is neither an input nor made inside becomes
 * a constant. Twice, because a function that is not pure shows in the difference. No tensor made inside is left, whatever happens.
 *
 * @throws {CaptureError} when a value computed inside is read, random numbers are drawn or the two runs differ.
 */
export function record(backend: NativeBackend, fn: Fn, inputs: readonly Tensor[]): Recording {
  const recording = recordOnce(backend, fn, inputs)
  refuseDifferences(backend.binding, recording.nodes, recordOnce(backend, fn, inputs).nodes)
  return recording
}

function recordOnce(backend: NativeBackend, fn: Fn, inputs: readonly Tensor[]): Recording {
  const native = backend.binding
  const nodes: GraphNode[] = []
  let phase: Phase = 'forward'
  const write = (node: Omit<GraphNode, 'phase'>) => nodes.push({ ...node, phase })
  const constants = new Constants(native)
  const nameOf = new Map<number, string>()
  const infos = new Map<number, TensorInfo>() // tensors from before, as kernels name them
  const made = new Map<number, Known>() // what is computed inside, and the inputs
  let calls = 0
  let foreseen = -2 // tfjs takes ids below 0 for tensors that the binding does not hold yet; it marks its own by -1

  const constantOf = (id: number): Constant | undefined => {
    const info = infos.get(id)
    if (info && !constants.get(id))
      constants.add(id, {
        shape: info.shape,
        dtype: nativeType(native, info.dtype),
        values: native.tensorDataSync(id),
      })
    return constants.get(id)
  }
  const knownOf = (id: number): Known => {
    const known = made.get(id) ?? constantOf(id)
    if (!known)
      throw new CaptureError(
        `Expected every tensor to be an input, a constant or made inside, but tensor ${id} is none.`,
      )
    return known
  }
  const reference = (id: number): string => {
    const written = nameOf.get(id)
    if (written !== undefined) return written
    const { name, made: node } = constants.nodeOf(knownOf(id) as Constant)
    if (node) write(node)
    nameOf.set(id, name)
    return name
  }

  const overlay: Partial<NativeBinding> = {
    executeOp(op, attributes, ids, count) {
      if (DRAWS.test(op))
        throw new CaptureError(
          `Expected a pure function, but it draws random numbers (${op}). Draw them outside and hand them in as an input.`,
        )
      const outputs = foresee(native, constants, op, attributes, ids, ids.map(knownOf), count)
      const name = `node_${calls++}`
      const counted = COUNTED[op]
      write({
        name,
        op,
        inputs: ids.map(reference),
        attributes: {
          ...(counted && { N: { kind: 'int', value: counted(ids.length) } satisfies Attribute }),
          ...Object.fromEntries(attributes.map((attribute) => [attribute.name, attributeOf(native, attribute)])),
        },
        outputs,
      })
      return outputs.map((output, i) => {
        const id = foreseen--
        nameOf.set(id, i === 0 ? name : `${name}:${i}`)
        made.set(id, output)
        return { ...output, id }
      })
    },
    createTensor(shape, dtype, values) {
      const id = native.createTensor(shape, dtype, values)
      constants.add(id, { shape: [...shape], dtype, values: copyOf(values) })
      return id
    },
    tensorDataSync(id) {
      if (made.has(id))
        throw new CaptureError(
          'Expected a pure function, but it reads the value of an input or of a tensor that it computed (dataSync, arraySync or data). Return the tensor and read it outside.',
        )
      return native.tensorDataSync(id)
    },
  }

  const idsOf = backend.getInputTensorIds.bind(backend)
  idsOf([...inputs]).forEach((id, i) => {
    const { shape, dtype: typeOf } = inputs[i]!
    const dtype = nativeType(native, typeOf)
    nameOf.set(id, `input_${i}`)
    made.set(id, { shape, dtype })
    write({
      name: `input_${i}`,
      op: 'Placeholder',
      inputs: [],
      attributes: { dtype: { kind: 'type', value: dtype }, shape: { kind: 'shape', value: shape } },
      outputs: [{ shape, dtype }],
    })
  })
  const givenIds: NativeBackend['getInputTensorIds'] = (tensors) => {
    const ids = idsOf(tensors)
    ids.forEach((id, i) => {
      if (!nameOf.has(id) && !constants.get(id)) infos.set(id, tensors[i]!)
    })
    return ids
  }
  try {
    const outputs = listening(backend, overlay, givenIds, () =>
      // An output may be an input or a constant handed through: an Identity gives it a node of its own.
      throughPhases(
        (next) => (phase = next),
        () => fn([...inputs]),
      ).map((result, i) => {
        const [id] = givenIds([result])
        const [source, { shape, dtype }] = [reference(id!), knownOf(id!)]
        const name = `output_${i}`
        const attributes = { T: { kind: 'type', value: dtype } } as const
        write({ name, op: 'Identity', inputs: [source], attributes, outputs: [{ shape, dtype }] })
        return `${name}:0`
      }),
    )
    return { nodes, outputs }
  } finally {
    for (const id of constants.idsOfInt64()) native.deleteTensor(id)
  }
}

/** Runs `fn` with the binding overlaid, and disposes every tensor that it makes: they hold no values. */
function listening<T>(
  backend: NativeBackend,
  overlay: Partial<NativeBinding>,
  givenIds: NativeBackend['getInputTensorIds'],
  fn: () => T,
): T {
  const native = backend.binding
  // Scopes close by themselves, even after an error; what is kept beyond them (by tf.keep, and for gradients that an error
  // left untaken) is remembered here. Ids of tensors ascend.
  const engine = tf.engine()
  const kept: Tensor[] = []
  const keep: <T extends Tensor>(tensor: T) => T = (engine as { keep: typeof tf.keep }).keep.bind(engine)
  const firstId = tf.tidy(() => tf.scalar(0).id)
  engine.keep = (tensor) => {
    kept.push(tensor)
    return keep(tensor)
  }
  backend.binding = overlaid(native, overlay)
  backend.getInputTensorIds = givenIds
  let result: { value: T } | undefined
  try {
    tf.tidy(() => {
      result = { value: fn() }
    })
    return result!.value
  } finally {
    backend.binding = native
    // Back to the prototypes'.
    delete (backend as Partial<NativeBackend>).getInputTensorIds
    delete (engine as Partial<typeof engine>).keep
    tf.dispose(kept.filter((tensor) => tensor.id > firstId))
  }
}

const copyOf = (values: ArrayLike<number>): ArrayLike<number> =>
  ArrayBuffer.isView(values) ? (values as Float32Array).slice() : [...Array.from(values)]

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
