// Gradient confusion against depth, alone: loads images, picks a backend and measures each network, without a search.
import { DATASETS, type DatasetName } from '@cellboard/schema/datasets'
import type { EngineEvent } from '@cellboard/schema/events'
import type { BackendName } from '@cellboard/schema/settings'
import { pickBackend } from './backend/pick.js'
import type { Confusion } from './complexity/confusion.js'
import { measureSubjects, type MeasureSettings } from './complexity/measure-subjects.js'
import type { Subject } from './complexity/subject.js'
import { loadDataset } from './data/sets/load.js'
import { splitImages } from './data/split.js'
import { EngineError } from './errors.js'
import { refuseTooLarge } from './learning/out-of-memory.js'

export { finalSubject, hasAuxiliaryHead, supernetSubject } from './complexity/subject.js'

export interface ConfusionAsked extends MeasureSettings {
  readonly dataset: DatasetName
  /** Images to draw batches from. */
  readonly images: number
  readonly backend: 'auto' | BackendName
}

/** A network, and the seeds that its weights and batches are drawn by. */
export interface SubjectAsked {
  readonly subject: Subject
  readonly seeds: readonly number[]
}

/**
 * Tells with `preparing` at which network it is.
 * @returns for each subject, for each of its seeds, the confusion after each of `steps`
 * @throws {EngineError} where images or memory are too few
 */
export async function* measureConfusion(
  subjects: readonly SubjectAsked[],
  asked: ConfusionAsked,
  { dataFolder }: { readonly dataFolder: string },
): AsyncGenerator<EngineEvent, Confusion[][][]> {
  const { confusionBatches, confusionBatch, dataset } = asked
  const facts = DATASETS[dataset]
  const { train: all } = await loadDataset(dataset, dataFolder)
  const { train } = splitImages(all, { images: asked.images, trainShare: 1, seed: 0 })
  if (train.count < confusionBatches * confusionBatch)
    throw new EngineError(
      'BAD_SETTINGS',
      `Expected at least ${confusionBatches * confusionBatch} images for ${confusionBatches} batches of ${confusionBatch}, but there are ${train.count}.`,
      'Use fewer or smaller batches, or more images.',
    )
  await pickBackend(asked.backend)
  return yield* measureSubjects(
    subjects.map(({ subject, seeds }) => ({ subject, draws: seeds.map((seed) => ({ seed, repeat: 0 })) })),
    asked,
    { facts, train, admit: ({ name, cost }, batch) => refuseTooLarge({ of: name, cost, batch }) },
  )
}
