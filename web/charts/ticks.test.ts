// Round ticks: few, round, inside the range.
import { expect, it } from 'vitest'
import { roundTicks } from './ticks.js'

it.each([
  [0, 1, 4, [0, 0.5, 1]],
  [0, 8, 4, [0, 2, 4, 6, 8]],
  [0.1, 0.34, 3, [0.1, 0.2, 0.3]],
  [-0.3, 0.3, 3, [-0.2, 0, 0.2]],
  [1, 80, 4, [20, 40, 60, 80]],
  [2, 2, 4, [2]],
])('between %d and %d, about %d of them', (least, most, count, ticks) => {
  expect(roundTicks(least, most, count)).toEqual(ticks)
})
