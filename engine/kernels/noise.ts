// Standard normal numbers as a pure function of a seed and a place: what the operator `noise` puts on its edge.
import * as tf from '@tensorflow/tfjs-core'
import { native, onTensorFlow } from './native.js'
import { withGradient } from './with-gradient.js'

/**
 * Numbers of mean 0 and variance 1: the same for the same seed and place, independent for others. They hang on nothing else, so that
 * a captured graph draws anew for each seed and a resumed search draws what it drew. TensorFlow's numbers are others than those of the
 * other backends.
 * @param seed a whole number, 0 to 2^24 - 1; it has no gradient
 * @param place a whole number, 0 to 2^24 - 1: who draws
 * @param shape of at most 2^24 - 1 numbers
 */
export function noise<R extends tf.Rank>(seed: tf.Scalar, place: number, shape: tf.ShapeMap[R]): tf.Tensor<R> {
  const draw = onTensorFlow() ? nativeNoise : hashedNoise
  return withGradient(
    [seed],
    () => ({ value: draw(seed, place, shape) as tf.Tensor<R>, kept: [] }),
    () => [tf.zerosLike(seed)],
  )
}

/** Philox (Salmon et al. 2011), keyed by seed and place, and Box & Muller's transform: TensorFlow's own. */
function nativeNoise(seed: tf.Scalar, place: number, shape: number[]): tf.Tensor {
  const seeds = tf.stack([tf.cast(seed, 'int32'), tf.scalar(place, 'int32')])
  const types = { T: 'int32', Tseed: 'int32', dtype: 'float32' }
  return native('StatelessRandomNormal', [tf.tensor1d(shape, 'int32'), seeds], types)
}

const HALF = 4096
const ROUNDS = 8

/**
 * A Feistel network over the 24 bits of a counter, keyed by seed and place, then Box & Muller's transform. Everything up to the hash
 * is whole numbers below 2^24, which float32 holds exactly: all backends that have no better way give the same numbers.
 */
function hashedNoise(seed: tf.Scalar, place: number, shape: number[]): tf.Tensor {
  const size = shape.reduce((product, side) => product * side, 1)
  const half = Math.ceil(size / 2) // each pair of hashes makes a pair of numbers
  const columns = Math.min(2 * half, HALF) // a counter is HALF row + column
  const rows = Math.ceil((2 * half) / HALF)
  const high = tf.floor(tf.div(seed, HALF))
  const keys = [wrap(seed), tf.scalar(place % HALF), high, tf.scalar(Math.floor(place / HALF))]

  let left: tf.Tensor = tf.reshape(tf.range(0, rows), [rows, 1])
  let right: tf.Tensor = tf.reshape(tf.range(0, columns), [1, columns])
  for (let round = 0; round < ROUNDS; round++) {
    const { times, plus } = ROUND_NUMBERS[round]!
    const key = wrap(tf.add(keys[round % 4]!, plus))
    const mixed = tf.square(wrap(tf.add(tf.mul(right, times), key)))
    const middle = tf.floor(tf.mul(mixed, 1 / 64))
    ;[left, right] = [right, wrap(tf.add(left, middle))]
  }
  const hashes = tf.reshape(tf.add(tf.mul(left, HALF), right), [rows * columns])
  const uniform = tf.mul(tf.add(tf.slice(hashes, 0, 2 * half), 0.5), 1 / HALF ** 2) // in (0, 1]
  const [first, second] = tf.split(uniform, 2) as [tf.Tensor, tf.Tensor]
  const radius = tf.sqrt(tf.mul(tf.log(first), -2))
  const angle = tf.mul(second, 2 * Math.PI)
  const numbers = tf.concat([tf.mul(radius, tf.cos(angle)), tf.mul(radius, tf.sin(angle))])
  return tf.reshape(tf.slice(numbers, 0, size), shape)
}

/** What is left of whole numbers by 4096. */
const wrap = <T extends tf.Tensor>(x: T): T => tf.sub<T>(x, tf.mul(tf.floor(tf.mul(x, 1 / HALF)), HALF))

/** Numbers without a pattern, others in each round: steps of the golden and of the plastic ratio. A factor is odd, so that it loses nothing. */
const ROUND_NUMBERS = Array.from({ length: ROUNDS }, (_, round) => {
  const part = (ratio: number) => Math.floor((((round + 1) * ratio) % 1) * HALF)
  return { times: part(0.6180339887498949) | 1, plus: part(0.7548776662466927) }
})
