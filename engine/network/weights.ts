// The weights of a network as a plan: layers declare what they need, one flat vector holds it all.
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'

export interface WeightSpec {
  readonly shape: readonly number[]
  /** Uniform in +-1/sqrt(fanIn), PyTorch's default for convolutions and linear layers; or a constant. */
  readonly init: { readonly fanIn: number } | { readonly constant: number }
}

/** The weights of a network at one moment, in the order in which they were planned. */
export type Weights = readonly Tensor[]
export type ReadWeight<T extends Tensor> = (weights: Weights) => T

export class WeightPlan {
  readonly specs: WeightSpec[] = []
  /** Paths that drop path may drop, and places that noise is drawn at: who needs one takes the next number. */
  paths = 0
  noises = 0

  /** Kernel of a dense convolution, [size, size, from, to]. */
  kernel(size: number, from: number, to: number): ReadWeight<Tensor4D> {
    return this.#add([size, size, from, to], { fanIn: size * size * from })
  }

  /** Kernel of a depthwise convolution, [size, size, channels, 1]. */
  depthwiseKernel(size: number, channels: number): ReadWeight<Tensor4D> {
    return this.#add([size, size, channels, 1], { fanIn: size * size })
  }

  /** Matrix [from, to] and bias [to] of a linear layer. */
  linear(from: number, to: number): { matrix: ReadWeight<Tensor>; bias: ReadWeight<Tensor1D> } {
    return { matrix: this.#add([from, to], { fanIn: from }), bias: this.#add([to], { fanIn: from }) }
  }

  /** Scale and offset of a normalisation, [channels] each. */
  affine(channels: number): { scale: ReadWeight<Tensor1D>; offset: ReadWeight<Tensor1D> } {
    return { scale: this.#add([channels], { constant: 1 }), offset: this.#add([channels], { constant: 0 }) }
  }

  #add<T extends Tensor>(shape: readonly number[], init: WeightSpec['init']): ReadWeight<T> {
    const index = this.specs.length
    this.specs.push({ shape, init })
    return (weights) => weights[index] as T
  }
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1)

/** The number of weights of all specs together: what a parameter count counts. */
export const countWeights = (specs: readonly WeightSpec[]): number =>
  specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0)

/** Fresh weights as one flat vector. `random` draws uniformly from [0, 1). */
export function initialWeights(specs: readonly WeightSpec[], random: () => number): Float32Array {
  const flat = new Float32Array(countWeights(specs))
  let at = 0
  for (const { shape, init } of specs) {
    const end = at + sizeOf(shape)
    if ('constant' in init) flat.fill(init.constant, at, end)
    else {
      const bound = 1 / Math.sqrt(init.fanIn)
      for (let i = at; i < end; i++) flat[i] = (2 * random() - 1) * bound
    }
    at = end
  }
  return flat
}
