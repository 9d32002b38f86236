// What a backend must offer before it is proved: to be loaded, and to say what it is.
import { availableParallelism } from 'node:os'
import type { BackendName } from '@cellboard/schema/settings'

export interface Candidate {
  name: BackendName
  /** What runs there is about this much slower than on TensorFlow; told with the reason when a faster one is passed over. */
  load(): Promise<Loaded>
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
