// Gives a function of tensors a gradient written by hand.
import * as tf from '@tensorflow/tfjs-core'

/** The result of a forward computation, and the tensors that its backward needs. */
export interface Forward<T extends tf.Tensor> {
  value: T
  kept: tf.Tensor[]
}

/**
 * Runs `forward` on `inputs`; when a gradient is wanted, `backward` gets the gradient of the result and what was kept,
 * and returns one gradient for each input, in order. Tensors used by `forward` but not listed in `inputs` are
 * constants. Intermediate tensors are freed, kept ones live until the gradient is taken.
 */
export function withGradient<T extends tf.Tensor>(
  inputs: tf.Tensor[],
  forward: () => Forward<T>,
  backward: (dy: T, kept: tf.Tensor[]) => tf.Tensor[],
): T {
  const differentiable = tf.customGrad((...given) => {
    const { value, kept } = forward()
    const save = given.at(-1) as unknown as (tensors: tf.Tensor[]) => void
    save(kept)
    return { value, gradFunc: (dy: T, saved: tf.Tensor[]) => backward(dy, saved) }
  })
  return differentiable(...inputs)
}
