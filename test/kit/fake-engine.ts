// An engine that computes nothing and misbehaves on demand, in the real engine's place: for what the server must withstand.
// The seed says what it does, so that every run of one server can do something else.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { EngineError, type SearchOptions } from '@cellboard/engine'
import type { EdgeCandidates, EngineEvent } from '@cellboard/schema/events'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'

/** Seeds, by what happens with them. Any other seed: all goes well. */
export const FAKE = {
  /** Ends its process without a word at the first step after the first checkpoint, once. */
  diesOnce: 101,
  /** Does so at the first step of every start. */
  diesAlways: 102,
  /** A loss that is no number at step 6. */
  diverges: 103,
  /** 50 ms a step. */
  slow: 104,
  /** Does not listen to its signal. */
  deaf: 105,
  /** Throws what is no EngineError. */
  mistaken: 106,
  /** Finds no room for its checkpoint. */
  diskFull: 107,
  /** Takes memory at step 6 until V8 gives no more. */
  hungry: 108,
} as const

interface Checkpoint {
  readonly stage: 1 | 2
  readonly epoch: number
  readonly step: number
}

const EDGES = [
  [0, 1],
  [0, 2],
  [1, 2],
  [0, 3],
  [1, 3],
  [2, 3],
] as const
const CANDIDATES: Operator[] = ['nor_conv_1x1', 'skip_connect', 'avg_pool_3x3', 'none']

export async function* search(settings: ResolvedSearchSettings, options: SearchOptions): AsyncGenerator<EngineEvent> {
  const { epochs, batch, images, trainShare, seed, channels } = settings
  const stepsPerEpoch = Math.floor(Math.floor(images * trainShare) / batch)
  const folder = options.checkpointFolder!
  const file = join(folder, 'fake.json')
  mkdirSync(folder, { recursive: true })
  const resumed = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Checkpoint) : null
  const total = 2 * epochs * stepsPerEpoch

  yield {
    type: 'started',
    backend: { name: 'cpu', version: '0', device: 'make-believe' },
    backendNote: 'nothing is computed',
    dataset: { train: images, validation: 0, size: 8, channels: 1, classes: 10 },
    steps: total,
    ...(resumed && { resumedFrom: resumed }),
  }
  const clusters = settings.clusters.map((operators) => ({ operators, representative: operators[0]! }))
  yield { type: 'operators-clustered', origin: 'given', cell: null, clusters }
  const edges = EDGES.map(([from, to]): EdgeCandidates => ({ cell: 'normal', from, to, candidates: CANDIDATES }))

  for (const stage of [1, 2] as const) {
    if (resumed && resumed.stage > stage) continue
    const done = resumed?.stage === stage ? resumed.epoch : 0
    yield { type: 'depth-matched', stage, cells: 1, origin: 'given' }
    yield { type: 'stage-started', stage, cells: 1, channels, epochs, parameters: 1234, stepsPerEpoch, edges }
    for (let epoch = done + 1; epoch <= epochs; epoch++) {
      for (let i = 1; i <= stepsPerEpoch; i++) {
        const step = ((stage - 1) * epochs + epoch - 1) * stepsPerEpoch + i
        await misbehave(seed, step, stepsPerEpoch, resumed)
        if (seed !== FAKE.deaf) options.signal?.throwIfAborted()
        const metrics = { loss: lossAt(step), accuracy: 1 - 1 / step }
        yield { type: 'step-finished', stage, epoch, step, metrics, etaSeconds: total - step }
      }
      const at = { stage, epoch, step: ((stage - 1) * epochs + epoch) * stepsPerEpoch }
      yield { type: 'epoch-finished', ...at, trainLoss: lossAt(at.step), trainAccuracy: 0.5, seconds: 0.01 }
      yield { type: 'shares-measured', ...at, shares: EDGES.map(() => [0.4, 0.3, 0.2, 0.1]) }
      yield { type: 'genotype-derived', stage, epoch, final: false, genotype: GENOTYPE }
      if (seed === FAKE.diskFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
      writeFileSync(`${file}.new`, JSON.stringify(at))
      renameSync(`${file}.new`, file)
      yield { type: 'checkpoint-written', ...at, bytes: 64 }
    }
    if (stage === 1)
      yield {
        type: 'clusters-chosen',
        edges: EDGES.map(([from, to]) => ({ cell: 'normal', from, to, cluster: 0, share: 0.4 })),
      }
  }
  yield { type: 'genotype-derived', stage: 2, epoch: epochs, final: true, genotype: GENOTYPE }
}

/** Every step's loss follows from its number: a test can tell a missing point from a doubled one. */
export const lossAt = (step: number): number => 2 / Math.sqrt(step)

const GENOTYPE = {
  space: 'nas-bench-201' as const,
  normal: [1, 2, 3].map((node) => Array.from({ length: node }, (_, from) => ({ operator: CANDIDATES[0]!, from }))),
}

async function misbehave(seed: number, step: number, stepsPerEpoch: number, resumed: Checkpoint | null): Promise<void> {
  if (seed === FAKE.slow || seed === FAKE.deaf) await setTimeout(50)
  if (seed === FAKE.diesAlways || (seed === FAKE.diesOnce && !resumed && step === stepsPerEpoch + 2)) {
    await setTimeout(200) // what was told before is on its way
    process.kill(process.pid, 'SIGKILL')
    await setTimeout(10_000)
  }
  if (seed === FAKE.hungry && step === 6) {
    await setTimeout(200) // as above
    for (const all: number[][] = []; ;) all.push(new Array<number>(1e5).fill(all.length))
  }
  if (seed === FAKE.diverges && step === 6)
    throw new EngineError('DIVERGED', 'Expected a finite loss, but received NaN in step 6.', 'Lower weightRate.')
  if (seed === FAKE.mistaken && step === 2) throw new TypeError('x is not a function')
}
