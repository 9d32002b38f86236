// Points kept for drawing: nothing twice, few enough, no spike and no gap lost.
import { expect, it } from 'vitest'
import { appendPoints, MOST_ENTRIES, NO_POINTS } from './metric-points.js'

const points = (steps: number[], values: number[]) => ({ steps, min: values, max: values, last: values })

it('leaves out what it already has', () => {
  const once = appendPoints(NO_POINTS, points([1, 2, 3], [9, 8, 7]))
  expect(appendPoints(once, points([2, 3, 4], [0, 0, 6]))).toEqual(points([1, 2, 3, 4], [9, 8, 7, 6]))
})

it('stays small and keeps a one-step spike and a NaN', () => {
  const length = MOST_ENTRIES * 5
  const values = Array.from({ length }, (_, i) => (i === 7001 ? 99 : i === 9002 ? NaN : 1))
  const kept = appendPoints(
    NO_POINTS,
    points(
      values.map((_, i) => i + 1),
      values,
    ),
  )
  expect(kept.steps.length).toBeLessThanOrEqual(MOST_ENTRIES)
  expect(kept.steps.at(-1)).toBe(length)
  expect(Math.max(...kept.max)).toBe(99)
  expect(kept.last.filter(Number.isNaN)).toHaveLength(1)
})
