// Captured functions against the same functions run eagerly, and what cannot be captured.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { hasAddon } from './addon-fixture.js'
import { CaptureError } from './capture-error.js'
import { capture, type PureFunction } from './capture.js'

const values = (tensors: readonly Tensor[]) => tensors.map((tensor) => Array.from(tensor.dataSync()))

/** The largest difference between a captured function's outputs and the eager ones, for fresh inputs. */
function difference(fn: PureFunction, example: Tensor[], fresh: Tensor[]): number {
  const captured = capture(fn, example)
  const [graph, eager] = [values(captured.run(fresh)), values(tf.tidy(() => fn(fresh)))]
  captured.dispose()
  return Math.max(...graph.flatMap((output, i) => output.map((value, k) => Math.abs(value - eager[i]![k]!))))
}

describe.skipIf(!hasAddon)(
  `capture on native TensorFlow${hasAddon ? '' : ' (skipped: its addon is not installed here)'}`,
  () => {
    beforeAll(async () => {
      await pickBackend('tensorflow')
    })

    it('runs a training step as a graph with the eager numbers', () => {
      const step: PureFunction = ([w, x]) => {
        const { value, grad } = tf.valueAndGrad((w: Tensor) =>
          tf.mean(tf.square(tf.conv2d(tf.relu(x as Tensor4D), w as Tensor4D, 1, 'same'))),
        )(w!)
        return [value, tf.sub(w!, tf.mul(grad, 0.1))]
      }
      const at = (seed: number) => [
        tf.randomNormal([3, 3, 4, 4], 0, 1, 'float32', seed),
        tf.randomNormal([2, 8, 8, 4], 0, 1, 'float32', seed + 1),
      ]
      expect(difference(step, at(1), at(3))).toBeLessThan(1e-5) // float32 sums of some 500 products in another order
    })

    it('keeps several outputs of one operation, constants, int32 and lists apart', () => {
      const fn: PureFunction = ([x, rows]) => {
        const [left, right] = tf.split(x as Tensor1D, [2, 4])
        const picked = tf.oneHot(tf.add<Tensor1D>(rows!, tf.scalar(1, 'int32')), 3)
        return [
          tf.concat([right!, left!]),
          tf.stack([picked, picked], 1),
          tf.addN([x!, x!, x!]),
          tf.mul(x!, tf.tensor1d([1, 2, 3, 4, 5, 6])),
          tf.cast(tf.greater(x!, 0), 'float32'),
        ]
      }
      const inputs = (sign: number) => [
        tf.tensor1d([1, -2, 3, -4, 5, -6].map((value) => sign * value)),
        tf.tensor1d([0, 1], 'int32'),
      ]
      expect(difference(fn, inputs(1), inputs(-1))).toBe(0)
    })

    it('gives back inputs and constants that are handed through', () => {
      const outside = tf.tensor1d([7, 8])
      expect(difference(([x]) => [x!, outside, tf.scalar(3)], [tf.scalar(1)], [tf.scalar(2)])).toBe(0)
    })

    it('asks TensorFlow about what it has no rule for', () => {
      const reversed: PureFunction = ([x]) => [tf.mul(tf.reverse(x as Tensor1D), tf.cumsum(x as Tensor1D))]
      expect(difference(reversed, [tf.tensor1d([1, 2, 3])], [tf.tensor1d([4, 5, 7])])).toBe(0)
    })

    it('leaves no tensor behind', () => {
      const [x, other] = [tf.ones([4]), tf.ones([4])]
      const before = tf.memory().numTensors
      const captured = capture(([x]) => [tf.add(tf.mul(x!, 2), 1)], [x])
      expect(tf.memory().numTensors).toBe(before)
      tf.dispose(captured.run([other]))
      captured.dispose()
      expect(tf.memory().numTensors).toBe(before)
    })

    it('holds several graphs at once', () => {
      const graphs = [2, 3, 5].map((factor) => capture(([x]) => [tf.mul(x!, factor)], [tf.scalar(1)]))
      expect(graphs.map((graph) => graph.run([tf.scalar(7)])[0]!.dataSync()[0])).toEqual([14, 21, 35])
      graphs[1]!.dispose()
      expect(graphs[2]!.run([tf.scalar(1)])[0]!.dataSync()[0]).toBe(5)
      expect(() => graphs[1]!.run([tf.scalar(1)])).toThrow(/disposed/)
    })

    it('refuses a function that reads what it computed, and goes on as before', () => {
      const impure: PureFunction = ([x]) => [tf.mul(x!, tf.mul(x!, 2).dataSync()[0]!)]
      expect(() => capture(impure, [tf.scalar(1)])).toThrow(CaptureError)
      expect(() => capture(impure, [tf.scalar(1)])).toThrow(
        /reads the value of an input or of a tensor that it computed/,
      )
      expect(tf.mul(2, 3).dataSync()[0]).toBe(6)
    })

    it.each<[string, () => Tensor]>([
      ['random numbers drawn in JavaScript', () => tf.randomNormal([2, 3])],
      ['dropout', () => tf.dropout(tf.ones([64]), 0.5)],
      ['a counter', () => tf.scalar(++counter)],
      ['another path each time', () => (++counter % 2 ? tf.square(tf.scalar(2)) : tf.sqrt(tf.scalar(2)))],
    ])('refuses %s, and says what to do', (_, drawn) => {
      expect(() => capture(([x]) => [tf.mul(x!, drawn())], [tf.scalar(1)])).toThrow(
        /run twice it does two things: .*make it outside and hand it in as an input/,
      )
    })
    let counter = 0

    it('takes random numbers of a seed, which are the same each time', () => {
      const fn: PureFunction = ([x]) => [tf.add(x!, tf.randomUniform([4], 0, 1, 'float32', 7))]
      expect(difference(fn, [tf.ones([4])], [tf.zeros([4])])).toBe(0)
    })

    it('refuses shapes that depend on values', () => {
      expect(() => capture(([x]) => [tf.unique(x as Tensor1D).values], [tf.tensor1d([1, 1, 2])])).toThrow(CaptureError)
    })

    it('leaves no tensor behind after a refusal in the middle of a gradient', () => {
      const x = tf.tensor1d([1, 2])
      const before = tf.memory().numTensors
      const impure: PureFunction = ([x]) => [
        tf.grad((x: Tensor) => {
          const kept = tf.keep(tf.square(tf.sigmoid(x)))
          return tf.mul(kept, kept.dataSync()[0]!)
        })(x!),
      ]
      expect(() => capture(impure, [x])).toThrow(CaptureError)
      expect(tf.memory().numTensors).toBe(before)
      expect(
        tf
          .grad((x: Tensor) => tf.sum(tf.square(x)))(x)
          .dataSync(),
      ).toEqual(Float32Array.of(2, 4))
    })

    it('computes the same bits whenever it is captured', () => {
      const step: PureFunction = ([w, x]) => [tf.grad((w: Tensor) => tf.mean(tf.sigmoid(tf.matMul(x!, w))))(w!)]
      const at = [tf.randomNormal([64, 32], 0, 1, 'float32', 1), tf.randomNormal([128, 64], 0, 1, 'float32', 2)]
      const bits = [1, 2, 3].map(() => {
        const captured = capture(step, at)
        const [gradient] = captured.run(at)
        captured.dispose()
        return Buffer.from(gradient!.dataSync().slice().buffer).toString('hex')
      })
      expect(new Set(bits).size).toBe(1)
    })

    it('gives its memory back: resident bytes stay while graphs come and go', () => {
      const megabytes = 4
      const cycle = () => {
        const weight = tf.fill([1024, 256 * megabytes], 2) // a constant of the graph
        const captured = capture(([x]) => [tf.matMul(x!, weight)], [tf.ones([1, 1024])])
        tf.dispose(captured.run([tf.ones([1, 1024])]))
        captured.dispose()
        weight.dispose()
      }
      const resident = () => process.memoryUsage().rss / 2 ** 20
      for (let i = 0; i < 20; i++) tf.tidy(cycle)
      const before = resident()
      for (let i = 0; i < 40; i++) tf.tidy(cycle)
      // 40 graphs that stayed would hold 160 MB and more; an allocator and a garbage collector need some room.
      expect(resident() - before).toBeLessThan(40)
    })

    it('refuses inputs of other shapes, naming both', () => {
      const captured = capture(([x]) => [tf.sum(x!)], [tf.ones([2, 3])])
      expect(() => captured.run([tf.ones([3, 3])])).toThrow(
        'Expected input 0 as float32[2,3], but received float32[3,3]',
      )
      expect(() => captured.run([])).toThrow('Expected 1 inputs, but received 0')
    })
  },
)

describe('capture on a backend without graphs', () => {
  beforeAll(async () => {
    await pickBackend('cpu')
  })

  it('runs the function eagerly, with the same checks', () => {
    const captured = capture(([x]) => [tf.mul(x!, 2)], [tf.scalar(1)])
    expect(captured.nodes).toBe(0)
    expect(captured.run([tf.scalar(4)])[0]!.dataSync()[0]).toBe(8)
    expect(() => captured.run([tf.ones([2])])).toThrow(/belongs to its shapes/)
  })
})
