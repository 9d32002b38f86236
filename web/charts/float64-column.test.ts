// Columns of doubles: known bytes, every kind of number there and back, and a refusal of torn ones.
import { expect, it } from 'vitest'
import { decodeFloat64Column, encodeFloat64Column } from './float64-column.js'

it('reads little-endian doubles as Node writes them', () => {
  const bytes = Buffer.alloc(16)
  bytes.writeDoubleLE(1.5, 0)
  bytes.writeDoubleLE(-2e-308, 8)
  expect([...decodeFloat64Column(bytes.toString('base64'))]).toEqual([1.5, -2e-308])
})

it('keeps NaN, infinities and minus zero', () => {
  const values = [NaN, Infinity, -Infinity, -0, 0.1, Number.MAX_VALUE]
  expect([...decodeFloat64Column(encodeFloat64Column(values))]).toEqual(values)
})

it('reads an empty column', () => {
  expect(decodeFloat64Column('')).toHaveLength(0)
})

it('refuses bytes that are not whole doubles', () => {
  expect(() => decodeFloat64Column(btoa('abc'))).toThrow('multiple of 8 bytes')
})
