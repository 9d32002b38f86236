// tfjs in plain JavaScript: runs everywhere, and is slow everywhere.
import * as tf from '@tensorflow/tfjs-core'
import { type Candidate, processor, registerGradients } from './candidate.js'

export const cpu: Candidate = {
  name: 'cpu',
  async load() {
    await registerGradients()
    await import('@tensorflow/tfjs-backend-cpu')
    // Says in tfjs' words what the engine says itself, and checks each argument again and again.
    tf.enableProdMode()
    await tf.setBackend('cpu')
    return { version: tf.version_core, device: processor(1) }
  },
}
