// Pictures brought to one size, as plain data that threads can be handed: bytes in memory, or files that are decoded when asked for.

export interface HeldPictures {
  readonly kind: 'held'
  /** [all, size, size, channels], 0 to 255; in shared memory, so that threads look at the same bytes. */
  readonly pixels: Uint8Array
  /** [count], which of all these are. */
  readonly indices: Int32Array
  /** Side in pixels. */
  readonly size: number
  readonly channels: number
  /** [count], the files that they were decoded from, if they were. */
  readonly files?: readonly string[]
}

export interface FilePictures {
  readonly kind: 'files'
  /** [count], paths. */
  readonly files: readonly string[]
  /** Side to which they are brought. */
  readonly size: number
  readonly channels: number
  /** How much larger a picture is made before its middle is cut out: 256 / 224 where training looks at random parts, else 1. */
  readonly margin: number
}

export type Pictures = HeldPictures | FilePictures

export const countOf = (pictures: Pictures): number =>
  pictures.kind === 'held' ? pictures.indices.length : pictures.files.length

/** Bytes that threads share: a copy, or so many zeros. */
export function shareBytes(bytes: Uint8Array | number): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(typeof bytes === 'number' ? bytes : bytes.length))
  if (typeof bytes !== 'number') shared.set(bytes)
  return shared
}

/** Bytes of one held picture, [size, size, channels]; not a copy. */
export function heldBytes({ pixels, indices, size, channels }: HeldPictures, index: number): Uint8Array {
  const length = size * size * channels
  const from = indices[index]! * length
  return pixels.subarray(from, from + length)
}
