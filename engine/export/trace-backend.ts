// A tfjs backend that writes layers down: what hangs on the images becomes a layer, what hangs on weights alone is computed.
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import { scalar, type Layer, type Numbers, type Work } from './layers.js'
import { traced, type TracedKernel } from './traced-kernels.js'

const NAME = 'cellboard-trace'

/** tfjs' own backend in plain JavaScript computes constants; a traced tensor has no values there. */
export class TraceBackend extends MathBackendCPU {
  layers: Layer[] = []
  #places = new WeakMap<object, number>()

  constructor() {
    super()
    // At its first use tfjs' backend advises on the console to install another one.
    Object.assign(this, { firstUse: false })
  }

  /** The layer that a tensor is; undefined for a constant. */
  placeOf({ dataId }: TensorInfo): number | undefined {
    return this.#places.get(dataId)
  }

  numbersOf({ dataId, shape }: TensorInfo): Numbers {
    return { shape, values: Float32Array.from(this.readSync(dataId) as Float32Array) }
  }

  /** Adds a layer; what it gives is told of one image. */
  add(work: Work, from: readonly number[], shape: readonly number[]): TensorInfo {
    const info = this.makeTensorInfo([1, ...shape], 'float32')
    this.#places.set(info.dataId, this.layers.push({ ...work, from, shape }) - 1)
    return info
  }

  /** Another tensor that is the same layer. */
  alias(x: TensorInfo): TensorInfo {
    const info = this.makeTensorInfo(x.shape, 'float32')
    this.#places.set(info.dataId, this.placeOf(x)!)
    return info
  }

  /** A constant made one for each image, so that it can stand where a layer must: zero times a pixel of the image, plus the constant. */
  spread(constant: TensorInfo): TensorInfo {
    const pixel = this.add({ op: 'part', begin: [0, 0, 0] }, [0], [1, 1, 1])
    const flat = constant.shape.length === 2 ? this.add({ op: 'mean' }, [this.placeOf(pixel)!], [1]) : pixel
    const shape = constant.shape.slice(1)
    const nothing = this.add(
      { op: 'times', by: scalar(0) },
      [this.placeOf(flat)!],
      this.layers[this.placeOf(flat)!]!.shape,
    )
    return this.add({ op: 'plus', by: this.numbersOf(constant) }, [this.placeOf(nothing)!], shape)
  }

  begin(imageShape: readonly number[]): TensorInfo {
    this.layers = []
    return this.add({ op: 'images' }, [], imageShape)
  }
}

let registered: TraceBackend | undefined

/** Registered once, for no more than its name: nobody else picks it. */
function backend(): TraceBackend {
  if (registered) return registered
  const made = new TraceBackend()
  tf.registerBackend(NAME, () => made, 0)
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend('cpu'))
    tf.registerKernel({
      kernelName,
      backendName: NAME,
      kernelFunc(call) {
        const given = Object.values(call.inputs) as TensorInfo[]
        if (!given.some((input) => made.placeOf(input) !== undefined)) return kernelFunc(call)
        const kernel: TracedKernel | undefined = traced[kernelName]
        if (!kernel)
          throw new Error(`Expected a kernel that can be handed out, but the network's evaluation calls ${kernelName}.`)
        return kernel(made, given, call.attrs ?? {})
      },
    })
  return (registered = made)
}

/**
 * The layers of a function of images, computing nothing that hangs on them. The backend in use is left for a moment, not longer than
 * this call, which never waits.
 * @param imageShape [rows, columns, channels]
 * @param run gives logits, [1, classes], of images [1, rows, columns, channels]; all other tensors that it reads it makes itself
 * @returns all layers and the place of the logits
 */
export function traceLayers(
  imageShape: readonly [number, number, number],
  run: (images: tf.Tensor4D) => Tensor,
): { layers: readonly Layer[]; logits: number } {
  const tracing = backend()
  const before = tf.getBackend()
  // Both backends are there by now: the change is made before the promise is.
  void tf.setBackend(NAME)
  try {
    let logits = 0
    tf.tidy(() => {
      const images = tf.engine().makeTensorFromTensorInfo(tracing.begin(imageShape)) as tf.Tensor4D
      const result = run(images)
      logits = tracing.placeOf(result) ?? tracing.placeOf(tracing.spread(result))!
    })
    return { layers: tracing.layers, logits }
  } finally {
    tracing.layers = []
    void tf.setBackend(before)
  }
}
