// An engine that computes nothing and misbehaves on demand, in the real engine's place: for what the server must withstand.
// The seed says what it does, so that every run of one server can do something else. What it finds is in fake-findings.ts.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { EngineError, parseGenotype } from '@cellboard/engine/facts'
import type { EngineEvent } from '@cellboard/schema/events'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import type { EngineOptions } from '../../server/runner/engine-process.js'
import { candidateAt, clustered, collapseAt, depthOf, EDGES, edgesOf, genotypeOf } from './fake-findings.js'
import { measured, networkOf, testedAt, writeFakeFiles } from './fake-training.js'

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
  /** Shows mistakes of 300 KB each. */
  largePictures: 109,
} as const

interface Checkpoint {
  readonly stage: 1 | 2
  readonly epoch: number
  readonly step: number
}

export async function* search(settings: ResolvedSearchSettings, options: EngineOptions): AsyncGenerator<EngineEvent> {
  const { method, epochs, batch, images, trainShare, seed, samples } = settings
  const stepsPerEpoch = Math.floor(Math.floor(images * trainShare) / batch)
  const resumed = readFake(options.checkpointFolder)
  const stages = { stacnas: [1, 2], darts: [1], random: [] }[method] as (1 | 2)[]
  const total = (method === 'random' ? samples : stages.length) * epochs * stepsPerEpoch

  const steps = (stage: 1 | 2, epoch: number, before: number) =>
    fakeSteps({ seed, stage, epoch, before, stepsPerEpoch, total, resumed, signal: options.signal })

  yield startedWith({ images, size: 8, total, resumed })
  if (method === 'stacnas') yield clustered(settings)

  for (const stage of stages) {
    if (resumed && resumed.stage > stage) continue
    const done = resumed?.stage === stage ? resumed.epoch : 0
    const depth = depthOf(settings, stage)
    const edges = edgesOf(method)
    const { channels } = settings
    yield depth
    yield { type: 'stage-started', stage, cells: depth.cells, channels, epochs, parameters: 1234, stepsPerEpoch, edges }
    for (let epoch = done + 1; epoch <= epochs; epoch++) {
      const before = ((stage - 1) * epochs + epoch - 1) * stepsPerEpoch
      yield* steps(stage, epoch, before)
      const at = { stage, epoch, step: before + stepsPerEpoch }
      yield { type: 'epoch-finished', ...at, trainLoss: lossAt(at.step), trainAccuracy: 0.5, seconds: 0.25 }
      yield { type: 'shares-measured', ...at, shares: edges.map(({ candidates }) => sharesOf(candidates.length)) }
      yield collapseAt(at)
      yield { type: 'genotype-derived', stage, epoch, final: false, genotype: genotypeOf(seed) }
      yield writeFake(options.checkpointFolder, at, seed)
      const { earlyStop: rule, stopFrom } = settings
      if (rule === 'none' || epoch < stopFrom || epoch === epochs) continue
      yield { type: 'stopped-early', stage, epoch, rule, reason: `Epoch ${epoch} is enough.`, kept: epoch }
      break
    }
    if (method === 'stacnas' && stage === 1)
      yield {
        type: 'clusters-chosen',
        edges: EDGES.map(([from, to]) => ({ cell: 'normal', from, to, cluster: 0, share: 0.4 })),
      }
  }
  for (let number = 1; method === 'random' && number <= samples; number++) {
    for (let epoch = 1; epoch <= epochs; epoch++)
      yield* steps(1, epoch, ((number - 1) * epochs + epoch - 1) * stepsPerEpoch)
    yield candidateAt(number, samples)
  }
  yield { type: 'genotype-derived', stage: stages.at(-1) ?? 1, epoch: epochs, final: true, genotype: genotypeOf(seed) }
}

export async function* train(settings: ResolvedTrainingSettings, options: EngineOptions): AsyncGenerator<EngineEvent> {
  const { epochs, batch, trainShare, seed, imageSize } = settings
  const images = settings.images || 3823
  const stepsPerEpoch = Math.floor(Math.floor(images * trainShare) / batch)
  const total = epochs * stepsPerEpoch
  const resumed = readFake(options.checkpointFolder)
  yield startedWith({ images, size: imageSize, total, resumed })
  yield networkOf(settings, parseGenotype(settings.genotype), stepsPerEpoch)
  for (let epoch = (resumed?.epoch ?? 0) + 1; epoch <= epochs; epoch++) {
    const before = (epoch - 1) * stepsPerEpoch
    yield* fakeSteps({ seed, stage: 1, epoch, before, stepsPerEpoch, total, resumed, signal: options.signal })
    const at = { stage: 1 as const, epoch, step: before + stepsPerEpoch }
    const tested = { testLoss: lossAt(at.step), testAccuracy: testedAt(epoch) }
    yield { type: 'epoch-finished', ...at, trainLoss: lossAt(at.step), trainAccuracy: 0.5, ...tested, seconds: 0.25 }
    yield writeFake(options.checkpointFolder, at, seed)
  }
  yield measured(settings, lossAt(total), seed === FAKE.largePictures ? 300_000 : 0)
  yield { type: 'files-written', files: writeFakeFiles(options.filesFolder, settings) }
}

const startedWith = (of: { images: number; size: number; total: number; resumed: Checkpoint | null }): EngineEvent => ({
  type: 'started',
  backend: { name: 'cpu', version: '0', device: 'make-believe' },
  backendNote: 'nothing is computed',
  dataset: { train: of.images, validation: 0, size: of.size, channels: 1, classes: 10 },
  steps: of.total,
  ...(of.resumed && { resumedFrom: of.resumed }),
})

interface Steps {
  readonly seed: number
  readonly stage: 1 | 2
  readonly epoch: number
  readonly before: number
  readonly stepsPerEpoch: number
  readonly total: number
  readonly resumed: Checkpoint | null
  readonly signal: AbortSignal
}

async function* fakeSteps(of: Steps): AsyncGenerator<EngineEvent> {
  const { seed, stage, epoch, before, stepsPerEpoch, total } = of
  for (let step = before + 1; step <= before + stepsPerEpoch; step++) {
    await misbehave(seed, step, stepsPerEpoch, of.resumed)
    if (seed !== FAKE.deaf) of.signal.throwIfAborted()
    const metrics = { loss: lossAt(step), accuracy: 1 - 1 / step }
    yield { type: 'step-finished', stage, epoch, step, metrics, etaSeconds: total - step }
  }
}

const checkpointIn = (folder: string) => join(folder, 'fake.json')

const readFake = (folder: string): Checkpoint | null =>
  existsSync(checkpointIn(folder)) ? (JSON.parse(readFileSync(checkpointIn(folder), 'utf8')) as Checkpoint) : null

function writeFake(folder: string, at: Checkpoint, seed: number): EngineEvent {
  if (seed === FAKE.diskFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${checkpointIn(folder)}.new`, JSON.stringify(at))
  renameSync(`${checkpointIn(folder)}.new`, checkpointIn(folder))
  return { type: 'checkpoint-written', ...at, bytes: 64 }
}

/** Every step's loss follows from its number: a test can tell a missing point from a doubled one. */
export const lossAt = (step: number): number => 2 / Math.sqrt(step)

/** The first candidate leads; they add up to 1. */
const sharesOf = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (2 * (count - i)) / (count * (count + 1)))

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
