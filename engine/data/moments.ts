// Mean and deviation of pixels colour by colour, summed exactly, so that the order in which pictures come changes nothing.

export class Moments {
  private pixels = 0
  private readonly sums: number[]
  private readonly squares: number[]

  constructor(private readonly channels: number) {
    this.sums = new Array<number>(channels).fill(0)
    this.squares = new Array<number>(channels).fill(0)
  }

  /** @param bytes [..., channels], 0 to 255 */
  add(bytes: Uint8Array): void {
    const { channels } = this
    for (let channel = 0; channel < channels; channel++) {
      let [sum, square] = [0, 0]
      for (let at = channel; at < bytes.length; at += channels) {
        const byte = bytes[at]!
        sum += byte
        square += byte * byte
      }
      this.sums[channel]! += sum
      this.squares[channel]! += square
    }
    this.pixels += bytes.length / channels
  }

  /** Of pixels scaled to [0, 1], one number a colour. */
  get mean(): number[] {
    return this.sums.map((sum) => sum / this.pixels / 255)
  }

  /** Of pixels scaled to [0, 1]; 1 where all pixels are alike, since it is what is divided by. */
  get deviation(): number[] {
    return this.squares.map((square, channel) => {
      const mean = this.sums[channel]! / this.pixels
      const variance = Math.max(0, square / this.pixels - mean * mean)
      return variance === 0 ? 1 : Math.sqrt(variance) / 255
    })
  }
}
