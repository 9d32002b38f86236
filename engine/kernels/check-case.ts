// Checks one case of the battery on the current backend; knows no test runner, so that a browser's tab can do it too.
import * as tf from '@tensorflow/tfjs-core'
import type { Case } from './ordinary-cases.js'

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

/** Nothing where a tensor holds the expected numbers, else which it holds. */
async function faultIn(tensor: tf.Tensor, expected: number[], shape: number[] | null): Promise<string | undefined> {
  if (shape && shape.join() !== tensor.shape.join()) return `has shape [${tensor.shape.join()}], not [${shape.join()}]`
  if (tensor.size !== expected.length) return `has ${tensor.size} numbers, not ${expected.length}`
  const received = await tensor.data()
  const scale = Math.max(1, ...expected.map(Math.abs))
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - received[i]!)), 0)
  const told = (numbers: ArrayLike<number>) => Array.from(numbers).slice(0, 6).join()
  return worst / scale < tolerance ? undefined : `is ${told(received)}... where ${told(expected)}... is right`
}

/** What graph/capture.ts offers; handed in, because kernels do not lean on graphs. */
export type Capture = (
  fn: (inputs: tf.Tensor[]) => tf.Tensor[],
  example: tf.Tensor[],
) => { run(inputs: tf.Tensor[]): tf.Tensor[]; dispose(): void }

/**
 * Computes a case and its gradients eagerly, and once more by a graph where there is a `capture`: a graph takes other kernels
 * of oneDNN. Both are held against plain loops in double precision and their finite differences.
 * @returns what is wrong, a line each; empty when all is right
 */
export async function faultsIn(one: Case, capture?: Capture): Promise<string[]> {
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
  const faults: string[] = []
  const check = async ([result, ...slopes]: tf.Tensor[], how: string) => {
    const fault = await faultIn(result!, expected, null)
    if (fault) faults.push(`forward, ${how}: ${fault}`)
    for (const [which, slope] of slopes.entries()) {
      const fault = await faultIn(slope, slopesOf(one, inputs, which, along), tensors[which]!.shape)
      if (fault) faults.push(`gradient to input ${which}, ${how}: ${fault}`)
    }
    tf.dispose([result!, ...slopes])
  }
  await check(step(tensors), 'eager')
  if (capture) {
    const graph = capture(step, tensors)
    await check(graph.run(tensors), 'captured')
    graph.dispose()
  }
  tf.dispose(tensors)
  const left = tf.memory().numTensors - before
  return left === 0 ? faults : [...faults, `${left} tensors left behind`]
}
