// The dominant eigenvalue of the Hessian of a supernet's loss to its logits, without ever building that Hessian.
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { gaussian, type RandomStream } from '../data/random.js'
import type { PureFunction } from '../graph/capture.js'
import { crossEntropy } from '../kernels/cross-entropy.js'
import { oneHot, splitWeights } from '../learning/gradients.js'
import type { Supernet } from '../network/supernet.js'

/**
 * Flat weights, alphas, images and labels in; the loss's gradient to alphas [edges, widest] out. Batch statistics; weights stay as
 * they are. It is 0 at places beyond an edge's candidates, whose share is 0 whatever stands there.
 */
export function alphaGradient(net: Supernet, classes: number): PureFunction {
  return ([flat, alphas, images, labels]) => {
    const weights = splitWeights(flat as Tensor1D, net.specs)
    const targets = oneHot(labels as Tensor1D, classes)
    const loss = (at: Tensor): Scalar => crossEntropy(net.forward(images as Tensor4D, weights, at as Tensor2D), targets)
    return [tf.grad(loss)(alphas!)]
  }
}

export interface EigenvalueOptions {
  /** Draws the direction to begin with, uniformly from [0, 1). */
  readonly random: RandomStream
  /** Products of the Hessian and a vector at most; each asks for two gradients. */
  readonly iterations: number
  /** Ends when the magnitude changed by less than this share of itself from one product to the next. */
  readonly tolerance: number
}

/**
 * How far logits move to either side: the curvature is a mean over that distance. Along it ReLUs and max pools switch, and gradients
 * in float32 are good to six digits or so: nearer, both drown the curvature; farther, softmax itself bends away.
 */
const STEP = 0.05

/**
 * The eigenvalue of largest magnitude, with its sign, of the Hessian whose gradient is given, by power iteration; products of
 * the Hessian with a vector are central differences of the gradient. The magnitude is approached from below. Places whose
 * gradient is always 0 take no part. RobustDARTS (Zela et al. 2020, section 4) measures it on validation images.
 * @param gradientAt the gradient at these logits, each time on the same images
 * @returns 0 where the gradient changes nowhere
 */
export async function dominantEigenvalue(
  gradientAt: (alphas: Float32Array) => Promise<Float32Array>,
  alphas: Float32Array,
  { random, iterations, tolerance }: EigenvalueOptions,
): Promise<number> {
  const product = async (direction: readonly number[]): Promise<number[]> => {
    const ahead = await gradientAt(alphas.map((value, i) => value + STEP * direction[i]!))
    const behind = await gradientAt(alphas.map((value, i) => value - STEP * direction[i]!))
    return Array.from(ahead, (value, i) => (value - behind[i]!) / (2 * STEP))
  }
  const draw = gaussian(random)
  let direction = unit(Array.from(alphas, draw))
  let [magnitude, sign] = [0, 1]
  for (let iteration = 0; iteration < iterations; iteration++) {
    const bent = await product(direction)
    const before = magnitude
    // The length of the product, not its part along the direction: it is right also where -x is an eigenvalue beside x.
    magnitude = Math.hypot(...bent)
    if (magnitude === 0) return 0
    sign = Math.sign(bent.reduce((sum, value, i) => sum + value * direction[i]!, 0))
    if (iteration > 0 && Math.abs(magnitude - before) <= tolerance * magnitude) break
    direction = unit(bent)
  }
  return sign * magnitude
}

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
