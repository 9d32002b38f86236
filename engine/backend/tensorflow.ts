// TensorFlow's own library through its Node addon: the fastest backend, where the addon is there.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs-core'
import { type Candidate, processor } from './candidate.js'

interface NativeBackend {
  isUsingGpuDevice: boolean
  binding: { TF_Version: string }
}

export const tensorflow: Candidate = {
  name: 'tensorflow',
  async load() {
    const require = createRequire(import.meta.url)
    // TensorFlow writes to the terminal as it pleases: errors only, unless somebody asked for more.
    process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
    // Whole float32 on NVIDIA's cards too: TF32 keeps ten bits, too few for finite differences to prove anything.
    process.env['NVIDIA_TF32_OVERRIDE'] ??= '0'
    // A GPU's memory as it is needed: else TensorFlow takes all of it at once, and a second process finds none.
    process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
    // A supernet's graph is wide: its many small operations run side by side, each on one thread. Splitting each over all
    // cores instead costs a quarter of the time in handing out the pieces (docs/results/engine-step.md).
    process.env['TF_NUM_INTRAOP_THREADS'] ??= '1'
    putBack(require('node:util') as Record<string, unknown>)
    loadAddon(require)
    await tf.setBackend('tensorflow')
    const backend = tf.backend() as unknown as NativeBackend
    return { version: backend.binding.TF_Version, device: backend.isUsingGpuDevice ? gpuName() : processor() }
  },
}

function loadAddon(require: NodeJS.Require): void {
  try {
    require('@tensorflow/tfjs-node-gpu')
  } catch (error) {
    const absent = error instanceof Error && /native addon module|Cannot find module/.test(error.message)
    if (!absent) throw error
    throw new Error(
      'its native addon is not built, and without it training takes several times as long (npx cellboard doctor says what is missing)',
      { cause: error },
    )
  }
}

/** Node 23 removed what the addon's JavaScript still calls. */
function putBack(util: Record<string, unknown>): void {
  util['isArray'] ??= Array.isArray
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
}

/** The first NVIDIA card's name as its driver tells it, or just `gpu`. */
function gpuName(): string {
  const cards = '/proc/driver/nvidia/gpus'
  try {
    const card = readdirSync(cards)[0]
    return /^Model:\s*(.+)$/m.exec(readFileSync(`${cards}/${card}/information`, 'utf8'))?.[1]?.trim() ?? 'gpu'
  } catch {
    return 'gpu' // a container may hide the driver's folder; the name is for people only
  }
}
