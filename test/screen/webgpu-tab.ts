// What a browser's tab runs in webgpu.test.ts: the engine's kernels, held to the battery's cases on the tab's own WebGPU.
import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-webgpu'
import { addManyOnWebGpu } from '../../engine/backend/webgpu-add-n.js'
import { faultsIn } from '../../engine/kernels/check-case.js'
import { cases } from '../../engine/kernels/kernel-cases.js'

export const battery = {
  async start(): Promise<string> {
    await tf.setBackend('webgpu')
    addManyOnWebGpu()
    // Else tfjs reckons in JavaScript with small tensors that are still in memory.
    tf.env().set('WEBGPU_CPU_FORWARD', false)
    return tf.getBackend()
  },
  faultsIn: (name: string) => faultsIn(cases.find((one) => one.name === name)!),
}

Object.assign(globalThis, { battery })
