// Challenges are answered once, in time, and never pile up.
import { expect, test } from 'vitest'
import { Challenges } from './challenges.js'

test('a challenge is taken once, and not after five minutes', () => {
  let now = 0
  const open = new Challenges<string>(() => now)
  const [first, second] = [open.add('first'), open.add('second')]
  expect(open.take(first)).toBe('first')
  expect(open.take(first)).toBeNull()
  now = 300_000
  expect(open.take(second)).toBeNull()
})

test('a flood pushes out the oldest', () => {
  const open = new Challenges<number>()
  const ids = Array.from({ length: 1_001 }, (_, i) => open.add(i))
  expect(open.take(ids[0]!)).toBeNull()
  expect(open.take(ids[1]!)).toBe(1)
})
