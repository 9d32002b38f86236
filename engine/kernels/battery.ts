// The battery: every kernel on one backend, against plain loops in double precision and their finite differences.
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import type { Candidate } from '../backend/candidate.js'
import { avgPool, avgPool2 } from './avg-pool.js'
import { conv } from './conv.js'
import { crossEntropy } from './cross-entropy.js'
import { depthwise } from './depthwise.js'
import { linear } from './linear.js'
import { maxPool } from './max-pool.js'
import { meanOverPixels } from './mean-over-pixels.js'
import * as naive from './naive-kernels.js'
import type { Numbers } from './naive-kernels.js'
import { normalise } from './normalise.js'
import { type Case, ordinaryCases } from './ordinary-cases.js'
import { relu } from './relu.js'

const images = [
  [2, 6, 8, 3],
  [2, 7, 5, 3],
  [1, 4, 4, 1],
  [1, 1, 3, 2],
]
const strides = [1, 2] as const
const cases: Case[] = images.flatMap((x) => {
  const c = x[3]!
  const on = `on ${x.join('x')}`
  return [
    ...strides.flatMap((stride) => [
      ...[1, 3].map((k) => ({
        name: `conv ${k}x${k} stride ${stride} ${on}`,
        shapes: [x, [k, k, c, 4]],
        kernel: (a: tf.Tensor4D, w: tf.Tensor4D) => conv(a, w, { stride }),
        oracle: (a: Numbers, w: Numbers) => naive.naiveConv(a, w, { stride }),
      })),
      ...[3, 5].flatMap((k) =>
        ([1, 2] as const).map((dilation) => ({
          name: `depthwise ${k}x${k} stride ${stride} dilation ${dilation} ${on}`,
          shapes: [x, [k, k, c, 1]],
          kernel: (a: tf.Tensor4D, w: tf.Tensor4D) => depthwise(a, w, { stride, dilation }),
          oracle: (a: Numbers, w: Numbers) => naive.naiveDepthwise(a, w, { stride, dilation }),
        })),
      ),
      {
        name: `maxPool stride ${stride} ${on}`,
        shapes: [x],
        kernel: (a: tf.Tensor4D) => maxPool(a, { stride }),
        oracle: (a: Numbers) => naive.naiveMaxPool(a, { stride }),
      },
      {
        name: `maxPool stride ${stride} of negative numbers ${on}`,
        shapes: [x],
        kernel: (a: tf.Tensor4D) => maxPool(a, { stride }),
        oracle: (a: Numbers) => naive.naiveMaxPool(a, { stride }),
        from: (value: number) => value - 5,
      },
      {
        name: `avgPool stride ${stride} ${on}`,
        shapes: [x],
        kernel: (a: tf.Tensor4D) => avgPool(a, { stride }),
        oracle: (a: Numbers) => naive.naiveAvgPool(a, { stride }),
      },
    ]),
    {
      name: `relu ${on}`,
      shapes: [x],
      kernel: relu,
      oracle: (a: Numbers) => Array.from(a.values, (value) => Math.max(0, value)),
    },
    { name: `meanOverPixels ${on}`, shapes: [x], kernel: meanOverPixels, oracle: naive.naiveMeanOverPixels },
    {
      name: `normalise ${on}`,
      shapes: [x],
      kernel: (a: tf.Tensor4D) => normalise(a),
      oracle: (a: Numbers) => naive.naiveNormalise(a),
    },
    {
      name: `normalise with scale and offset ${on}`,
      shapes: [x, [c], [c]],
      kernel: (a: tf.Tensor4D, scale: tf.Tensor1D, offset: tf.Tensor1D) => normalise(a, { scale, offset }),
      oracle: naive.naiveNormalise,
    },
  ]
})
cases.push(
  ...ordinaryCases,
  ...images.slice(0, 3).map((x) => ({
    name: `avgPool2 on ${x.join('x')}`,
    shapes: [x],
    kernel: avgPool2,
    oracle: naive.naiveAvgPool2,
  })),
  { name: 'linear', shapes: [[3, 5], [5, 4], [4]], kernel: linear, oracle: naive.naiveLinear },
  {
    name: 'crossEntropy',
    shapes: [[3, 4], [3, 4]], // prettier-ignore
    kernel: crossEntropy,
    oracle: naive.naiveCrossEntropy,
    differentiable: 1,
    from: (value, input, at) => (input === 0 ? value * 4 : at % 4 === Math.floor(at / 4) ? 1 : 0),
  },
)

/** Numbers in [-1, 1) without a pattern; the same for the same seed (mulberry32's mixing). */
function noise(size: number, seed: number): number[] {
  let state = seed
  return Array.from({ length: size }, () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.fround(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1)
  })
}

