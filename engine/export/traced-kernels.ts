// What becomes a layer: for each tfjs kernel that a final network's evaluation calls, the layer that it is.
import { backend_util as reckon, type TensorInfo } from '@tensorflow/tfjs-core'
import type { Sides, Work } from './layers.js'
import type { TraceBackend } from './trace-backend.js'

export type TracedKernel = (backend: TraceBackend, inputs: readonly TensorInfo[], attributes: object) => TensorInfo

type Image = [number, number, number, number]
type Sizes = Parameters<typeof reckon.computeConv2DInfo>
interface Window {
  readonly strides: Sizes[2]
  readonly dilations: Sizes[3]
  readonly pad: Sizes[4]
  readonly dimRoundingMode?: Sizes[5]
  readonly filterSize: [number, number] | number
}

const ofOne = ({ shape }: TensorInfo): number[] => shape.slice(1)

/** A layer that reads one tensor and gives another shape, or the same. */
const one = (backend: TraceBackend, x: TensorInfo, work: Work, shape = ofOne(x)) =>
  backend.add(work, [backend.placeOf(x)!], shape)

const convolution =
  (depthwise: boolean): TracedKernel =>
  (backend, [x, filter], attributes) => {
    const { strides, pad, dilations, dimRoundingMode } = attributes as Window
    const shapes = [x!.shape as Image, filter!.shape as Image] as const
    const info = reckon.computeConv2DInfo(...shapes, strides, dilations, pad, dimRoundingMode, depthwise)
    const { top, bottom, left, right } = info.padInfo
    const kernel = backend.numbersOf(filter!)
    const stride: Sides = [info.strideHeight, info.strideWidth]
    const dilation: Sides = [info.dilationHeight, info.dilationWidth]
    const around = { top, bottom, left, right }
    if (!depthwise && Math.max(...dilation) > 1)
      throw new Error('Expected only depthwise convolutions to be dilated, but a dense one is.')
    const work: Work = depthwise
      ? { op: 'depthwise', kernel, stride, dilation, around }
      : { op: 'conv', kernel, bias: null, stride, around }
    return one(backend, x!, work, info.outShape.slice(1))
  }

const pool =
  (op: 'max-pool' | 'mean-pool'): TracedKernel =>
  (backend, [x], attributes) => {
    const { filterSize, strides, pad, dimRoundingMode } = attributes as Window
    const info = reckon.computePool2DInfo(x!.shape as Image, filterSize, strides, 1, pad, dimRoundingMode)
    const { top, bottom, left, right } = info.padInfo
    const [window, stride]: Sides[] = [
      [info.filterHeight, info.filterWidth],
      [info.strideHeight, info.strideWidth],
    ]
    if (op === 'mean-pool' && top + bottom + left + right > 0)
      throw new Error('Expected a mean pool with nothing around the image, but there is padding.')
    const work: Work =
      op === 'max-pool'
        ? { op, window: window!, stride: stride!, around: { top, bottom, left, right } }
        : { op, window: window!, stride: stride! }
    return one(backend, x!, work, info.outShape.slice(1))
  }

/** Of any number of tensors: layers are summed, constants added to that. */
const sum: TracedKernel = (backend, inputs) => {
  const layers = inputs.filter((input) => backend.placeOf(input) !== undefined)
  const shape = reckon.assertAndGetBroadcastShape
  const all = inputs.slice(1).reduce((joint, input) => shape(joint, input.shape), inputs[0]!.shape)
  const places = layers.map((layer) => backend.placeOf(layer)!)
  const total =
    layers.length === 1 ? layers[0]! : backend.add({ op: 'sum' }, places, layers.map(ofOne).reduce(shapeOfBoth))
  return inputs
    .filter((input) => !layers.includes(input))
    .reduce((x, constant) => one(backend, x, { op: 'plus', by: backend.numbersOf(constant) }, all.slice(1)), total)
}
const shapeOfBoth = (a: number[], b: number[]) => reckon.assertAndGetBroadcastShape(a, b)

export const traced: Readonly<Record<string, TracedKernel>> = {
  Conv2D: convolution(false),
  DepthwiseConv2dNative: convolution(true),
  MaxPool: pool('max-pool'),
  AvgPool: pool('mean-pool'),
  Relu: (backend, [x]) => one(backend, x!, { op: 'relu' }),
  Add: sum,
  AddN: sum,
  Multiply(backend, inputs) {
    const [x, factor] = backend.placeOf(inputs[0]!) === undefined ? [inputs[1]!, inputs[0]!] : [inputs[0]!, inputs[1]!]
    if (backend.placeOf(factor) !== undefined)
      throw new Error('Expected a product with a constant, but both factors hang on the images.')
    const shape = reckon.assertAndGetBroadcastShape(x.shape, factor.shape).slice(1)
    return one(backend, x, { op: 'times', by: backend.numbersOf(factor) }, shape)
  },
  Concat(backend, inputs, attributes) {
    const last = inputs[0]!.shape.length - 1
    if ((attributes as { axis: number }).axis !== last) throw new Error('Expected tensors to be joined by channels.')
    const layers = inputs.map((input) => (backend.placeOf(input) === undefined ? backend.spread(input) : input))
    const channels = inputs.reduce((total, { shape }) => total + shape[last]!, 0)
    const shape = [...inputs[0]!.shape.slice(1, -1), channels]
    const places = layers.map((layer) => backend.placeOf(layer)!)
    return backend.add({ op: 'join' }, places, shape)
  },
  Slice(backend, [x], attributes) {
    const { begin, size } = attributes as { begin: number[]; size: number[] }
    const shape = size.map((side, i) => (side === -1 ? x!.shape[i]! - begin[i]! : side))
    return one(backend, x!, { op: 'part', begin: begin.slice(1) }, shape.slice(1))
  },
  Mean(backend, [x], attributes) {
    const axes = [(attributes as { axis: number | number[] }).axis].flat()
    if (axes.join() !== '1,2')
      throw new Error(`Expected a mean over rows and columns, but received axes ${axes.join()}.`)
    return one(backend, x!, { op: 'mean' }, [x!.shape[3]!])
  },
  BatchMatMul(backend, [x, matrix]) {
    return one(backend, x!, { op: 'product', matrix: backend.numbersOf(matrix!) }, [matrix!.shape[1]!])
  },
  /** All is float32 here. */
  Cast: (backend, [x]) => backend.alias(x!),
  ZerosLike: (backend, [x]) => {
    const size = x!.shape.reduce((product, side) => product * side, 1)
    return backend.makeTensorInfo(x!.shape, 'float32', new Float32Array(size))
  },
}
