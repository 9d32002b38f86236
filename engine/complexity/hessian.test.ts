// The dominant eigenvalue, held against quadratic forms whose eigenvalues are known and against the whole Hessian of a small supernet.
import * as tf from '@tensorflow/tfjs-core'
import { SPACES } from '@cellboard/schema/spaces'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { gaussian, randomStream } from '../data/random.js'
import { capture } from '../graph/capture.js'
import { lossAndGradients } from '../learning/gradients.js'
import { buildSupernet } from '../network/supernet.js'
import { initialWeights } from '../network/weights.js'
import { sameClusters, stageTwoCandidates } from '../space/candidates.js'
import { alphaGradient, dominantEigenvalue } from './hessian.js'

const options = (seed = 1) => ({ random: randomStream(seed, 'direction'), iterations: 200, tolerance: 1e-6 })
/** For gradients of networks, whose differences are no better than this. */
const noisy = (seed: number) => ({ ...options(seed), iterations: 30, tolerance: 1e-3 })
const zeros = (length: number) => new Float32Array(length)

/** The gradient of x' A x / 2 for a symmetric A. */
const quadratic =
  (matrix: readonly (readonly number[])[]) =>
  (x: Float32Array): Promise<Float32Array> =>
    Promise.resolve(Float32Array.from(matrix, (row) => row.reduce((sum, value, i) => sum + value * x[i]!, 0)))

/** Eigenvalues of a symmetric matrix by Jacobi's rotations. */
function eigenvalues(matrix: readonly (readonly number[])[]): number[] {
  const a = matrix.map((row) => [...row])
  const n = a.length
  for (let sweep = 0; sweep < 50; sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!)
        const [c, s] = [Math.cos(angle), Math.sin(angle)]
        for (let k = 0; k < n; k++)
          [a[p]![k], a[q]![k]] = [c * a[p]![k]! - s * a[q]![k]!, s * a[p]![k]! + c * a[q]![k]!]
        for (let k = 0; k < n; k++)
          [a[k]![p], a[k]![q]] = [c * a[k]![p]! - s * a[k]![q]!, s * a[k]![p]! + c * a[k]![q]!]
      }
  return a.map((row, i) => row[i]!).sort((x, y) => Math.abs(y) - Math.abs(x))
}

describe('dominantEigenvalue of a quadratic form', () => {
  it('is the largest of 1 and 3', async () => {
    expect(await dominantEigenvalue(quadratic([[2, 1], [1, 2]]), zeros(2), options())).toBeCloseTo(3, 4) // prettier-ignore
  })

  it('keeps the sign of the one that is largest in magnitude', async () => {
    expect(await dominantEigenvalue(quadratic([[1, 0], [0, -2]]), zeros(2), options())).toBeCloseTo(-2, 4) // prettier-ignore
  })

  it('has the right magnitude where x and -x are both eigenvalues', async () => {
    const found = await dominantEigenvalue(quadratic([[0, 2], [2, 0]]), zeros(2), options()) // prettier-ignore
    expect(Math.abs(found)).toBeCloseTo(2, 4)
  })

  it('does not hang on the point, and is 0 where nothing bends', async () => {
    const at = Float32Array.of(3, -5)
    expect(await dominantEigenvalue(quadratic([[2, 1], [1, 2]]), at, options())).toBeCloseTo(3, 3) // prettier-ignore
    expect(await dominantEigenvalue(quadratic([[0, 0], [0, 0]]), at, options())).toBe(0) // prettier-ignore
  })

  it('asks for no more gradients than it is allowed', async () => {
    let asked = 0
    const gradient = (x: Float32Array) => (asked++, quadratic([[1, 0], [0, 0.999]])(x)) // prettier-ignore
    await dominantEigenvalue(gradient, zeros(2), { ...options(), iterations: 4, tolerance: 0 })
    expect(asked).toBe(8)
  })
})

