// Makes one batch of a training's images as it was ordered: the same order gives the same batch, wherever it is made.
import type { DatasetFacts } from '@cellboard/schema/datasets'
import { cutOut, normalisedBytes, type Batch } from '../batches.js'
import type { Pictures } from '../pictures.js'
import { randomStream } from '../random.js'
import { stillPicture, trainingPicture, type ViewRules } from '../views/training-view.js'

export interface BatchRules extends ViewRules, Pick<DatasetFacts, 'mean' | 'deviation'> {
  readonly seed: number
  /** Side in pixels of the square that is cut out of training images; 0: none. */
  readonly cutout: number
}

export const PARTS = ['train', 'validation', 'test'] as const
export type PartName = (typeof PARTS)[number]

/** What a batch is made from; plain data, so that threads can be handed it. */
export type Parts = Readonly<Record<PartName, { readonly pictures: Pictures; readonly labels: Int32Array }>>

export interface BatchOrder {
  readonly part: PartName
  /** Augmented as in this epoch; null: as the images are. */
  readonly epoch: number | null
  /** Which images of the part, in this order. */
  readonly indices: Int32Array
}

/**
 * Makes ordered batches. What is drawn for an image depends on seed, epoch and its index alone, so that neither batches that are left out nor
 * the number of makers change it.
 */
export class BatchMaker {
  private readonly table: Float32Array

  constructor(
    private readonly parts: Parts,
    private readonly rules: BatchRules,
  ) {
    this.table = normalisedBytes(rules, parts.train.pictures.channels)
  }

  async make({ part, epoch, indices }: BatchOrder): Promise<Batch> {
    const { pictures, labels } = this.parts[part]
    const { size, channels } = pictures
    const floats = size * size * channels
    const x = new Float32Array(indices.length * floats)
    const y = indices.map((index) => labels[index]!)
    for (const [i, index] of indices.entries()) {
      const image = x.subarray(i * floats, (i + 1) * floats)
      if (epoch === null) this.normalise(await stillPicture(pictures, index), image, channels)
      else await this.view(pictures, index, epoch, image)
    }
    return { x, y }
  }

  private async view(pictures: Pictures, index: number, epoch: number, to: Float32Array): Promise<void> {
    const draw = randomStream(this.rules.seed, 'view', epoch, index)
    this.normalise(await trainingPicture(pictures, index, this.rules, draw), to, pictures.channels)
    if (this.rules.cutout > 0) cutOut(to, pictures, this.rules.cutout, draw)
  }

  private normalise(bytes: Uint8Array, to: Float32Array, channels: number): void {
    const { table } = this
    for (let at = 0; at < bytes.length;)
      for (let channel = 0; channel < channels; channel++, at++) to[at] = table[(channel << 8) + bytes[at]!]!
  }
}
