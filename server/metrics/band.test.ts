// Bands over several runs: every run counts where it has points, and a value that is no number counts nowhere.
import { expect, test } from 'vitest'
import { bandOf } from './band.js'

const of = (...values: number[]) => Float64Array.from(values)

test('runs are laid over each other step by step', () => {
  const band = bandOf(
    [
      { x: of(1, 2, 3), values: of(1, 5, 3) },
      { x: of(1, 2), values: of(3, NaN) },
    ],
    10,
  )
  expect(band).toEqual({ x: of(1, 2, 3), mean: of(2, 5, 3), min: of(1, 5, 3), max: of(3, 5, 3), runs: of(2, 2, 1) })
})

test('more steps than entries are gathered, and no spike is lost', () => {
  const steps = Float64Array.from({ length: 1000 }, (_, i) => i + 1)
  const flat = { x: steps, values: new Float64Array(1000).fill(1) }
  const spiked = { x: steps, values: flat.values.map((value, i) => (i === 437 ? 100 : value)) }
  const { x, mean, max, runs } = bandOf([flat, spiked], 10)
  expect([x.length, x.at(-1), Math.max(...max)]).toEqual([10, 1000, 100])
  expect([...runs]).toEqual(Array.from({ length: 10 }, () => 2))
  expect(mean.reduce((sum, value) => sum + value) / 10).toBeCloseTo(1 + 99 / 2000, 6)
})

test('no points give empty columns', () => {
  expect(bandOf([], 10).x).toHaveLength(0)
})
