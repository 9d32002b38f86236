// The noise is normal, and independent from number to number, place to place and seed to seed, in both of its forms.
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { noise } from './noise.js'

const SIZE = 2 ** 16
const draw = (seed: number, place: number): Float32Array =>
  tf.tidy(() => noise<tf.Rank.R1>(tf.scalar(seed), place, [SIZE]).dataSync<'float32'>())

/** How many standard errors the sum of products is away from 0, as it is for independent numbers of mean 0 and variance 1. */
const errors = (a: Float32Array, b: Float32Array, lag = 0): number => {
  let sum = 0
  for (let i = lag; i < SIZE; i++) sum += a[i - lag]! * b[i]!
  return Math.abs(sum) / Math.sqrt(SIZE - lag)
}
/** Of some hundred independent measurements none is this many standard errors away, but in one of ten thousand runs. */
const FAR = 5

describe.each(['auto', 'cpu'] as const)('noise on backend %s', (name) => {
  it('has the moments of a normal distribution', async () => {
    await pickBackend(name)
    const numbers = draw(3, 1)
    const moment = (power: number) => numbers.reduce((sum, value) => sum + value ** power, 0) / SIZE
    const near = (power: number, expected: number, variance: number) =>
      expect(Math.abs(moment(power) - expected) * Math.sqrt(SIZE / variance), `moment ${power}`).toBeLessThan(FAR)
    near(1, 0, 1)
    near(2, 1, 2)
    near(3, 0, 15)
    near(4, 3, 96)
    const tail = numbers.filter((value) => Math.abs(value) > 3).length / SIZE
    expect(tail).toBeCloseTo(0.0027, 3)
  })

  it('is independent from number to number, place to place and seed to seed', () => {
    const numbers = draw(3, 1)
    const apart = [1, 2, 3, 4, 8, 16, 64, 256, 1024, 4096, 8192, 32768].map((lag) => errors(numbers, numbers, lag))
    const others = [[3, 0], [3, 2], [2, 1], [4, 1], [1, 3], [3 + 4096, 1], [3, 1 + 4096], [0, 0], [4096, 1]] // prettier-ignore
    const across = others.flatMap(([seed, place]) => {
      const other = draw(seed!, place!)
      return [0, 1, 16, 4096].map((lag) => errors(numbers, other, lag))
    })
    expect(Math.max(...apart, ...across)).toBeLessThan(FAR)
    // One number over many seeds, as an edge sees it.
    const series = Float32Array.from({ length: 1000 }, (_, seed) =>
      tf.tidy(() => noise<tf.Rank.R1>(tf.scalar(seed), 7, [4]).dataSync()[2]!),
    )
    const sum = (f: (value: number, i: number) => number) => series.reduce((total, value, i) => total + f(value, i), 0)
    expect(Math.abs(sum((value) => value)) / Math.sqrt(1000)).toBeLessThan(FAR)
    expect(Math.abs(sum((value) => value ** 2) - 1000) / Math.sqrt(2000)).toBeLessThan(FAR)
    expect(Math.abs(sum((value, i) => value * (series[i - 1] ?? 0))) / Math.sqrt(1000)).toBeLessThan(FAR)
  })

  it('is the same for the same seed and place', () => {
    expect(draw(5, 2)).toEqual(draw(5, 2))
  })
})
