// What is told of a place follows from the rules.
import { boardRulesSchema, type BoardRulesInput } from '@cellboard/schema/board-rules'
import { expect, test } from 'vitest'
import { liftOf, whyOf, type Standing } from './explain.js'

const rules = (more: Partial<BoardRulesInput> = {}) =>
  boardRulesSchema.parse({ subject: 'run', metric: { name: 'accuracy', direction: 'higher', decimals: 2 }, ...more })

const entry = (accuracy: number | null, more: Partial<Standing['entry']> = {}): Standing['entry'] => ({
  values: {
    'accuracy last': { mean: accuracy, deviation: null, n: 1 },
    'parameters last': { mean: 100, deviation: null, n: 1 },
  },
  ...{ title: 'an entry', submittedAt: new Date(0), state: 'STANDING', reason: '', evidence: 'THERE', baseline: false },
  ruleVersion: 3,
  ...more,
})

const at = (more: Partial<Standing>): Standing => ({
  ...{ rules: rules(), entry: entry(0.9), rank: 2, length: 5, above: entry(0.95, { title: 'the other' }) },
  ...more,
})

test('a better score decides', () => {
  expect(whyOf(at({}))).toBe('Place 2 of 5 by accuracy (higher is better): 0.9. Let in by version 3 of the rules.')
  expect(liftOf(at({}))).toBe(
    'A accuracy above 0.95 after rounding to 2 decimals would pass "the other".'.replace('A accuracy', 'An accuracy'),
  )
  expect(liftOf(at({ rank: 1, above: null }))).toBe('Nothing: it is the first.')
})

test('equal scores: the metric that breaks ties, then the earlier submission', () => {
  const above = entry(0.9, { title: 'the other' })
  expect(whyOf(at({ above }))).toContain('Equal to the one above; the one above was submitted earlier.')
  expect(liftOf(at({ above }))).toContain('Equal figures stay behind "the other", which came earlier.')
  const smaller = { ...above, values: { ...above.values, 'parameters last': { mean: 50, deviation: null, n: 1 } } }
  const ruled = rules({ tieBreaks: [{ name: 'parameters', direction: 'lower' }] })
  expect(whyOf(at({ rules: ruled, above: smaller }))).toContain('ahead by parameters, which breaks ties')
  expect(liftOf(at({ rules: ruled, above: smaller }))).toBe(
    'A parameters below 50 would pass "the other", or any better accuracy.',
  )
})

test('each reason not to be ranked has its sentence', () => {
  const unranked = (of: Partial<Standing['entry']>, accuracy: number | null = 0.9) =>
    whyOf(at({ rank: null, above: null, entry: entry(accuracy, of) }))
  expect(unranked({ baseline: true })).toMatch(/^A baseline/)
  expect(unranked({ state: 'FLAGGED', reason: 'too good' })).toBe('Not ranked: it was flagged. too good')
  expect(unranked({ state: 'WITHDRAWN', reason: 'a bug' })).toBe('Not ranked: it was withdrawn. a bug')
  expect(unranked({ evidence: 'IN_BIN' })).toContain('lies in the bin')
  expect(unranked({ evidence: 'DELETED' })).toContain('was deleted')
  expect(unranked({}, null)).toContain('A missing score is no zero')
  expect(unranked({})).toContain('its team has a better one')
  expect(whyOf(at({ rank: null, rules: rules({ perTeam: 'latest' }) }))).toContain('its team has a later one')
})
