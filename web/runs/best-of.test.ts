// The best of several, where a name tells which that is.
import { expect, test } from 'vitest'
import { bestOf, shownFigure } from './best-of.js'

test('losses low, accuracies high, and no guess otherwise', () => {
  expect(bestOf('loss', [0.5, null, 0.2])).toBe(2)
  expect(bestOf('test-accuracy', [0.5, 0.9, 0.2])).toBe(1)
  expect(bestOf('entropy', [1, 2])).toBe(-1)
  expect(bestOf('loss', [0.5, 0.5])).toBe(-1)
  expect(bestOf('loss', [0.5, null])).toBe(-1)
})

test('figures of any size are read', () => {
  expect([1, 0.123456, 1e-9, 12345678.9].map(shownFigure)).toEqual(['1', '0.1235', '1.00e-9', '1.23e+7'])
})
