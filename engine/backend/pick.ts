// Picks the backend that the engine runs on: the first that loads and is proved to train.
import type { BackendName } from '@cellboard/schema/settings'
import { EngineError } from '../errors.js'
import type { Candidate, Loaded } from './candidate.js'
import { cpu } from './cpu.js'
import { findFault } from './prove.js'
import { tensorflow } from './tensorflow.js'
import { wasm } from './wasm.js'
import { webgpu } from './webgpu.js'

export interface PickedBackend extends Loaded {
  name: BackendName
  /** Why a faster backend is not used, in one sentence for each; empty when the fastest is. */
  note: string
}

export const fastestFirst: readonly Candidate[] = [tensorflow, webgpu, wasm, cpu]

/**
 * Loads a backend, proves that it trains and makes it tfjs' current one.
 * @param wanted one by name, or `auto`: the fastest that works here
 * @throws EngineError BACKEND_UNAVAILABLE when it does not work here; the message says why and what does
 */
export async function pickBackend(
  wanted: 'auto' | BackendName,
  candidates: readonly Candidate[] = fastestFirst,
): Promise<PickedBackend> {
  const names = candidates.map(({ name }) => name)
  if (wanted !== 'auto' && !names.includes(wanted)) {
    const message = `Expected a backend out of auto, ${names.join(', ')}, but received ${String(wanted)}.`
    throw new EngineError('BACKEND_UNAVAILABLE', message, 'Choose auto: it takes the fastest that works.')
  }
  const passedOver: string[] = []
  for (const candidate of candidates) {
    if (wanted !== 'auto' && wanted !== candidate.name) continue
    const result = await attempt(candidate, wanted !== 'auto')
    if (typeof result !== 'string') return { name: candidate.name, ...result, note: passedOver.join(' ') }
    passedOver.push(result)
  }
  throw new EngineError('BACKEND_UNAVAILABLE', passedOver.join(' '), await whatWorks(wanted, candidates))
}

/** The loaded and proved backend, or the sentence that says why it cannot be used. */
async function attempt({ name, load }: Candidate, byName: boolean): Promise<Loaded | string> {
  let loaded: Loaded
  try {
    loaded = await load(byName)
  } catch (error) {
    return `The ${name} backend does not load here: ${firstLine(error)}.`
  }
  const fault = await faultOf()
  return fault ? `The ${name} backend does not train here: ${fault}.` : loaded
}

async function faultOf(): Promise<string | undefined> {
  try {
    return await findFault()
  } catch (error) {
    return firstLine(error) // a kernel that is missing or refuses its arguments
  }
}

async function whatWorks(wanted: string, candidates: readonly Candidate[]): Promise<string> {
  const working: string[] = []
  for (const candidate of candidates) {
    if (candidate.name !== wanted && typeof (await attempt(candidate, true)) !== 'string') working.push(candidate.name)
  }
  return working.length > 0 ? `Choose auto, or one that works here: ${working.join(', ')}.` : 'Reinstall the engine.'
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n')[0]!.trim().replace(/[.:]$/, '')
}
