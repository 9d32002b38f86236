// Points as they are handed in: merged, in order, each step once, and nothing of them lost or made up.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPoints, type GivenSeries } from './points-given.js'

const value = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity))
const series = fc
  .record({ metric: fc.constantFrom('loss', 'accuracy', 'µ/é 1'), points: fc.array(fc.tuple(fc.nat(50), value)) })
  .map(({ metric, points }) => ({
    metric,
    steps: points.map(([step]) => step),
    values: points.map(([, one]) => one),
  }))

test('whatever is handed in comes back by metric, ascending, with the first value of each step', () => {
  fc.assert(
    fc.property(fc.array(series, { maxLength: 8 }), (given) => {
      const expected = new Map<string, number>()
      for (const { metric, steps, values } of given)
        steps.forEach((step, i) => {
          const key = `${metric}\n${step}`
          if (!expected.has(key)) expected.set(key, values[i]!)
        })
      const read = readPoints(given)
      const found = read.flatMap(({ metric, steps, values }) =>
        [...steps].map((step, i) => [`${metric}\n${step}`, values[i]] as const),
      )
      expect(new Map(found)).toEqual(expected)
      expect(found).toHaveLength(expected.size)
      for (const { steps } of read) expect([...steps]).toEqual([...steps].sort((a, b) => a - b))
    }),
  )
})

test('what is wrong is told at its place', () => {
  const refused = (...given: GivenSeries[]) => {
    try {
      readPoints(given)
    } catch (error) {
      return (error as { extensions: { fields: { path: string }[] } }).extensions.fields[0]!.path
    }
    throw new Error('Expected a refusal.')
  }
  const fine = { metric: 'loss', steps: [1], values: [1] }
  expect(refused(fine, { ...fine, metric: '' })).toBe('points.1.metric')
  expect(refused({ ...fine, metric: 'a'.repeat(101) })).toBe('points.0.metric')
  expect(refused({ ...fine, values: [] })).toBe('points.0.values')
  expect(refused({ ...fine, steps: [-1] })).toBe('points.0.steps.0')
  expect(refused({ ...fine, steps: [Infinity] })).toBe('points.0.steps.0')
  const many = Array.from({ length: 5_001 }, (_, i) => i)
  expect(refused({ metric: 'loss', steps: many, values: many })).toBe('points')
})
