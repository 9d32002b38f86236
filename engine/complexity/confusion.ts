// Gradient confusion: how much the gradients of batches disagree, a measure of how hard a network is to train.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { finalGradients, type FinalSettings } from '../learning/final-training.js'
import { lossAndGradients } from '../learning/gradients.js'
import type { FinalNetwork } from '../network/final-network.js'
import type { Supernet } from '../network/supernet.js'

/** Weights flat, alphas, images and labels in; the flat gradient to the weights out. Batch statistics; alphas stay as they are. */
export function supernetGradient(net: Supernet, classes: number) {
  return ([weights, alphas, images, labels]: Tensor[]): Tensor[] => {
    const batch = { images: images as Tensor4D, labels: labels as Tensor1D }
    return [
      lossAndGradients(net, classes, batch, { weights: weights as Tensor1D, alphas: alphas as Tensor2D }).toWeights,
    ]
  }
}

/** Weights flat, images and labels in; the flat gradient out. With the auxiliary head's loss, without drop path. */
export function finalGradient(
  net: FinalNetwork,
  classes: number,
  settings: Pick<FinalSettings, 'labelSmoothing' | 'auxiliaryWeight'>,
) {
  return ([weights, images, labels]: Tensor[]): Tensor[] => {
    const { toWeights, statistics } = finalGradients(
      net,
      classes,
      settings,
      { images: images as Tensor4D, labels: labels as Tensor1D },
      weights as Tensor1D,
    )
    statistics.dispose()
    return [toWeights]
  }
}

/**
 * Inner products of all pairs of the gradients of `batches` batches, [batches][batches].
 *
 * At most `held` + 1 gradients are in memory at once: 4 (held + 1) bytes a weight. Where `held` is less than `batches`, the
 * later gradients are computed again for each chunk: some batches^2 / (2 held) computations instead of `batches`.
 * @param gradientOf gives the gradient of batch number i, the same at each call; it is disposed here
 */
export async function gramMatrix(
  batches: number,
  gradientOf: (batch: number) => Tensor1D | Promise<Tensor1D>,
  held = batches,
): Promise<number[][]> {
  const gram = Array.from({ length: batches }, () => new Array<number>(batches).fill(0))
  for (let from = 0; from < batches; from += held) {
    const chunk: Tensor1D[] = []
    try {
      for (let i = from; i < batches; i++) {
        const gradient = await gradientOf(i)
        const mine = i < from + held
        const products = tf.tidy(() =>
          tf.stack([...chunk, ...(mine ? [gradient] : [])].map((other) => tf.dot(other, gradient))),
        )
        if (mine) chunk.push(gradient)
        else gradient.dispose()
        const values = await products.data()
        products.dispose()
        values.forEach((value, k) => {
          gram[from + k]![i] = value
          gram[i]![from + k] = value
        })
      }
    } finally {
      tf.dispose(chunk)
    }
  }
  return gram
}

/** Over all pairs of different batches. */
export interface Confusion {
  readonly pairs: number
  /** Smallest cosine of two gradients, in [-1, 1] (Sankararaman et al. 2020, section 6). */
  readonly minCosine: number
  /** Smallest inner product: the bound of their definition is minus this, where it is negative. */
  readonly minInnerProduct: number
  /** A twentieth of the cosines is at most this: steadier than the smallest of a sample. */
  readonly lowCosine: number
  /** Share of the pairs whose inner product is negative, in [0, 1]. */
  readonly negativeShare: number
}

/** @param gram inner products of at least two batches' gradients. A gradient of zero has cosine 0 with any other. */
export function confusionOf(gram: readonly (readonly number[])[]): Confusion {
  if (gram.length < 2) throw new Error(`Expected the gradients of at least 2 batches, but received ${gram.length}.`)
  const products: number[] = []
  const cosines: number[] = []
  gram.forEach((row, i) =>
    row.slice(0, i).forEach((product, j) => {
      const lengths = Math.sqrt(gram[i]![i]! * gram[j]![j]!)
      products.push(product)
      cosines.push(lengths > 0 ? product / lengths : 0)
    }),
  )
  cosines.sort((a, b) => a - b)
  return {
    pairs: cosines.length,
    minCosine: cosines[0]!,
    minInnerProduct: products.reduce((least, product) => Math.min(least, product)),
    lowCosine: quantile(cosines, 0.05),
    negativeShare: products.filter((product) => product < 0).length / products.length,
  }
}

/** Of ascending numbers, between neighbours in proportion (type 7 of Hyndman & Fan 1996, as NumPy's). */
function quantile(ascending: readonly number[], share: number): number {
  const place = share * (ascending.length - 1)
  const below = Math.floor(place)
  const above = ascending[Math.min(below + 1, ascending.length - 1)]!
  return ascending[below]! + (place - below) * (above - ascending[below]!)
}