function inputsOf({ shapes, from = (value) => value }: Case): { values: number[]; shape: number[] }[] {
  return shapes.map((shape, input) => {
    const size = shape.reduce((product, side) => product * side, 1)
    return { shape, values: noise(size, input + 1).map((value, at) => Math.fround(from(value, input, at))) }
  })
}

/** The slope of sum(oracle * along) to each number of one input, by finite differences in double precision. */
function slopesOf({ oracle }: Case, inputs: { values: number[]; shape: number[] }[], which: number, along: number[]) {
  const nudge = 1e-5
  const total = (moved: number[]) => {
    const result = oracle(...inputs.map((input, i) => (i === which ? { ...input, values: moved } : input)))
    return result.reduce((sum, value, i) => sum + value * along[i]!, 0)
  }
  const { values } = inputs[which]!
  return values.map((value, at) => {
    const up = total(values.with(at, value + nudge))
    return (up - total(values.with(at, value - nudge))) / (2 * nudge)
  })
}

/**
 * float32 carries 6e-8 of relative error into each of at most some hundred terms of size 1, and a normalisation over
 * two or three pixels magnifies it; a wrong tap, sign or padding is off by 0.01 and more.
 */
const tolerance = 3e-4

function expectClose(tensor: tf.Tensor, expected: number[], what: string): void {
  expect(tensor.size, what).toBe(expected.length)
  const received = tensor.dataSync()
  const scale = Math.max(1, ...expected.map(Math.abs))
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - received[i]!)), 0)
  const told = `${what}: ${received.slice(0, 6).join()} for ${expected.slice(0, 6).join()}`
  expect(worst / scale, told).toBeLessThan(tolerance)
}

/** What graph/capture.ts offers; handed in, because kernels do not lean on graphs. */
type Capture = (
  fn: (inputs: tf.Tensor[]) => tf.Tensor[],
  example: tf.Tensor[],
) => { run(inputs: tf.Tensor[]): tf.Tensor[]; dispose(): void }

/**
 * Registers the tests of one backend; a backend that does not load here is skipped, with the reason in the name. Each
 * backend has its own file, thus its own process: what one brings along, such as gradients, must not help another.
 */
export async function testKernels({ name, load }: Candidate, capture: Capture): Promise<void> {
  const missing = await load().then(
    () => undefined,
    (error: Error) => error.message.split('\n')[0],
  )
  describe.skipIf(missing !== undefined)(`on ${name}${missing ? ` (not here: ${missing})` : ''}`, () => {
    test.each(cases)('$name', (one) => {
      const before = tf.memory().numTensors
      const inputs = inputsOf(one)
      const tensors = inputs.map(({ values, shape }) => tf.tensor(values, shape, 'float32'))
      const expected = one.oracle(...inputs)

      const along = noise(expected.length, 9)
      const count = one.differentiable ?? tensors.length
      const step = (given: tf.Tensor[]) => {
        const result = one.kernel(...(given as never[]))
        const weights = tf.tensor(along, result.shape)
        const score = (...moved: tf.Tensor[]) =>
          tf.sum(tf.mul(one.kernel(...([...moved, ...given.slice(count)] as never[])), weights))
        const slopes = tf.grads(score)(given.slice(0, count))
        weights.dispose()
        return [result, ...slopes]
      }
      const check = ([result, ...slopes]: tf.Tensor[], how: string) => {
        expectClose(result!, expected, `forward, ${how}`)
        slopes.forEach((slope, which) => {
          expect(slope.shape).toEqual(tensors[which]!.shape)
          expectClose(slope, slopesOf(one, inputs, which, along), `gradient to input ${which}, ${how}`)
        })
      }
      const eager = step(tensors)
      check(eager, 'eager')
      // The same once more as a TensorFlow graph, which takes other kernels of oneDNN; eagerly where there are no graphs.
      const graph = capture(step, tensors)
      const captured = graph.run(tensors)
      check(captured, 'captured')

      graph.dispose()
      tf.dispose([...tensors, ...eager, ...captured])
      expect(tf.memory().numTensors, 'tensors left behind').toBe(before)
    })

    test.each(strides)('maxPool stride %d gives the gradient to the first of equals', (stride) => {
      const flat = tf.ones<tf.Rank.R4>([1, 4, 4, 1])
      const [slope] = tf.grads((x: tf.Tensor) => tf.sum(maxPool(x as tf.Tensor4D, { stride })))([flat])
      // At each window's upper left pixel inside of the image.
      const expected = stride === 1 ? [4, 2, 2, 0, 2, 1, 1, 0, 2, 1, 1, 0, 0, 0, 0, 0] : [1, 1, 0, 0, 1, 1, 0, 0] // prettier-ignore
      expect(Array.from(slope!.dataSync().slice(0, expected.length))).toEqual(expected)
      tf.dispose([flat, slope!])
    })
  })
}
