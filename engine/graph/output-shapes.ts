// The shapes and types that TensorFlow's operations give, so that a function can be written down without computing anything.
import type { NativeAttribute, NativeBinding } from './native-binding.js'

export interface Known {
  readonly shape: readonly number[]
  /** One of the binding's TF_* type numbers. */
  readonly dtype: number
}

/** One call of an operation: its inputs, the values of those that are constants, its attributes. */
interface Call {
  readonly inputs: readonly Known[]
  readonly values: (input: number) => number[]
  readonly attribute: (name: string) => unknown
  readonly native: NativeBinding
}

type Shape = readonly number[]
type Rule = (call: Call) => Known | readonly Known[]

const like =
  (input: number): Rule =>
  ({ inputs }) =>
    inputs[input]!
const shaped =
  (shape: (call: Call) => Shape, typed = 0): Rule =>
  (call) => ({ shape: shape(call), dtype: call.inputs[typed]!.dtype })

const broadcast = (a: Shape, b: Shape): Shape => {
  const rank = Math.max(a.length, b.length)
  const side = (shape: Shape, i: number) => shape[i - rank + shape.length] ?? 1
  return Array.from({ length: rank }, (_, i) => (side(a, i) === 1 ? side(b, i) : side(a, i)))
}
const elementwise = shaped(({ inputs }) => broadcast(inputs[0]!.shape, inputs[1]!.shape))
const axisOf = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis)

const reduce = shaped(({ inputs, values, attribute }) => {
  const { shape } = inputs[0]!
  const axes = values(1).map((axis) => axisOf(axis, shape.length))
  if (attribute('keep_dims')) return shape.map((side, i) => (axes.includes(i) ? 1 : side))
  return shape.filter((_, i) => !axes.includes(i))
})

/** Sides of a window's output over [n, h, w, c], for TensorFlow's three ways of padding. */
function slid({ inputs, attribute }: Call, window: readonly [number, number], channels: number): Shape {
  const [n, ...sides] = inputs[0]!.shape.slice(0, 3) as [number, number, number]
  const strides = (attribute('strides') as number[]).slice(1, 3)
  const dilations = ((attribute('dilations') as number[] | undefined) ?? [1, 1, 1, 1]).slice(1, 3)
  const explicit = (attribute('explicit_paddings') as number[] | undefined)?.slice(2, 6) ?? []
  const out = sides.map((side, i) => {
    const reach = (window[i]! - 1) * dilations[i]! + 1
    if (attribute('padding') === 'SAME') return Math.ceil(side / strides[i]!)
    const padding = attribute('padding') === 'EXPLICIT' ? explicit[2 * i]! + explicit[2 * i + 1]! : 0
    return Math.floor((side + padding - reach) / strides[i]!) + 1
  })
  return [n, ...out, channels]
}
const pooled = shaped((call) => {
  const [, height, width] = call.attribute('ksize') as [number, number, number, number]
  return slid(call, [height, width], call.inputs[0]!.shape[3]!)
})

const comparison: Rule = ({ inputs, native }) => ({
  shape: broadcast(inputs[0]!.shape, inputs[1]!.shape),
  dtype: native.TF_BOOL,
})
const every = (names: string, rule: Rule): Record<string, Rule> =>
  Object.fromEntries(names.split(' ').map((name) => [name, rule]))

