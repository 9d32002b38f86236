// Streams keyed by seed and path: the same again, and independent of each other.
import { describe, expect, it } from 'vitest'
import { gaussian, randomStream, shuffle } from './random.js'

const draw = (count: number, stream: () => number) => Array.from({ length: count }, stream)
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length

describe('randomStream', () => {
  it('gives the same numbers for the same seed and path, in [0, 1)', () => {
    const numbers = draw(1000, randomStream(6, 'shuffle', 1, 2))
    expect(draw(1000, randomStream(6, 'shuffle', 1, 2))).toEqual(numbers)
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
  })
  it('gives others for any other seed or path, also where their texts run together', () => {
    const firsts = [
      randomStream(6, 'shuffle', 1, 2),
      randomStream(7, 'shuffle', 1, 2),
      randomStream(6, 'shuffle', 2, 1),
      randomStream(6, 'shuffle', 12),
      randomStream(6, 'shuffle', '1', 2),
      randomStream(61, 'shuffle', 2),
      randomStream(6, 'augment', 1, 2),
      randomStream(6),
    ].map((stream) => stream())
    expect(new Set(firsts).size).toBe(firsts.length)
  })
  it('is even: first numbers of 4000 neighbouring paths', () => {
    const firsts = Array.from({ length: 4000 }, (_, epoch) => randomStream(1, 'epoch', epoch)())
    expect(mean(firsts)).toBeCloseTo(0.5, 1)
    expect(mean(firsts.map((number) => number * number))).toBeCloseTo(1 / 3, 1)
  })
})

describe('gaussian', () => {
  it('has mean 0, deviation 1 and kurtosis 3', () => {
    const numbers = draw(20_000, gaussian(randomStream(3, 'normal')))
    expect(Math.abs(mean(numbers))).toBeLessThan(0.03)
    expect(Math.abs(mean(numbers.map((x) => x ** 2)) - 1)).toBeLessThan(0.04)
    expect(Math.abs(mean(numbers.map((x) => x ** 4)) - 3)).toBeLessThan(0.3)
  })
})

describe('shuffle', () => {
  it('keeps every item, and every order of three comes about equally often', () => {
    const stream = randomStream(4, 'orders')
    const seen = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const order = shuffle([0, 1, 2], stream).join('')
      seen.set(order, (seen.get(order) ?? 0) + 1)
    }
    expect(seen.size).toBe(6)
    for (const times of seen.values()) expect(Math.abs(times - 1000)).toBeLessThan(150)
  })
})
