// Some of the images of a data set with their classes: what a training asks, and what a thread is handed to make batches of.
import { countOf, type Pictures } from './pictures.js'
import type { ImageSource } from './training-data.js'
import { stillPicture } from './views/training-view.js'

export class PictureSource implements ImageSource {
  readonly count: number

  constructor(
    readonly pictures: Pictures,
    /** [count], each below `classes`. */
    readonly labels: Int32Array,
    readonly classes: number,
  ) {
    this.count = countOf(pictures)
  }

  async picture(index: number): Promise<Uint8Array> {
    return Uint8Array.from(await stillPicture(this.pictures, index))
  }

  fileOf(index: number): string | undefined {
    return this.pictures.files?.[index]
  }
}
