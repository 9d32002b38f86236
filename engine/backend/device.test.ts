// Choosing a device: what the machine lacks is refused by name, and what TensorFlow is told before it loads.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EngineError } from '../errors.js'
import { countGpus, pickBackendOn } from './device.js'

const NAMES = ['CUDA_VISIBLE_DEVICES', 'TF_FORCE_GPU_ALLOW_GROWTH', 'CUDA_DEVICE_ORDER', 'PATH'] as const
const before = NAMES.map((name) => [name, process.env[name]] as const)
beforeEach(() => NAMES.forEach((name) => name !== 'PATH' && delete process.env[name]))
afterEach(() => {
  for (const [name, value] of before)
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
})

async function failureOf(promise: Promise<unknown>): Promise<EngineError['failure']> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(EngineError)
  return (error as EngineError).failure
}

test('a GPU that the machine lacks is refused, and those that exist are named', async () => {
  expect(await failureOf(pickBackendOn('gpu:2', 'auto', () => 2))).toEqual({
    code: 'BACKEND_UNAVAILABLE',
    message: 'Expected a device of this machine (cpu, gpu:0, gpu:1), but received gpu:2.',
    hint: 'Choose one of those, or auto.',
  })
  expect((await failureOf(pickBackendOn('gpu:0', 'auto', () => 0))).message).toBe(
    'Expected a device of this machine (cpu), but received gpu:0.',
  )
})

test('only GPUs that CUDA may see count', async () => {
  process.env['CUDA_VISIBLE_DEVICES'] = '3'
  expect((await failureOf(pickBackendOn('gpu:1', 'auto', () => 4))).message).toBe(
    'Expected a device of this machine (cpu, gpu:0), but received gpu:1.',
  )
  process.env['CUDA_VISIBLE_DEVICES'] = '-1'
  expect((await failureOf(pickBackendOn('gpu:0', 'auto', () => 4))).message).toContain('(cpu)')
})

test('a backend that computes elsewhere is refused', async () => {
  const { message } = await failureOf(pickBackendOn('gpu:0', 'wasm', () => 1))
  expect(message).toBe('Expected a backend that computes on gpu:0, but received wasm, which computes on the processor.')
  expect((await failureOf(pickBackendOn('cpu', 'webgpu'))).message).toContain('webgpu, which computes on a GPU')
})

test('on cpu every GPU is hidden, and memory of a GPU is taken as it is needed', async () => {
  const picked = await pickBackendOn('cpu', 'auto')
  expect(picked.device).toMatch(/^cpu/)
  expect(process.env['CUDA_VISIBLE_DEVICES']).toBe('-1')
  expect(process.env['TF_FORCE_GPU_ALLOW_GROWTH']).toBe('true')
})

test('one GPU alone is shown to TensorFlow, which says where it cannot use it', async (context) => {
  if (countGpus() > 0) context.skip('this machine has a GPU: it would be used')
  const { code, message } = await failureOf(pickBackendOn('gpu:1', 'auto', () => 2))
  expect(code).toBe('BACKEND_UNAVAILABLE')
  expect(message).toMatch(/^Expected TensorFlow to compute on gpu:1, but|^The tensorflow backend does not load here/)
  expect(process.env['CUDA_VISIBLE_DEVICES']).toBe('1')
  expect(process.env['CUDA_DEVICE_ORDER']).toBe('PCI_BUS_ID')
})

test("GPUs are counted by NVIDIA's own program", () => {
  const folder = mkdtempSync(join(tmpdir(), 'nvidia-'))
  const list = ['GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-1)', 'GPU 1: NVIDIA H100 80GB HBM3 (UUID: GPU-2)', '']
  writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\necho "${list.join('\n')}"\n`, { mode: 0o755 })
  process.env['PATH'] = folder
  expect(countGpus()).toBe(2)
  rmSync(folder, { recursive: true })
})
