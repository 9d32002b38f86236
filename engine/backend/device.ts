// Where a process computes: on the processor, or on one GPU of those the machine has. Chosen before TensorFlow loads, for good.
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import type { BackendName, DeviceName } from '@cellboard/schema/settings'
import { EngineError } from '../errors.js'
import { tensorflow } from './tensorflow.js'
import { fastestFirst, pickBackend, type PickedBackend } from './pick.js'

type Wanted = 'auto' | BackendName

/**
 * Picks a backend as `pickBackend` does, on this device. One process computes on one device: what it began with stays.
 * @param gpus how many GPUs of NVIDIA's the machine has
 * @throws EngineError BACKEND_UNAVAILABLE where the machine has no such device, or the backend does not compute there
 */
export async function pickBackendOn(device: DeviceName, wanted: Wanted, gpus = countGpus): Promise<PickedBackend> {
  if (device === 'auto') return pickBackend(wanted)
  if (device === 'cpu') {
    process.env['CUDA_VISIBLE_DEVICES'] = '-1'
    if (wanted === 'webgpu') throw elsewhere(device, wanted, 'a GPU')
    return pickBackend(
      wanted,
      fastestFirst.filter(({ name }) => name !== 'webgpu'),
    )
  }

  const number = Number(device.slice('gpu:'.length))
  const visible = visibleGpus(gpus())
  const chosen = visible[number]
  if (chosen === undefined) throw unknown(device, visible.length)
  if (wanted !== 'auto' && wanted !== 'tensorflow') throw elsewhere(device, wanted, placeOf(wanted))
  process.env['CUDA_DEVICE_ORDER'] ??= 'PCI_BUS_ID' // the order of nvidia-smi
  process.env['CUDA_VISIBLE_DEVICES'] = chosen
  const picked = await pickBackend('tensorflow', [tensorflow])
  if (picked.device.startsWith('cpu'))
    throw new EngineError(
      'BACKEND_UNAVAILABLE',
      `Expected TensorFlow to compute on ${device}, but it computes on ${picked.device}.`,
      "Install NVIDIA's driver and TensorFlow's library for GPUs (npx cellboard doctor says more), or choose device cpu.",
    )
  return picked
}

/** As CUDA is told to see them: all, or those that CUDA_VISIBLE_DEVICES names. */
function visibleGpus(count: number): string[] {
  const named = process.env['CUDA_VISIBLE_DEVICES']
  const all = Array.from({ length: count }, (_, i) => String(i))
  // CUDA sees none from the first on that does not exist, such as -1.
  return named === undefined
    ? all
    : named.split(',').filter((one) => all.includes(one.trim()) || /^(GPU|MIG)-/.test(one))
}

/** NVIDIA's, by its own program, or by its driver's folder. */
export function countGpus(): number {
  try {
    const list = execFileSync('nvidia-smi', ['-L'], {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return list.split('\n').filter((line) => line.startsWith('GPU ')).length
  } catch {
    try {
      return readdirSync('/proc/driver/nvidia/gpus').length
    } catch {
      return 0
    }
  }
}

function unknown(device: DeviceName, count: number): EngineError {
  const known = ['cpu', ...Array.from({ length: count }, (_, i) => `gpu:${i}`)]
  return new EngineError(
    'BACKEND_UNAVAILABLE',
    `Expected a device of this machine (${known.join(', ')}), but received ${device}.`,
    count > 0 ? 'Choose one of those, or auto.' : 'Choose auto or cpu: no GPU of NVIDIA is to be seen here.',
  )
}

const placeOf = (backend: BackendName) => (backend === 'webgpu' ? 'the GPU that the system prefers' : 'the processor')

const elsewhere = (device: DeviceName, backend: BackendName, place: string): EngineError =>
  new EngineError(
    'BACKEND_UNAVAILABLE',
    `Expected a backend that computes on ${device}, but received ${backend}, which computes on ${place}.`,
    'Leave the device at auto, or choose backend auto.',
  )
