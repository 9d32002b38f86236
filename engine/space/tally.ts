// Adds up what layers cost, layer by layer: weights, multiply-adds of one forward pass of one image, and floats of their outputs.

export interface Cost {
  /** Trainable numbers of the network; architecture logits are not among them. */
  readonly parameters: number
  /** Of convolutions and linear layers (with bias), forward, one image. Normalisations, ReLU and pools are not counted. */
  readonly multiplyAdds: number
  /**
   * Those, and what ptflops (sovrasov/flops-counter.pytorch) adds: two for each number that is normalised, one for each that goes
   * through a ReLU or into a pool. P-DARTS and PC-DARTS publish this count.
   */
  readonly operations: number
  /** Floats of every layer's output for one image: what frameworks keep for a backward pass. */
  readonly activations: number
  /** Those of them that this engine's backward pass needs: not what an edge scales and adds up (`step-memory.ts`). */
  readonly kept: number
  /** Layers with an output of their own, what an edge scales and adds up left out. */
  readonly layers: number
}

/** Sizes are sides of square images in pixels; `size` is that of the layer's output. */
export class Tally implements Cost {
  parameters = 0
  multiplyAdds = 0
  operations = 0
  activations = 0
  kept = 0
  layers = 0

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
    this.operations += 2 * channels * size * size
    this.map(channels, size)
  }

  relu(channels: number, size: number): void {
    this.operations += channels * size * size
    this.map(channels, size)
  }

  /** Mean or maximum of windows; `from` is the side of its input. */
  pool(channels: number, from: number, size: number): void {
    this.operations += channels * from * from
    this.map(channels, size)
  }

  /** The output of another layer without weights: sum, concatenation, noise. */
  map(channels: number, size: number): void {
    this.passing(channels, size)
    this.kept += channels * size * size
    this.layers++
  }

  /** An output that is used up at once. */
  passing(channels: number, size: number): void {
    this.activations += channels * size * size
  }

  /** With bias, which counts as one multiply-add an output, as NAS-Bench-201 counts it. */
  linear(from: number, to: number): void {
    this.weigh((from + 1) * to, 1)
    this.map(to, 1)
  }

  get cost(): Cost {
    const { parameters, multiplyAdds, operations, activations, kept, layers } = this
    return { parameters, multiplyAdds, operations, activations, kept, layers }
  }

  private weigh(weights: number, size: number): void {
    this.parameters += weights
    this.multiplyAdds += weights * size * size
    this.operations += weights * size * size
  }
}
