// What a training learns from, whatever it is read from: pictures by index, with their classes and facts.
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { Batch } from './batches.js'

/** Some of the images of a data set: held in memory, or decoded when they are asked for. */
export interface ImageSource {
  readonly count: number
  readonly classes: number
  /** [count], each below `classes`. */
  readonly labels: Int32Array
  /** The image as it is looked at, [size, size, channels], 0 to 255: brought to the size, not augmented. */
  picture(index: number): Promise<Uint8Array>
  /** Where it came from, if it is a file of its own. */
  fileOf(index: number): string | undefined
}

/** A data set ready to train on. */
export interface TrainingData {
  /** Read from the pictures where the data set is one's own: classes and their names, counts, means and deviations. */
  readonly facts: DatasetFacts & { readonly classNames: readonly string[] }
  readonly train: ImageSource
  /** Empty where all training images train. */
  readonly validation: ImageSource
  readonly test: ImageSource
  /** What was left out, or taken otherwise than it stands, and why: one sentence each, at most 20, then how many more. */
  readonly leftOut: readonly string[]
}

/** Batches ready for the step, read and augmented ahead of it. Same settings, same epoch: same batches, however many workers. */
export interface Feed {
  /** Training batches of an epoch (from 1), the first `from` of them left out; a last smaller one is dropped. */
  training(epoch: number, from?: number): AsyncGenerator<Batch>
  /** All images of `part` in their order, not augmented; the last batch may be smaller. */
  still(part: 'validation' | 'test'): AsyncGenerator<Batch>
  /** Seconds that `next` had to be waited for since the feed was opened. */
  readonly waited: number
  /** Ends the workers; generators under way end too. */
  close(): Promise<void>
}
