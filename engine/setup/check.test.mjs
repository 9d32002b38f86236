// The last line of `npm test`: how outcomes are counted.
import { expect, test } from 'vitest'
import { lastLine, tally } from './check.mjs'

const file = (status, ...tests) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((one) => ({ status: one, fullName: `is ${one}` })),
})

test('counts tests, and a file that could not be read as one failure', () => {
  const outcome = tally({
    testResults: [file('passed', 'passed', 'pending'), file('failed', 'failed', 'passed'), file('failed')],
  })
  expect(outcome).toMatchObject({ passed: 2, failed: 2 })
  expect(outcome.skipped).toHaveLength(1)
})

test('says passed and failed always, skipped where there are any', () => {
  expect(lastLine({ passed: 3, failed: 0, skipped: [] })).toBe('3 passed, 0 failed')
  expect(lastLine({ passed: 3, failed: 1, skipped: ['a'] })).toBe('3 passed, 1 failed, 1 skipped')
})
