// Images in memory: bytes, with a label for each. What every reader gives and every batch is made from.

export interface Images {
  /** [count, size, size, channels], 0 to 255. */
  readonly pixels: Uint8Array
  /** [count], each below `classes`. */
  readonly labels: Uint8Array
  readonly count: number
  /** Side of an image in pixels. */
  readonly size: number
  readonly channels: number
  readonly classes: number
}

/** What a data set's files hold. */
export interface Dataset {
  readonly train: Images
  readonly test: Images
}

/** The images at `indices`, in that order, as a copy. */
export function takeImages(images: Images, indices: ArrayLike<number>): Images {
  const floats = images.size * images.size * images.channels
  const pixels = new Uint8Array(indices.length * floats)
  const labels = new Uint8Array(indices.length)
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]!
    pixels.set(images.pixels.subarray(from * floats, (from + 1) * floats), i * floats)
    labels[i] = images.labels[from]!
  }
  return { ...images, pixels, labels, count: indices.length }
}
