// Picking a backend: the fastest that works, clear words about one that does not, and no trust without proof.
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, test } from 'vitest'
import { EngineError } from '../errors.js'
import type { Candidate } from './candidate.js'
import { cpu } from './cpu.js'
import { pickBackend } from './pick.js'
import { tensorflow } from './tensorflow.js'
import { wasm } from './wasm.js'
import { webgpu } from './webgpu.js'

const absent: Candidate = {
  name: 'tensorflow',
  load: () => Promise.reject(new Error('Cannot find the addon.\nRequire stack: ...')),
}

/** Calls itself TensorFlow, but is the cpu backend with the results of one of its kernels multiplied by `factor`. */
function broken(kernelName: string, factor: number): Candidate {
  return {
    name: 'tensorflow',
    async load() {
      const loaded = await cpu.load()
      const { kernelFunc } = tf.getKernel(kernelName, 'cpu')
      repairs.push(() => replace(kernelName, kernelFunc))
      replace(kernelName, (options) => {
        const result = kernelFunc(options) as tf.TensorInfo
        const { values } = (options.backend as CpuBackend).data.get(result.dataId)
        values.forEach((value, i) => (values[i] = value * factor))
        return result
      })
      return loaded
    },
  }
}
interface CpuBackend {
  data: { get(id: object): { values: Float32Array } }
}
const repairs: (() => void)[] = []
afterEach(() =>
  repairs
    .splice(0)
    .reverse()
    .forEach((repair) => repair()),
)

function replace(kernelName: string, kernelFunc: tf.KernelFunc): void {
  tf.unregisterKernel(kernelName, 'cpu')
  tf.registerKernel({ kernelName, backendName: 'cpu', kernelFunc })
}

async function failureOf(promise: Promise<unknown>): Promise<EngineError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(EngineError)
  return error as EngineError
}

describe('auto', () => {
  test('takes the first that works, and has nothing to explain where that is the fastest', async () => {
    const first = await tensorflow
      .load()
      .catch(() => webgpu.load())
      .then(
        () => tf.getBackend(),
        () => 'wasm',
      )
    const picked = await pickBackend('auto')
    expect(picked.name).toBe(first)
    expect(tf.getBackend()).toBe(first)
    expect(picked.device).not.toBe('')
    expect(picked.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(picked.note === '', picked.note).toBe(first === 'tensorflow')
  })

  test('passes over one that does not load, and says why in one sentence', async () => {
    const picked = await pickBackend('auto', [absent, wasm, cpu])
    expect(picked.name).toBe('wasm')
    expect(tf.getBackend()).toBe('wasm')
    expect(picked.note).toBe('The tensorflow backend does not load here: Cannot find the addon.')
  })

  test('takes WebGPU on a GPU only: in software it is slower than what comes after it', async () => {
    const picked = await pickBackend('auto', [webgpu, wasm])
    expect(picked.device).not.toContain('software')
    if (picked.name === 'wasm') expect(picked.note).toMatch(/^The webgpu backend does not load here: .+\.$/)
  })

  test.each(['Conv2D', 'DepthwiseConv2dNative', 'MaxPool', 'AvgPool', 'Mean'])(
    'passes over one whose %s computes something else',
    async (kernel) => {
      const picked = await pickBackend('auto', [broken(kernel, 1.02), wasm])
      expect(picked.name).toBe('wasm')
      expect(picked.note).toMatch(
        /^The tensorflow backend does not train here: the loss of .* should be .* but is .*\.$/,
      )
    },
  )

  // Step, Transpose and Reverse serve gradients alone.
  test.each(['Step', 'Transpose', 'Reverse'])('passes over one whose %s spoils a gradient', async (kernel) => {
    const picked = await pickBackend('auto', [broken(kernel, 1.1), wasm])
    expect(picked.name).toBe('wasm')
    expect(picked.note).toMatch(/the gradient of its \w+ weights should be .* but is .*\.$/)
  })

  test('fails in words when nothing works at all', async () => {
    const error = await failureOf(pickBackend('auto', [absent]))
    expect(error.code).toBe('BACKEND_UNAVAILABLE')
    expect(error.message).toContain('Cannot find the addon')
  })
})

describe('by name', () => {
  test('takes what is asked for', async () => {
    const picked = await pickBackend('cpu')
    expect(picked).toMatchObject({ name: 'cpu', note: '' })
    expect(tf.getBackend()).toBe('cpu')
  })

  test('names the known ones when asked for one that does not exist', async () => {
    const error = await failureOf(pickBackend('abacus' as 'cpu'))
    expect(error.message).toBe('Expected a backend out of auto, tensorflow, webgpu, wasm, cpu, but received abacus.')
  })

  test('does not quietly take another, but names those that work', async () => {
    const error = await failureOf(pickBackend('tensorflow', [absent, wasm, cpu]))
    expect(error.failure).toEqual({
      code: 'BACKEND_UNAVAILABLE',
      message: 'The tensorflow backend does not load here: Cannot find the addon.',
      hint: 'Choose auto, or one that works here: wasm, cpu.',
    })
  })
})

test('the proof leaves no tensor behind', async () => {
  await pickBackend('cpu')
  const before = tf.memory().numTensors
  await pickBackend('cpu')
  expect(tf.memory().numTensors).toBe(before)
})
