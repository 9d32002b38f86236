// What a backend must offer before it is proved: to be loaded, and to say what it is.
import { availableParallelism } from 'node:os'
import type { BackendName } from '@cellboard/schema/settings'

export interface Candidate {
  name: BackendName
  /** byName: asked for by name, so that something slow will do where there is nothing better. */
  load: (byName?: boolean) => Promise<Loaded>
}

export interface Loaded {
  /** TensorFlow's own version, or that of tfjs. */
  version: string
  /** E.g. `cpu (2 cores)`, or the GPU's name. */
  device: string
}

/** The device of everything that runs on the processor. */
export function processor(threads = availableParallelism()): string {
  return `cpu (${threads} ${threads === 1 ? 'core' : 'cores'})`
}

/** tfjs-core alone knows no gradients in Node; the whole of tfjs brings them along (and so does the native addon). */
export async function registerGradients(): Promise<void> {
  await import('@tensorflow/tfjs')
}
