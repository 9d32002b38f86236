// tfjs in WebAssembly: no compiler needed, several times slower than TensorFlow.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { type Candidate, processor, registerGradients } from './candidate.js'

export const wasm: Candidate = {
  name: 'wasm',
  async load() {
    await registerGradients()
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
    const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
    setWasmPaths(join(dirname(entry), '/'))
    if (!(await tf.setBackend('wasm'))) throw new Error('its WebAssembly module does not start')
    return { version: tf.version_core, device: processor(1) }
  },
}
