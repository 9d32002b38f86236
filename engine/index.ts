// The engine's whole interface: settings in, events out.
import { DATASETS } from '@cellboard/schema/datasets'
import type { EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { Method, ResolvedSearchSettings } from '@cellboard/schema/settings'
import { spaceOf } from '@cellboard/schema/space-of'
import { pickBackendOn } from './backend/device.js'
import { readCheckpoint } from './checkpoint.js'
import { loadDataset } from './data/sets/load.js'
import { splitImages } from './data/split.js'
import { checkFolder } from './export/write-files.js'
import { trainBriefly, type BriefResult } from './search/brief-training.js'
import { Clock } from './learning/clock.js'
import type { SearchContext } from './search/context.js'
import { darts } from './search/darts.js'
import { outOfMemory } from './learning/out-of-memory.js'
import { handOutCell } from './search/hand-out-cell.js'
import { randomSearch } from './search/random.js'
import { scheduleOf } from './search/schedule.js'
import { stacnas } from './search/stacnas.js'

export { pickBackend } from './backend/pick.js'
export { EngineError } from './errors.js'
export * from './facts.js'
export { measureStep, SEARCH_STEPS } from './measure-step.js'
export { train, type TrainOptions } from './training/train.js'
export { trainingCost, type TrainingCost } from './training/training-cost.js'

export interface SearchOptions {
  /** Where data sets are found, each in a folder of its own name (digits ships with the engine). */
  readonly dataFolder: string
  /** Where the search keeps its checkpoint, and goes on from one of the same settings; none is kept when absent. */
  readonly checkpointFolder?: string
  /** Where genotype, drawings and card of the found cell are left, as a whole folder; nothing is when absent. */
  readonly filesFolder?: string | undefined
  /** Ends the search before its next step, with the signal's reason (an AbortError). */
  readonly signal?: AbortSignal
}

/** Each tells all that follows `started`, and the final genotype last. */
const METHODS: Readonly<
  Record<Method, (settings: ResolvedSearchSettings, context: SearchContext) => AsyncGenerator<EngineEvent>>
> = { stacnas, darts, random: randomSearch }

/**
 * Searches for an architecture. The first event is `started`, the last the final `genotype-derived` or, with a folder for files,
 * `files-written`; in between all that happens.
 * Leaving the loop stops the search and frees its tensors. Same settings, same machine: same events (times aside).
 *
 * @throws {EngineError} with a code, a sentence and a hint, when the experiment cannot go on.
 */
export async function* search(settings: ResolvedSearchSettings, options: SearchOptions): AsyncGenerator<EngineEvent> {
  const began = performance.now()
  if (options.filesFolder) await checkFolder(options.filesFolder)
  const { context, backend, note } = await begin(settings, options)
  const { facts, train, validation, stepsPerEpoch, resumed } = context
  yield {
    type: 'started',
    backend,
    backendNote: note,
    dataset: {
      train: train.count,
      validation: validation.count,
      size: facts.size,
      channels: facts.channels,
      classes: facts.classes,
    },
    steps: scheduleOf(settings).reduce((sum, { epochs }) => sum + epochs * stepsPerEpoch, 0),
    ...(resumed && { resumedFrom: { stage: resumed.stage, epoch: resumed.epoch, step: resumed.step } }),
  }
  try {
    for await (const event of METHODS[settings.method](settings, context)) {
      yield event
      if (event.type !== 'genotype-derived' || !event.final || !options.filesFolder) continue
      const seconds = resumed ? null : (performance.now() - began) / 1000
      const files = await handOutCell(options.filesFolder, event.genotype, settings, context, backend, seconds)
      yield { type: 'files-written', files }
    }
  } catch (error) {
    throw outOfMemory(error, { of: 'this search', batch: settings.batch }) // what only measures has no estimate of its own
  }
}

/**
 * Trains one cell as a random search of these settings would, whichever search found it: the same images, steps and rates.
 *
 * @throws {EngineError} as `search` does
 */
export async function* trainCell(
  genotype: Genotype,
  settings: ResolvedSearchSettings,
  options: SearchOptions,
): AsyncGenerator<EngineEvent, BriefResult> {
  const { context } = await begin(settings, options)
  const clock = new Clock([{ stage: 1, steps: settings.epochs * context.stepsPerEpoch, work: 1 }])
  clock.begin(1, 1, 0)
  return yield* trainBriefly(genotype, 1, settings, context, clock)
}

/** Reads what there is to go on from, the images and the backend. */
async function begin(settings: ResolvedSearchSettings, { dataFolder, checkpointFolder, signal }: SearchOptions) {
  const resumed = checkpointFolder ? readCheckpoint(checkpointFolder, settings) : null
  const facts = DATASETS[settings.dataset]
  const { train: all } = await loadDataset(settings.dataset, dataFolder)
  const { train, validation } = splitImages(all, settings)
  signal?.throwIfAborted()
  const { note, ...backend } = await pickBackendOn(settings.device, settings.backend)
  const stepsPerEpoch = Math.floor(train.count / settings.batch)
  const space = spaceOf(settings)
  const images = { facts, train, validation, stepsPerEpoch }
  const context: SearchContext = { space, ...images, signal, checkpointFolder, resumed }
  return { context, backend, note }
}
