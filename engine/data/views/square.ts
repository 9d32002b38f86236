// The shape of a square image of bytes, which lie row by row, pixel by pixel: [size, size, channels].

export interface Square {
  /** Side in pixels. */
  readonly size: number
  /** 1 or 3. */
  readonly channels: number
}
