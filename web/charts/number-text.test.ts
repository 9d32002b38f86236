// How numbers read.
import { expect, it } from 'vitest'
import { agoText, durationText, memoryText, numberText, percentText, shortCountText } from './number-text.js'

it.each([
  [0.4, '0 s'],
  [59.4, '59 s'],
  [200, '3 min 20 s'],
  [1199, '19 min'],
  [7500, '2 h 5 min'],
  [273600, '3 d 4 h'],
])('%d seconds read as %s', (seconds, text) => expect(durationText(seconds)).toBe(text))

it.each([
  [NaN, 'not a number'],
  [Infinity, 'infinite'],
  [0, '0'],
  [2.302585, '2.303'],
  [0.00002, '2.00e-5'],
  [1234, '1,234'],
])('%d reads as %s', (value, text) => expect(numberText(value)).toBe(text))

it('names shares, counts, memory and the past', () => {
  expect(percentText(0.8734)).toBe('87.3 %')
  expect(percentText(NaN)).toBe('not a number')
  expect(shortCountText(1_930_618)).toBe('1.93M')
  expect(memoryText(2960)).toBe('3.0 GB')
  expect(agoText(0, 3_000)).toBe('just now')
  expect(agoText(0, 200_000)).toBe('3 min ago')
})
