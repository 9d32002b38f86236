// Mean and deviation of a sample, and how they read.
import { expect, it } from 'vitest'
import { percentText } from '../charts/number-text.js'
import { spreadOf, spreadText } from './spread.js'

it('takes the deviation of the sample, and leaves out what is not finite', () => {
  expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, deviation: Math.sqrt(32 / 7), n: 8 })
  expect(spreadOf([1, NaN, 3])).toEqual({ mean: 2, deviation: Math.SQRT2, n: 2 })
  expect(spreadOf([3])).toEqual({ mean: 3, deviation: null, n: 1 })
  expect(spreadOf([])).toEqual({ mean: null, deviation: null, n: 0 })
})

it('reads as mean and deviation, as far as they are known', () => {
  expect(spreadText(spreadOf([0.5, 0.7]), percentText)).toBe('60.0 % ± 14.1 %')
  expect(spreadText(spreadOf([0.5]), percentText)).toBe('50.0 %')
  expect(spreadText(spreadOf([]), percentText)).toBe('–')
})
