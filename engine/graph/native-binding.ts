// The part of tfjs-node's native binding that graph capture listens to and drives.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

export interface NativeAttribute {
  readonly name: string
  /** One of the binding's TF_ATTR_* numbers. */
  readonly type: number
  readonly value: unknown
}

export interface NativeTensor {
  readonly id: number
  readonly dtype: number
  readonly shape: readonly number[]
}

export interface NativeBinding {
  readonly TF_FLOAT: number
  readonly TF_INT32: number
  readonly TF_INT64: number
  readonly TF_BOOL: number
  readonly TF_ATTR_STRING: number
  readonly TF_ATTR_INT: number
  readonly TF_ATTR_FLOAT: number
  readonly TF_ATTR_BOOL: number
  readonly TF_ATTR_TYPE: number
  readonly TF_ATTR_SHAPE: number
  executeOp(op: string, attributes: NativeAttribute[], inputs: number[], outputs: number): NativeTensor[]
  createTensor(shape: number[], dtype: number, values: ArrayLike<number>): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array
  loadSavedModel(folder: string, tags: string): number
  deleteSavedModel(id: number): void
}

export interface NativeBackend {
  binding: NativeBinding
  getInputTensorIds: (tensors: TensorInfo[]) => number[]
  runSavedModel(id: number, inputs: Tensor[], feeds: { name: string; tfDtype: string }[], fetches: string[]): Tensor[]
}

/** The native backend where it is the one in use, else null: then nothing can be captured. */
export const nativeBackend = (): NativeBackend | null =>
  tf.getBackend() === 'tensorflow' ? (tf.backend() as unknown as NativeBackend) : null

/** The binding with some functions replaced: in place the addon's cannot be, so a copy is put in its stead. */
export function overlaid(native: NativeBinding, overlay: Partial<NativeBinding>): NativeBinding {
  const all = Object.getOwnPropertyNames(native).map((key) => {
    const value = (native as unknown as Record<string, unknown>)[key]
    return [key, typeof value === 'function' ? (value.bind(native) as unknown) : value]
  })
  return { ...(Object.fromEntries(all) as NativeBinding), ...overlay }
}
