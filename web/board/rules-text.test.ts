// What people type as lists of rules, and what is wrong with it.
import { expect, test } from 'vitest'
import { directionText, meanText, movementText, ruleSentences, spreadText } from './board-text.js'
import type { Rules } from './board-query.js'
import { readCeilings, readMetrics, readNames } from './rules-text.js'

test('metrics with their directions, ceilings with their values, names', () => {
  expect(readMetrics(' parameters lower, test-loss  HIGHER ,')).toEqual({
    values: [
      { name: 'parameters', direction: 'LOWER' },
      { name: 'test-loss', direction: 'HIGHER' },
    ],
  })
  expect(readMetrics('')).toEqual({ values: [] })
  expect(readMetrics('parameters').problem).toContain('received "parameters"')
  expect(readCeilings('parameters 4e6')).toEqual({ values: [{ name: 'parameters', most: 4_000_000 }] })
  expect(readCeilings('parameters few').problem).toContain('received "parameters few"')
  expect(readNames('a, b,,c ')).toEqual(['a', 'b', 'c'])
})

test('figures and movements as people read them', () => {
  expect(meanText({ name: 'test-accuracy', mean: 0.97123 }, 3)).toBe('0.971')
  expect(meanText({ name: 'parameters', mean: 3_400_000 }, 3)).toBe('3,400,000')
  expect(meanText({ name: 'searchSeconds', mean: 69_120 }, 3)).toBe('19 h 12 min')
  expect(meanText({ name: 'loss', mean: null }, 3)).toBe('–')
  expect(spreadText({ name: 'loss', pick: 'LAST', mean: 1, deviation: 0.1, n: 3 }, 2)).toBe('± 0.10 (3)')
  expect(spreadText({ name: 'loss', pick: 'LAST', mean: 1, deviation: null, n: 1 }, 2)).toBe('')
  expect(movementText(2)).toEqual({ mark: '▲2', said: 'up 2 places since yesterday' })
  expect(movementText(-1)).toEqual({ mark: '▼1', said: 'down one place since yesterday' })
  expect(movementText(null).said).toBe('new since yesterday')
  expect(directionText('LOWER')).toBe('lower is better')
})

test('every rule has its sentence', () => {
  const metric = { name: 'test-accuracy', pick: 'LAST', direction: 'HIGHER', decimals: 2 } as const
  const rules: Rules = {
    ...{ subject: 'GROUP', metric, tieBreaks: [{ ...metric, name: 'parameters', direction: 'LOWER' }], columns: [] },
    ...{
      decimalsShown: 4,
      minSeeds: 3,
      perTeam: 'BEST',
      perDay: 2,
      inAll: 10,
      tolerance: 0.01,
      autoProject: 'project-1',
    },
    ceilings: [{ name: 'parameters', most: 4_000_000 }],
    reveal: { at: '2030-01-01T00:00:00.000Z', metric: { ...metric, name: 'hidden-accuracy' } },
  }
  const told = ruleSentences(rules, false).join(' ')
  for (const part of [
    'groups of seeds, by the mean over their seeds, by test-accuracy (higher is better, compared to 2 decimals)',
    'decided by parameters (lower is better), then by the earlier submission',
    'Only the best entry of a team',
    'at least 3 finished seeds',
    '2 times in 24 hours',
    '10 times in all',
    'No more than 4,000,000 parameters',
    'hidden until then',
    'agrees within 0.01',
    'entered by itself',
  ])
    expect(told).toContain(part)
  expect(ruleSentences(rules, true).join(' ')).toContain('by hidden-accuracy')
})
