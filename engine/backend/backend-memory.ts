// How much memory the backend in use can still get, and whether an error of its was for want of it.
import * as tf from '@tensorflow/tfjs-core'
import { memoryLeft, type MemoryLeft } from './machine-memory.js'

export interface BackendMemory extends MemoryLeft {
  /** Whether steps run eagerly, without a graph that knows what it may let go. */
  readonly eager: boolean
}

/** WebAssembly addresses 4 GiB. */
const WASM_ADDRESSES = 4 * 2 ** 30

/** Null where tensors are in a GPU's own memory, of which nothing is known beforehand. */
export function backendMemory(): BackendMemory | null {
  const name = tf.getBackend()
  if (name === 'webgpu') return null
  if (name === 'tensorflow') {
    const { isUsingGpuDevice } = tf.backend() as unknown as { isUsingGpuDevice: boolean }
    return isUsingGpuDevice ? null : { ...memoryLeft(), eager: false }
  }
  const left = { ...memoryLeft(), eager: true }
  const addresses = name === 'wasm' ? WASM_ADDRESSES - wasmHeap() : Infinity
  return addresses < left.bytes ? { bytes: addresses, giver: 'WebAssembly', eager: true } : left
}

const WORDS = [
  /\bOOM when allocating\b/, // TensorFlow's allocators
  /\bresource_?exhausted\b/i,
  /Invalid TF_Status: 8\b/, // RESOURCE_EXHAUSTED among absl's codes, as tfjs-node tells it
  /\bbad_alloc\b/,
  /\bout[ -]of[ -]memory\b/i, // WebAssembly, WebGPU's device
  /\bArray buffer allocation failed\b/, // V8
]

/** In the words of TensorFlow, tfjs, WebAssembly, WebGPU and Node. */
export function isOutOfMemory(error: unknown): boolean {
  const text = error instanceof Error ? error.message : String(error)
  return WORDS.some((words) => words.test(text)) || (isTrap(error) && wasmHeap() > 0.8 * WASM_ADDRESSES)
}

/** tfjs does not look whether WebAssembly gave what it asked for, and then reads or writes where there is nothing. */
const isTrap = (error: unknown) => error instanceof Error && error.name === 'RuntimeError'

function wasmHeap(): number {
  if (tf.getBackend() !== 'wasm') return 0
  return (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.byteLength
}
