// What every step begins with: a supernet's loss on a batch, and its gradients to the flat weights and to alphas.
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { crossEntropy } from '../kernels/cross-entropy.js'
import type { Chance } from '../network/chance.js'
import type { Supernet } from '../network/supernet.js'
import { sizeOf, type WeightSpec } from '../network/weights.js'

/** images: [batch, size, size, channels]; labels: int32 [batch]. */
export interface BatchTensors {
  readonly images: Tensor4D
  readonly labels: Tensor1D
}

/** What a supernet computes with: its weights flat, and alphas [edges, widest]. */
export interface SupernetPoint {
  readonly weights: Tensor1D
  readonly alphas: Tensor2D
}

export interface LossAndGradients {
  readonly loss: Scalar
  /** Share of the batch that is classified rightly. */
  readonly accuracy: Scalar
  /** Flat, as the weights are. */
  readonly toWeights: Tensor1D
  /** [edges, widest]. */
  readonly toAlphas: Tensor2D
}

export function lossAndGradients(
  net: Supernet,
  classes: number,
  { images, labels }: BatchTensors,
  at: SupernetPoint,
  chance: Chance = {},
): LossAndGradients {
  const targets = oneHot(labels, classes)
  const weights = splitWeights(at.weights, net.specs)
  // Gradients come of the loss alone; the accuracy of the same forward pass is kept aside.
  let accuracy: Scalar | undefined
  const forward = (): Scalar => {
    const logits = net.forward(images, weights, at.alphas, chance)
    accuracy = tf.keep(accuracyOf(logits, labels))
    return crossEntropy(logits, targets)
  }
  const { value, gradients } = valueAndGradients(forward, [...weights, at.alphas])
  return {
    loss: value,
    accuracy: release(accuracy!),
    toWeights: joinWeights(gradients.slice(0, -1)),
    toAlphas: gradients.at(-1) as Tensor2D,
  }
}

/**
 * What `forward` gives, and its gradients to `variables`. One on no way to the value, behind a state that nobody reads, has gradient 0:
 * tf.valueAndGrads would refuse it.
 */
export function valueAndGradients(
  forward: () => Scalar,
  variables: readonly Tensor[],
): { value: Scalar; gradients: Tensor[] } {
  const { value, grads } = tf.engine().gradients(forward, [...variables], undefined, true) as {
    value: Scalar
    grads: (Tensor | undefined)[]
  }
  return { value, gradients: variables.map((variable, i) => grads[i] ?? tf.zerosLike(variable)) }
}

/** A kept tensor given back to the scope at hand, so that it is let go with the rest of a step. */
export function release<T extends Tensor>(kept: T): T {
  const own = tf.clone(kept)
  kept.dispose()
  return own
}

export const oneHot = (labels: Tensor1D, classes: number): Tensor2D =>
  tf.cast(tf.oneHot(labels, classes), 'float32') as Tensor2D

export const accuracyOf = (logits: Tensor2D, labels: Tensor1D): Scalar =>
  tf.mean(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'float32'))

/** The flat vector cut into the tensors that the specs name, in one operation. */
export function splitWeights(flat: Tensor1D, specs: readonly WeightSpec[]): Tensor[] {
  const pieces = tf.split(
    flat,
    specs.map((spec) => sizeOf(spec.shape)),
  )
  return pieces.map((piece, i) => tf.reshape(piece, [...specs[i]!.shape]))
}

/** Tensors put one behind the other, flat. */
export const joinWeights = (pieces: readonly Tensor[]): Tensor1D =>
  tf.concat(pieces.map((piece) => tf.reshape<tf.Rank.R1>(piece, [piece.size])))
