// Adds up what layers cost, layer by layer: weights, multiply-adds of one forward pass of one image, and floats of their outputs.

export interface Cost {
  /** Trainable numbers of the network; architecture logits are not among them. */
  readonly parameters: number
  /** Of convolutions and linear layers (with bias), forward, one image. Normalisations, ReLU and pools are not counted. */
  readonly multiplyAdds: number
  /** Floats of every layer's output for one image: what a backward pass keeps. */
  readonly activations: number
}

/** Sizes are sides of square images in pixels; `size` is that of the layer's output. */
export class Tally implements Cost {
  parameters = 0
  multiplyAdds = 0
  activations = 0

  /** A dense convolution without bias. */
  convolution(from: number, to: number, kernel: number, size: number): void {
    this.weigh(kernel * kernel * from * to, size)
    this.map(to, size)
  }

  depthwise(channels: number, kernel: number, size: number): void {
    this.weigh(kernel * kernel * channels, size)
    this.map(channels, size)
  }

  /** Batch normalisation; `affine` when it learns a scale and an offset. */
  norm(channels: number, size: number, affine: boolean): void {
    if (affine) this.parameters += 2 * channels
    this.map(channels, size)
  }

  /** The output of a layer without weights: ReLU, pool, sum, concatenation. */
  map(channels: number, size: number): void {
    this.activations += channels * size * size
  }

  /** With bias, which counts as one multiply-add an output, as NAS-Bench-201 counts it. */
  linear(from: number, to: number): void {
    this.weigh((from + 1) * to, 1)
    this.map(to, 1)
  }

  get cost(): Cost {
    return { parameters: this.parameters, multiplyAdds: this.multiplyAdds, activations: this.activations }
  }

  private weigh(weights: number, size: number): void {
    this.parameters += weights
    this.multiplyAdds += weights * size * size
  }
}
