// How long the same search step takes on every backend that this machine has, each in a process of its own; and whether the first
// search that a new store begins with ends in time on WebAssembly, where nothing native is there.
import { spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { search } from '@cellboard/engine'
import { BACKEND_NAMES, resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import type { FIRST_SEARCH } from '../../server/runs/first-search.js'
import { machine, type Figure } from './figure.js'

// Compiled to test/dist/bench.
const FIRST = new URL('../../../server/dist/runs/first-search.js', import.meta.url)
/** Seconds after which a backend is given up: the slowest would take an hour for what the fastest does in one. */
const LIMIT_SECONDS = 180
/** Seconds that the first search may take on WebAssembly. */
const TARGET = 300

interface Alone {
  readonly parameters: number
  readonly msMedian: number
  readonly msMin: number
  readonly peakMB: number
  readonly firstSeconds: number
  readonly conditions: { readonly backend: string }
}
type Step = Omit<Alone, 'conditions'> & { readonly backend: string }

/** Flags are engine-step's: --space, --cells, --channels, --batch, --steps; --first-search leaves the steps out. */
export async function backends(args: readonly string[], tell: (what: string) => void): Promise<Figure> {
  const steps: Record<string, Step | string> = {}
  const flags = args.filter((flag) => flag !== '--first-search')
  for (const name of flags.length < args.length ? [] : BACKEND_NAMES) {
    tell(`A step on ${name}`)
    steps[name] = await stepOn(name, flags)
  }
  tell('The first search on wasm, whole')
  const seconds = await firstSearchSeconds(tell)
  return {
    name: 'backends',
    figure: seconds,
    unit: 's for the first search on wasm',
    target: `<= ${TARGET} s`,
    holds: seconds <= TARGET,
    steps,
    conditions: { ...machine(), load: loadavg()[0]!, flags: flags.join(' ') },
  }
}

/** The measured step, or why there is none. */
async function stepOn(backend: string, flags: readonly string[]): Promise<Step | string> {
  const args = [process.argv[1]!, 'engine-step', '--alone', '--backend', backend, ...flags]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_SECONDS * 1000 })
  let [output, complaints] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  if (code === null) return `not done within ${LIMIT_SECONDS} s`
  if (code !== 0) return /EngineError: (.*)/.exec(complaints)?.[1] ?? `ended with code ${code}`
  const { parameters, msMedian, msMin, peakMB, firstSeconds, conditions } = JSON.parse(
    output.trim().split('\n').at(-1)!,
  ) as Alone
  return { backend: conditions.backend, parameters, msMedian, msMin, peakMB, firstSeconds }
}

async function firstSearchSeconds(tell: (what: string) => void): Promise<number> {
  const first = ((await import(FIRST.href)) as { FIRST_SEARCH: typeof FIRST_SEARCH }).FIRST_SEARCH
  const settings = resolveSettings(searchSettingsSchema.parse({ ...first.settings, backend: 'wasm' }))
  const from = performance.now()
  const passed = () => Math.round((performance.now() - from) / 1000)
  for await (const event of search(settings, { dataFolder: '' }))
    if (event.type === 'epoch-finished')
      tell(`stage ${event.stage}, epoch ${event.epoch} of ${settings.epochs}, after ${passed()} s`)
  return passed()
}
