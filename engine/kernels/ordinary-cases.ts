// Battery cases of tfjs' own operations that networks and optimisers use between the kernels.
import * as tf from '@tensorflow/tfjs-core'
import type { Numbers } from './naive-kernels.js'

/** One test of the battery: a computation with tensors, and the same with plain loops. */
export interface Case {
  name: string
  shapes: number[][]
  /** Takes tensors of the ranks that `shapes` have. */
  kernel: (...inputs: never[]) => tf.Tensor
  oracle: (...inputs: Numbers[]) => number[]
  /** How many of the inputs have a gradient; all unless told. */
  differentiable?: number
  /** What the inputs' numbers are made of; between -1 and 1 unless told. */
  from?: (value: number, input: number, at: number) => number
}

const image = [2, 3, 3, 4]
const positive = (value: number) => value + 1.5
const pairwise = (f: (a: number, b: number) => number) => (a: Numbers, b: Numbers) =>
  Array.from(a.values, (value, i) => f(value, b.values[i % b.values.length]!))
const each = (f: (a: number) => number) => (a: Numbers) => Array.from(a.values, f)
const total = (a: Numbers) => Array.from(a.values).reduce((sum, value) => sum + value, 0)

export const ordinaryCases: Case[] = [
  { name: 'add', shapes: [image, image], kernel: tf.add, oracle: pairwise((a, b) => a + b) },
  { name: 'add of a row', shapes: [image, [4]], kernel: tf.add, oracle: pairwise((a, b) => a + b) },
  { name: 'sub', shapes: [image, image], kernel: tf.sub, oracle: pairwise((a, b) => a - b) },
  { name: 'mul', shapes: [image, image], kernel: tf.mul, oracle: pairwise((a, b) => a * b) },
  { name: 'mul by a scalar', shapes: [image, []], kernel: tf.mul, oracle: pairwise((a, b) => a * b) },
  { name: 'div', shapes: [image, image], kernel: tf.div, oracle: pairwise((a, b) => a / b), from: positive },
  { name: 'minimum', shapes: [image, image], kernel: tf.minimum, oracle: pairwise(Math.min) },
  { name: 'square', shapes: [image], kernel: tf.square, oracle: each((a) => a * a) },
  { name: 'sqrt', shapes: [image], kernel: tf.sqrt, oracle: each(Math.sqrt), from: positive },
  { name: 'exp', shapes: [image], kernel: tf.exp, oracle: each(Math.exp) },
  { name: 'log', shapes: [image], kernel: tf.log, oracle: each(Math.log), from: positive },
  { name: 'sum', shapes: [image], kernel: (x: tf.Tensor) => tf.sum(x), oracle: (x) => [total(x)] },
  { name: 'mean', shapes: [image], kernel: (x: tf.Tensor) => tf.mean(x), oracle: (x) => [total(x) / x.values.length] },
  {
    name: 'addN',
    shapes: [image, image, image],
    kernel: (...parts: tf.Tensor[]) => tf.addN(parts),
    oracle: (a, b, c) => Array.from(a.values, (value, i) => value + b.values[i]! + c.values[i]!),
  },
  {
    name: 'addN of sixteen',
    shapes: Array.from({ length: 16 }, () => [2, 3]),
    kernel: (...parts: tf.Tensor[]) => tf.addN(parts),
    oracle: (...parts) =>
      Array.from(parts[0]!.values, (_, i) => parts.reduce((sum, { values }) => sum + values[i]!, 0)),
  },
  {
    name: 'concat of channels',
    shapes: [
      [2, 3],
      [2, 1],
    ],
    kernel: (a: tf.Tensor, b: tf.Tensor) => tf.concat([a, b], 1),
    oracle: ({ values: a }, { values: b }) => [a[0]!, a[1]!, a[2]!, b[0]!, a[3]!, a[4]!, a[5]!, b[1]!],
  },
  {
    name: 'slice of an image',
    shapes: [[1, 3, 3, 1]],
    kernel: (x: tf.Tensor4D) => tf.slice(x, [0, 1, 1, 0], [1, 2, 2, 1]),
    oracle: ({ values: x }) => [x[4]!, x[5]!, x[7]!, x[8]!],
  },
  {
    name: 'softmax, unstacked and stacked',
    shapes: [[2, 3]],
    kernel: (x: tf.Tensor2D) => tf.tidy(() => tf.stack(tf.unstack(tf.softmax(x), 1))),
    oracle: ({ values: x }) => {
      const shares = [0, 3].map((row) => {
        const powers = [0, 1, 2].map((i) => Math.exp(x[row + i]!))
        return powers.map((power) => power / (powers[0]! + powers[1]! + powers[2]!))
      })
      return [0, 1, 2].flatMap((i) => [shares[0]![i]!, shares[1]![i]!])
    },
  },
  {
    name: 'split and reshape',
    shapes: [[2, 4]],
    kernel: (x: tf.Tensor2D) => tf.tidy(() => tf.reshape(tf.split(x, 2, 1)[1]!, [4])),
    oracle: ({ values: x }) => [x[2]!, x[3]!, x[6]!, x[7]!],
  },
]
