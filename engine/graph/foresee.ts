// What an operation will give, without computing it: by its rule, or by asking TensorFlow about zeros.
import type { Constants } from './constants.js'
import type { NativeAttribute, NativeBinding } from './native-binding.js'
import { outputShapes, type Known } from './output-shapes.js'
import { CaptureError } from './capture-error.js'

/** Operations whose outputs' shapes hang on values: a graph of fixed shapes cannot hold them. */
const SHAPED_BY_VALUES = /^(Where|Unique|NonMaxSuppression|SparseFillEmptyRows|SparseReshape|RaggedRange|Bincount)/

/** @param known shape and type of each input. */
export function foresee(
  native: NativeBinding,
  constants: Constants,
  op: string,
  attributes: NativeAttribute[],
  ids: readonly number[],
  known: readonly Known[],
  count: number,
): readonly Known[] {
  if (SHAPED_BY_VALUES.test(op))
    throw new CaptureError(
      `Expected operations whose shapes follow from shapes, but the shape that ${op} gives depends on values. Do it outside, on what the captured function returns.`,
    )
  const valuesOf = (input: number) => constants.get(ids[input]!)?.values
  return outputShapes(native, op, attributes, known, valuesOf) ?? askTensorFlow()

  /** One operation's time and memory, for a moment. Zeros stand for what is not computed; constants are what they are. */
  function askTensorFlow(): readonly Known[] {
    const standIns = ids.map((id, i) => (id < 0 ? zeros(native, known[i]!) : null))
    try {
      const outputs = native.executeOp(
        op,
        attributes,
        ids.map((id, i) => standIns[i] ?? id),
        count,
      )
      outputs.forEach(({ id }) => native.deleteTensor(id))
      return outputs.map(({ shape, dtype }) => ({ shape, dtype }))
    } finally {
      standIns.forEach((id) => id !== null && native.deleteTensor(id))
    }
  }
}

function zeros(native: NativeBinding, { shape, dtype }: Known): number {
  const size = shape.reduce((product, side) => product * side, 1)
  const values =
    dtype === native.TF_FLOAT
      ? new Float32Array(size)
      : dtype === native.TF_BOOL
        ? new Uint8Array(size)
        : new Int32Array(dtype === native.TF_INT64 ? 2 * size : size)
  return native.createTensor([...shape], dtype, values)
}
