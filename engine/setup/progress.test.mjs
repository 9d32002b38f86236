// What people read while they wait.
import { expect, test } from 'vitest'
import { createProgress, inWords } from './progress.mjs'
import { machineWith } from './setup-fixtures.mjs'

test('says seconds, minutes and hours as exactly as one wants to know', () => {
  expect([0.2, 8, 89, 130, 3900].map(inWords)).toEqual(['1 s', '8 s', '89 s', '2 min', '65 min'])
  expect(inWords(3 * 3600 + 300)).toBe('3 h 5 min')
})

test('without a terminal each step is one plain line, with the time that all of them still take', async () => {
  const lines = []
  const progress = createProgress(['packages', 'lint'], { write: (text) => lines.push(text) }, machineWith())
  expect(await progress.step('packages', 'Installing packages', () => 'done')).toBe('done')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^Installing packages \(about \d+ (s|min) left\)\n$/)
})
