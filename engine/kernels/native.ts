// The one place that knows whether TensorFlow itself runs the kernels, and the door to its kernels by name.
import * as tf from '@tensorflow/tfjs-core'

/**
 * An attribute of a TensorFlow kernel. Its kind follows from how it is written, as TensorFlow's own names do: a name
 * with a capital letter (T, U, Tpaddings) or `dtype` is a type, a list is of integers, a single number is a float.
 */
type Attribute = string | boolean | number | readonly number[]

/** Pixels that a window moves on by. */
export type Stride = 1 | 2

interface NativeBackend {
  binding: Record<
    'TF_ATTR_STRING' | 'TF_ATTR_INT' | 'TF_ATTR_FLOAT' | 'TF_ATTR_BOOL' | 'TF_ATTR_TYPE' | 'TF_FLOAT' | 'TF_INT32',
    number
  >
  executeMultipleOutputs(name: string, attributes: object[], inputs: tf.Tensor[], outputs: number): tf.Tensor[]
}

/** True where TensorFlow's own kernels can be called by name; elsewhere a kernel takes its portable form. */
export function onTensorFlow(): boolean {
  return tf.getBackend() === 'tensorflow'
}

/** Calls one TensorFlow kernel, e.g. `ReluGrad`, and gives its first output; `T` is float32 unless told otherwise. */
export function native(kernel: string, inputs: tf.Tensor[], attributes: Record<string, Attribute> = {}): tf.Tensor {
  return nativeAll(kernel, inputs, attributes, 1)[0]!
}

/** Calls one TensorFlow kernel and gives all of its `outputs`. */
export function nativeAll(
  kernel: string,
  inputs: tf.Tensor[],
  attributes: Record<string, Attribute>,
  outputs: number,
): tf.Tensor[] {
  const backend = tf.backend() as unknown as NativeBackend
  const { binding } = backend
  const described = Object.entries({ T: 'float32', ...attributes }).map(([name, value]) => {
    if (/^[A-Z]|^dtype$/.test(name)) {
      return { name, type: binding.TF_ATTR_TYPE, value: value === 'int32' ? binding.TF_INT32 : binding.TF_FLOAT }
    }
    if (typeof value === 'string') return { name, type: binding.TF_ATTR_STRING, value }
    if (typeof value === 'boolean') return { name, type: binding.TF_ATTR_BOOL, value }
    return { name, type: typeof value === 'number' ? binding.TF_ATTR_FLOAT : binding.TF_ATTR_INT, value }
  })
  return backend.executeMultipleOutputs(kernel, described, inputs, outputs)
}

/**
 * How a window of `size` slides over an image [n, h, w, c] with (size - 1) / 2 pixels of padding on every side, as
 * TensorFlow's kernels want to be told. Where TensorFlow's SAME means that too, it is told so: oneDNN's backward kernels
 * know SAME only, and are two to three times faster.
 */
export function window(image: tf.Tensor4D['shape'], size: number, stride: number): Record<string, Attribute> {
  const padding = (size - 1) / 2
  return {
    strides: [1, stride, stride, 1],
    data_format: 'NHWC',
    ...(isSame(image, size, stride)
      ? { padding: 'SAME' }
      : { padding: 'EXPLICIT', explicit_paddings: [0, 0, padding, padding, padding, padding, 0, 0] }),
  }
}

/** How a window slides where no padding is needed. */
export const unpadded = (stride: number): Record<string, Attribute> => ({
  strides: [1, stride, stride, 1],
  data_format: 'NHWC',
  padding: 'VALID',
})

/** Whether TensorFlow's SAME is PyTorch's padding: not at stride 2 over an even height or width, but for 1x1 windows. */
export function isSame([, height, width]: tf.Tensor4D['shape'], size: number, stride: number): boolean {
  return stride === 1 || size === 1 || (height % 2 === 1 && width % 2 === 1)
}

/** A shape as the int32 tensor that TensorFlow's backward kernels ask for. */
export function shapeOf(x: tf.Tensor): tf.Tensor1D {
  return tf.tensor1d(x.shape, 'int32')
}
