// Buckets of a history: no spike is lost, whatever the columns hold.
import { expect, test } from 'vitest'
import { bucketed } from './series.js'

const upTo = (count: number) => Float64Array.from({ length: count }, (_, i) => i + 1)

test('few points are given as they are', () => {
  const [steps, values] = [upTo(3), Float64Array.of(5, NaN, 7)]
  const series = bucketed(steps, values, 3)
  expect(series).toMatchObject({ x: steps, min: values, max: values, last: values, bucketed: false })
  expect([...series.counts]).toEqual([1, 1, 1])
})

test('a spike of one step is in its bucket, wherever it stands', () => {
  for (const at of [0, 1, 499, 4_321, 9_998, 9_999]) {
    for (const spike of [1e9, -1e9, Infinity]) {
      const values = new Float64Array(10_000).fill(1)
      values[at] = spike
      const { min, max, counts, x } = bucketed(upTo(10_000), values, 100)
      expect(spike > 0 ? Math.max(...max) : Math.min(...min)).toBe(spike)
      expect(counts.reduce((sum, count) => sum + count)).toBe(10_000)
      expect([x.length, x.at(-1)]).toEqual([100, 10_000])
    }
  }
})

test('buckets agree with a plain reckoning over their points', () => {
  const steps = Float64Array.from({ length: 1_000 }, (_, i) => i * i) // far from evenly spread: many buckets stay empty
  const values = steps.map((step) => Math.sin(step))
  const series = bucketed(steps, values, 64)
  let from = 0
  series.x.forEach((x, bucket) => {
    const own = [...values.subarray(from, from + series.counts[bucket]!)]
    from += own.length
    expect(steps[from - 1]).toBe(x)
    expect(series.min[bucket]).toBe(Math.min(...own))
    expect(series.max[bucket]).toBe(Math.max(...own))
    expect(series.last[bucket]).toBe(own.at(-1))
  })
  expect(from).toBe(1_000)
})

test('NaN counts and may be last, but hides neither least nor greatest', () => {
  const { min, max, last, counts } = bucketed(upTo(8), Float64Array.of(NaN, 2, 3, NaN, NaN, NaN, NaN, NaN), 2)
  expect([...min]).toEqual([2, NaN])
  expect([...max]).toEqual([3, NaN])
  expect([...last]).toEqual([NaN, NaN])
  expect(counts[0]! + counts[1]!).toBe(8)
})

test('no points give empty columns', () => {
  expect(bucketed(new Float64Array(), new Float64Array(), 10).x).toHaveLength(0)
})
