// tfjs' AddN on WebGPU binds all its inputs at once, of which an adapter need not take more than eight with the output.
import * as tf from '@tensorflow/tfjs-core'

/** Inputs of one addition; WebGPU's least limit is 8 storage buffers a shader, one of which is the result. */
const AT_ONCE = 7

/** Lets AddN take any number of inputs: seven, then what is their sum and six more. Call once tfjs' kernels are registered. */
export function addManyOnWebGpu(): void {
  const { kernelFunc: addFew } = tf.getKernel('AddN', 'webgpu')
  const add = (inputs: tf.TensorInfo[], backend: object): tf.TensorInfo => {
    if (inputs.length <= AT_ONCE) return addFew({ inputs: inputs as never, backend, attrs: {} }) as tf.TensorInfo
    const sum = add(inputs.slice(0, AT_ONCE), backend)
    const whole = add([sum, ...inputs.slice(AT_ONCE)], backend)
    ;(backend as tf.KernelBackend).disposeData(sum.dataId)
    return whole
  }
  tf.unregisterKernel('AddN', 'webgpu')
  tf.registerKernel({
    kernelName: 'AddN',
    backendName: 'webgpu',
    kernelFunc: ({ inputs, backend }) => add(inputs as unknown as tf.TensorInfo[], backend),
  })
}
