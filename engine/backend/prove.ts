// Proves that the current backend can train: a tiny network with every kernel of the engine in it learns four examples,
// and its gradients agree with finite differences.
import * as tf from '@tensorflow/tfjs-core'
import { avgPool, avgPool2 } from '../kernels/avg-pool.js'
import { conv } from '../kernels/conv.js'
import { crossEntropy } from '../kernels/cross-entropy.js'
import { depthwise } from '../kernels/depthwise.js'
import { linear } from '../kernels/linear.js'
import { maxPool } from '../kernels/max-pool.js'
import { meanOverPixels } from '../kernels/mean-over-pixels.js'
import { normalise } from '../kernels/normalise.js'
import { relu } from '../kernels/relu.js'

const channels = 4
const shapes = {
  stem: [3, 3, 2, channels],
  small: [3, 3, channels, 1],
  dilated: [3, 3, channels, 1],
  pointwise: [1, 1, channels, channels],
  scale: [channels],
  offset: [channels],
  mixture: [5],
  halved: [5, 5, channels, 1],
  halvedDilated: [3, 3, channels, 1],
  halvedPointwise: [1, 1, channels, channels],
  halvedDense: [3, 3, channels, channels],
  classifier: [channels, 3],
  bias: [3],
}
type Name = keyof typeof shapes
const names = Object.keys(shapes) as Name[]

/** How far along its direction a weight is moved for a finite difference; near its best for float32. */
const nudge = 2e-3
/** The slopes looked at are between 0.02 and 0.6; a right one is off by rounding alone, a wrong one by far more. */
const tolerance = 0.02
const rounding = 4e-4
/** The loss before the first step, the same on every backend: an operator that computes something else shows here. */
const firstLoss = 1.49128
const lossRounding = 5e-5
const steps = 8
const rate = 0.3

/** Nothing when the current backend trains as it should, else what went wrong, in half a sentence. */
export async function findFault(): Promise<string | undefined> {
  const told = tf.tidy(() => tf.stack(measure()))
  // Read once and without blocking: there are backends that know no other way.
  const numbers = Array.from(await told.data())
  told.dispose()
  const [first, last, ...slopes] = numbers as [number, number, ...number[]]
  return faultInLoss(first) ?? faultInGradients(slopes) ?? faultInTraining(first, last)
}

/** The loss before and after training; then for each weight its slope along a direction, and the losses either way. */
function measure(): tf.Tensor[] {
  const examples = waves([4, 6, 6, 2], 0) as tf.Tensor4D
  const labels = tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0], [4, 3])
  const loss = (weights: tf.Tensor[]) => tf.tidy(() => tinyNetwork(examples, labels, weights))
  const slopesAt = tf.grads((...weights) => loss(weights))
  const start = names.map((name, i) => waves(shapes[name], i + 1))
  const slopes = slopesAt(start)
  const looked = names.flatMap((name, i) => {
    const direction = waves(shapes[name], i + 99)
    const along = (distance: number) =>
      loss(start.map((w, j) => (j === i ? tf.add(w, tf.mul(direction, distance)) : w)))
    return [tf.sum(tf.mul(slopes[i]!, direction)), along(nudge), along(-nudge)]
  })
  let weights = start
  for (let step = 0; step < steps; step++) {
    const moves = step === 0 ? slopes : slopesAt(weights)
    weights = weights.map((w, i) => tf.sub(w, tf.mul(moves[i]!, rate)))
  }
  return [loss(start), loss(weights), ...looked]
}

function tinyNetwork(x: tf.Tensor4D, labels: tf.Tensor2D, weights: tf.Tensor[]): tf.Scalar {
  const w = Object.fromEntries(names.map((name, i) => [name, weights[i]!])) as Record<Name, tf.Tensor4D>
  const stem = normalise(conv(x, w.stem), { scale: vector(w.scale), offset: vector(w.offset) })
  const shares = tf.unstack(tf.softmax(vector(w.mixture)))
  const active = relu(stem)
  const candidates: tf.Tensor4D[] = [
    normalise(conv(depthwise(active, w.small), w.pointwise)),
    normalise(depthwise(active, w.dilated, { dilation: 2 })),
    maxPool(stem),
    avgPool(stem),
    stem,
  ]
  const mixed = tf.addN<tf.Tensor4D>(candidates.map((candidate, i) => tf.mul<tf.Tensor4D>(candidate, shares[i]!)))
  const halves = [
    depthwise(mixed, w.halved, { stride: 2 }),
    depthwise(mixed, w.halvedDilated, { stride: 2, dilation: 2 }),
    conv(mixed, w.halvedPointwise, { stride: 2 }),
    conv(mixed, w.halvedDense, { stride: 2 }),
    maxPool(mixed, { stride: 2 }),
    avgPool(mixed, { stride: 2 }),
    avgPool2(mixed),
  ]
  const features = meanOverPixels(relu(normalise(tf.addN<tf.Tensor4D>(halves))))
  return crossEntropy(linear(tf.mul(features, 3), w.classifier as unknown as tf.Tensor2D, vector(w.bias)), labels)
}

function faultInLoss(received: number): string | undefined {
  return Math.abs(received - firstLoss) < lossRounding
    ? undefined
    : `the loss of a tiny network should be ${firstLoss} but is ${received.toPrecision(6)}`
}

function faultInGradients(numbers: number[]): string | undefined {
  for (const [i, name] of names.entries()) {
    const [received, up, down] = numbers.slice(3 * i, 3 * i + 3) as [number, number, number]
    const expected = (up - down) / (2 * nudge)
    if (!(Math.abs(expected - received) <= tolerance * Math.abs(expected) + rounding))
      return `the gradient of its ${name} weights should be ${expected.toPrecision(4)} but is ${received.toPrecision(4)}`
  }
  return undefined
}

function faultInTraining(before: number, after: number): string | undefined {
  return after < 0.8 * before
    ? undefined
    : `a tiny network's loss should fall, but went from ${before.toPrecision(4)} to ${after.toPrecision(4)}`
}

/** Numbers between -1 and 1 without a pattern that a kernel could mistake for its own; always the same. */
function waves(shape: number[], seed: number): tf.Tensor {
  const size = shape.reduce((product, side) => product * side, 1)
  const values = Float32Array.from({ length: size }, (_, i) => Math.sin(i * i * 0.37 + i * 1.31 + seed * 2.17))
  return tf.tensor(values, shape)
}

function vector(x: tf.Tensor): tf.Tensor1D {
  return x as tf.Tensor1D
}