describe('a supernet', () => {
  beforeAll(async () => {
    await pickBackend('auto')
  })

  // Edges of three candidates beside edges of one, whose last two places are padding.
  const space = SPACES['nas-bench-201']
  const chosen = space.edges.map((_, i) => (i % 2 ? 1 : 0))
  const candidates = stageTwoCandidates(space, sameClusters(space.clusters), chosen, 'freeze')
  const net = buildSupernet({ space, candidates, cells: 1, channels: 8, classes: 2, imageChannels: 3 })
  const draw = gaussian(randomStream(3, 'point'))
  const at = Float32Array.from({ length: net.edges * net.widest }, draw)
  const makeInputs = (): [Tensor, Tensor2D, Tensor, Tensor] => [
    tf.tensor1d(initialWeights(net.specs, randomStream(3, 'weights'))),
    tf.tensor2d(at, [net.edges, net.widest]),
    tf.tensor4d(Float32Array.from({ length: 16 * 16 * 16 * 3 }, draw), [16, 16, 16, 3]),
    tf.tensor1d([0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0], 'int32'),
  ]

  it('has the same gradient here as in training, captured or not', () => {
    const inputs = makeInputs()
    const [weights, alphas, images, labels] = inputs
    const point = { weights, alphas } as Parameters<typeof lossAndGradients>[3]
    const batch = { images, labels } as Parameters<typeof lossAndGradients>[2]
    const wanted = tf.tidy(() => lossAndGradients(net, 2, batch, point).toAlphas.dataSync())
    const captured = capture(alphaGradient(net, 2), inputs)
    const [graph] = captured.run(inputs)
    const [eager] = tf.tidy(() => alphaGradient(net, 2)(inputs))
    expect(Math.hypot(...wanted)).toBeGreaterThan(1e-3)
    for (const received of [graph!, eager!])
      received.dataSync().forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 5))
    captured.dispose()
    tf.dispose([graph!, eager!, ...inputs])
  })

  it('bends as its whole Hessian says, whatever stands in the padding', async () => {
    const inputs = makeInputs()
    const [weights, alphas, images, labels] = inputs
    const gradientAt = async (values: Float32Array): Promise<Float32Array> => {
      const [gradient] = tf.tidy(() =>
        alphaGradient(net, 2)([weights, tf.tensor2d(values, alphas.shape), images, labels]),
      )
      const read = await gradient!.data<'float32'>()
      gradient!.dispose()
      return read
    }
    const eps = 0.05 // as far as the measured one looks: the curvature is a mean over that distance
    const moved = (i: number, by: number) => at.map((value, j) => (i === j ? value + by : value))
    const hessian: number[][] = []
    for (let i = 0; i < at.length; i++) {
      const [up, down] = [await gradientAt(moved(i, eps)), await gradientAt(moved(i, -eps))]
      hessian.push(Array.from(up, (value, j) => (value - down[j]!) / (2 * eps)))
    }
    const padding = candidates.flatMap((edge) => Array.from({ length: net.widest }, (_, i) => i >= edge.length))
    expect(padding).toContain(true)
    padding.forEach((is, i) => is && expect(hessian[i]!.every((value) => value === 0)).toBe(true))
    const symmetric = hessian.map((row, i) => row.map((value, j) => (value + hessian[j]![i]!) / 2))
    const [wanted] = eigenvalues(symmetric)
    expect(Math.abs(wanted!)).toBeGreaterThan(1e-3)
    for (const seed of [1, 2]) {
      const found = await dominantEigenvalue(gradientAt, at, noisy(seed))
      expect(Math.abs(found / wanted! - 1)).toBeLessThan(0.1)
    }
    const elsewhere = at.map((value, i) => (padding[i] ? 100 : value))
    const found = await dominantEigenvalue(gradientAt, elsewhere, noisy(1))
    expect(Math.abs(found / wanted! - 1)).toBeLessThan(0.1)
    tf.dispose(inputs)
  })
})
