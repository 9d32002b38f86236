// What goes wrong in capturing, and TensorFlow's types in the words of tfjs.
import type { NativeBinding } from './native-binding.js'

/** A function that cannot be captured, or a capture used wrongly: what it did, and what to do instead. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
}

/** `float32[2,3]`, as errors and people name a tensor. */
export const named = ({ dtype, shape }: { readonly dtype: string; readonly shape: readonly number[] }): string =>
  `${dtype}[${shape.join(',')}]`

/** @throws {CaptureError} for a type that graphs of tfjs tensors do not have. */
export function nativeType(native: NativeBinding, dtype: string): number {
  if (dtype === 'float32') return native.TF_FLOAT
  if (dtype === 'int32') return native.TF_INT32
  if (dtype === 'bool') return native.TF_BOOL
  throw new CaptureError(`Expected tensors of type float32, int32 or bool, but received ${dtype}.`)
}

/** The tfjs name of a TensorFlow type; its number where tfjs has none. */
export function typeName(native: NativeBinding, dtype: number): string {
  const names = new Map([
    [native.TF_FLOAT, 'float32'],
    [native.TF_INT32, 'int32'],
    [native.TF_INT64, 'int64'],
    [native.TF_BOOL, 'bool'],
  ])
  return names.get(dtype) ?? `type ${dtype}`
}