const RULES: Readonly<Record<string, Rule>> = {
  ...every('Add AddV2 Sub Mul RealDiv FloorDiv Minimum Maximum Pow SquaredDifference', elementwise),
  ...every('Equal NotEqual Less LessEqual Greater GreaterEqual LogicalAnd LogicalOr', comparison),
  ...every('AddN ReverseV2 Relu ReluGrad Relu6 Elu Softmax LogSoftmax Identity LogicalNot', like(0)),
  ...every('Abs Exp Expm1 Floor Log Log1p Neg Reciprocal Rsqrt Sigmoid Sign Sqrt Square Tanh', like(0)),
  ...every('Sum Mean Max Min Prod', reduce),
  ...every('Select SelectV2', like(1)),
  Cast: ({ inputs, attribute }) => ({ shape: inputs[0]!.shape, dtype: attribute('DstT') as number }),
  StatelessRandomNormal: ({ values, attribute }) => ({ shape: values(0), dtype: attribute('dtype') as number }),
  Fill: ({ values, inputs }) => ({ shape: values(0), dtype: inputs[1]!.dtype }),
  ArgMax: ({ inputs, values, attribute }) => ({
    shape: inputs[0]!.shape.filter((_, i) => i !== axisOf(values(1)[0]!, inputs[0]!.shape.length)),
    dtype: attribute('output_type') as number,
  }),
  OneHot: ({ inputs, values }) => ({ shape: [...inputs[0]!.shape, values(1)[0]!], dtype: inputs[2]!.dtype }),
  Reshape: shaped(({ inputs, values }) => {
    const asked = values(1)
    const size = (shape: Shape) => shape.reduce((product, side) => product * side, 1)
    const known = size(asked.filter((side) => side >= 0))
    return asked.map((side) => (side < 0 ? size(inputs[0]!.shape) / known : side))
  }),
  Slice: shaped(({ inputs, values }) =>
    values(2).map((size, i) => (size < 0 ? inputs[0]!.shape[i]! - values(1)[i]! : size)),
  ),
  PadV2: shaped(({ inputs, values }) =>
    inputs[0]!.shape.map((side, i) => side + values(1)[2 * i]! + values(1)[2 * i + 1]!),
  ),
  Transpose: shaped(({ inputs, values }) => values(1).map((axis) => inputs[0]!.shape[axis]!)),
  Tile: shaped(({ inputs, values }) => inputs[0]!.shape.map((side, i) => side * values(1)[i]!)),
  Pack: shaped(({ inputs, attribute }) => {
    const shape = [...inputs[0]!.shape]
    shape.splice(axisOf(attribute('axis') as number, shape.length + 1), 0, inputs.length)
    return shape
  }),
  Unpack: ({ inputs, attribute }) => {
    const { shape, dtype } = inputs[0]!
    const axis = axisOf(attribute('axis') as number, shape.length)
    return Array.from({ length: shape[axis]! }, () => ({ shape: shape.filter((_, i) => i !== axis), dtype }))
  },
  ConcatV2: shaped(({ inputs, values }) => {
    const shapes = inputs.slice(0, -1).map((input) => input.shape)
    const axis = axisOf(values(inputs.length - 1)[0]!, shapes[0]!.length)
    const joined = shapes.reduce((sum, shape) => sum + shape[axis]!, 0)
    return shapes[0]!.map((side, i) => (i === axis ? joined : side))
  }),
  SplitV: ({ inputs, values }) => {
    const { shape, dtype } = inputs[0]!
    const axis = axisOf(values(2)[0]!, shape.length)
    return values(1).map((size) => ({ shape: shape.map((side, i) => (i === axis ? size : side)), dtype }))
  },
  BatchMatMulV2: shaped(({ inputs, attribute }) => {
    const [a, b] = [inputs[0]!.shape, inputs[1]!.shape]
    const rows = a.at(attribute('adj_x') ? -1 : -2)!
    return [...broadcast(a.slice(0, -2), b.slice(0, -2)), rows, b.at(attribute('adj_y') ? -2 : -1)!]
  }),
  MatMul: shaped(({ inputs, attribute }) => [
    inputs[0]!.shape[attribute('transpose_a') ? 1 : 0]!,
    inputs[1]!.shape[attribute('transpose_b') ? 0 : 1]!,
  ]),
  Conv2D: shaped((call) => {
    const [height, width, , channels] = call.inputs[1]!.shape as [number, number, number, number]
    return slid(call, [height, width], channels)
  }),
  DepthwiseConv2dNative: shaped((call) => {
    const [height, width, channels, times] = call.inputs[1]!.shape as [number, number, number, number]
    return slid(call, [height, width], channels * times)
  }),
  Conv2DBackpropInput: shaped(({ values }) => values(0), 1),
  Conv2DBackpropFilter: shaped(({ values }) => values(1)),
  DepthwiseConv2dNativeBackpropInput: shaped(({ values }) => values(0), 1),
  DepthwiseConv2dNativeBackpropFilter: shaped(({ values }) => values(1)),
  MaxPool: pooled,
  MaxPoolGrad: like(0),
  AvgPool: pooled,
  AvgPoolGrad: shaped(({ values }) => values(0), 1),
  SpaceToBatchND: shaped(({ inputs, values }) => {
    const [block, paddings] = [values(1), values(2)]
    const [n, ...sides] = inputs[0]!.shape
    const cut = sides.map((side, i) =>
      i < block.length ? (side + paddings[2 * i]! + paddings[2 * i + 1]!) / block[i]! : side,
    )
    return [block.reduce((product, side) => product * side, n!), ...cut]
  }),
  BatchToSpaceND: shaped(({ inputs, values }) => {
    const [block, crops] = [values(1), values(2)]
    const [n, ...sides] = inputs[0]!.shape
    const joined = sides.map((side, i) =>
      i < block.length ? side * block[i]! - crops[2 * i]! - crops[2 * i + 1]! : side,
    )
    return [block.reduce((quotient, side) => quotient / side, n!), ...joined]
  }),
  FusedBatchNormV3: ({ inputs }) => {
    const [x, scale] = inputs as [Known, Known]
    return [x, scale, scale, scale, scale, { shape: [0], dtype: scale.dtype }]
  },
  FusedBatchNormGradV3: ({ inputs }) => {
    const [dy, , scale] = inputs as [Known, Known, Known]
    const unused = { shape: [], dtype: scale.dtype }
    return [dy, scale, scale, unused, unused]
  },
  SoftmaxCrossEntropyWithLogits: ({ inputs }) => [
    { shape: inputs[0]!.shape.slice(0, 1), dtype: inputs[0]!.dtype },
    { shape: inputs[0]!.shape, dtype: inputs[0]!.dtype },
  ],
}

/** A rule needs the value of an input that is no constant. */
class NotConstant extends Error {}

/**
 * What an operation's outputs will be, or null for one that no rule foresees.
 * @param valuesOf the values of an input that is a constant
 */
export function outputShapes(
  native: NativeBinding,
  op: string,
  attributes: readonly NativeAttribute[],
  inputs: readonly Known[],
  valuesOf: (input: number) => ArrayLike<number> | undefined,
): readonly Known[] | null {
  const rule = RULES[op]
  if (!rule) return null
  const attribute = (name: string) => attributes.find((one) => one.name === name)?.value
  const values = (input: number) => {
    const constant = valuesOf(input)
    if (!constant) throw new NotConstant()
    return Array.from(constant)
  }
  try {
    const outputs = rule({ inputs, values, attribute, native })
    return Array.isArray(outputs) ? (outputs as readonly Known[]) : [outputs as Known]
  } catch (error) {
    if (error instanceof NotConstant) return null
    throw error
  }
}
