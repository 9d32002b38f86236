// The battery of kernels on WebGPU, on a software adapter where there is no GPU.
import * as tf from '@tensorflow/tfjs-core'
import type { Candidate } from '../backend/candidate.js'
import { webgpu } from '../backend/webgpu.js'
import { capture } from '../graph/capture.js'
import { testKernels } from './battery.js'

/** Small tensors that are still in memory tfjs would reckon with in JavaScript: here the adapter does all. */
const nothingOnTheSide: Candidate = {
  ...webgpu,
  async load(byName) {
    const loaded = await webgpu.load(byName)
    tf.env().set('WEBGPU_CPU_FORWARD', false)
    return loaded
  },
}

await testKernels(nothingOnTheSide, capture)
