// A state of a cell as its edges read it: what many of them need of it is computed, and differentiated, once.
import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core'
import { avgPool } from '../kernels/avg-pool.js'
import { maxPool } from '../kernels/max-pool.js'
import { normalise } from '../kernels/normalise.js'
import { relu } from '../kernels/relu.js'

export type Pool = 'max' | 'avg'
export type Stride = 1 | 2

export class State {
  readonly #made = new Map<string, Tensor4D>()

  /** x: [batch, height, width, channels]; seed: a whole number that noise is drawn by. */
  constructor(
    readonly x: Tensor4D,
    readonly seed: Scalar,
  ) {}

  /** relu(x), with which every convolution begins. */
  get active(): Tensor4D {
    return this.#once('active', () => relu(this.x))
  }

  /** The 3x3 pool of x, normalised where the space says so: no weights are in it, so that all edges see the same. */
  pooled(pool: Pool, stride: Stride, norm: boolean): Tensor4D {
    return this.#once(`${pool} ${stride} ${norm}`, () => {
      const pooled = (pool === 'max' ? maxPool : avgPool)(this.x, { stride })
      return norm ? normalise(pooled) : pooled
    })
  }

  #once(key: string, make: () => Tensor4D): Tensor4D {
    const made = this.#made.get(key) ?? make()
    this.#made.set(key, made)
    return made
  }
}
