// tfjs on WebGPU, by Dawn as an addon for Node: GPUs of any make; a software adapter only where it is asked for by name.
import { existsSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { type Candidate, processor, registerGradients } from './candidate.js'
import { offerSwiftShader } from './software-adapter.js'
import { addManyOnWebGpu } from './webgpu-add-n.js'

/** Where Linux shows GPUs: its own drivers, NVIDIA's, and Windows' below WSL. Elsewhere only Dawn can tell. */
const GPU_DEVICES = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg']
const mayHaveGpu = () => process.platform !== 'linux' || GPU_DEVICES.some((path) => existsSync(path))

interface Adapter {
  software: boolean
  device: string
}
/** Found once: Dawn must live as long as the tensors on it, and a process has one. */
let found: Adapter | undefined

export const webgpu: Candidate = {
  name: 'webgpu',
  async load(byName = false) {
    if (!byName && !mayHaveGpu())
      throw new Error('there is no GPU (a software adapter is used where asked for by name)')
    found ??= await findAdapter(byName)
    if (found.software && !byName) throw new Error('its only adapter is software (used where asked for by name)')
    if (!(await tf.setBackend('webgpu'))) throw new Error('its adapter gives no device')
    return { version: tf.version_core, device: found.device }
  },
}

async function findAdapter(byName: boolean): Promise<Adapter> {
  if (!mayHaveGpu()) offerSwiftShader()
  const { create, globals } = await import('webgpu')
  let gpu = create([])
  let adapter = await gpu.requestAdapter()
  if (!adapter && byName && offerSwiftShader()) {
    gpu = create([])
    adapter = await gpu.requestAdapter()
  }
  if (!adapter) throw new Error('there is no adapter (install a Vulkan driver, or Chromium for its software adapter)')

  // As in a browser: that is where tfjs looks.
  Object.assign(globalThis, globals)
  const browser = globalThis as { navigator?: object } // Node has one since its version 21
  browser.navigator ??= {}
  Object.defineProperty(browser.navigator, 'gpu', { value: gpu, configurable: true })
  await registerGradients()
  await import('@tensorflow/tfjs-backend-webgpu')
  addManyOnWebGpu()
  tf.enableProdMode()
  const { description, device, isFallbackAdapter: software } = adapter.info
  return { software, device: software ? `software adapter on ${processor()}` : description || device }
}
