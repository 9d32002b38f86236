// Conditions as they are typed: what they ask for, and what is said of wrong ones.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conditionOf, conditionText, filtersOf, printCondition, readCondition } from './condition.js'

const names = { settings: ['weightDecay', 'note2'], metrics: ['test-accuracy', 'train-loss', 'accuracy'] }

function asked(text: string) {
  const read = readCondition(text, names)
  if ('problem' in read) return read.problem
  const again = conditionOf(printCondition(read.condition))
  expect(again, 'an address keeps it').toEqual(read)
  const { settings, metrics } = filtersOf([read.condition])
  return [...settings, ...metrics]
}

test.each([
  ['weightDecay = 3e-4', { name: 'weightDecay', is: 0.0003 }],
  ['weight_decay >= .01', { name: 'weightDecay', min: 0.01 }],
  ['batch<64', { name: 'batch', below: 64 }],
  ['space = s1, darts', { name: 'space', oneOf: ['s1', 'darts'] }],
  ['note2 = hello world', { name: 'note2', oneOf: ['hello world'] }],
  ['note2 = 12', { name: 'note2', is: 12 }],
  ['testAccuracy >= 94', { name: 'test-accuracy', pick: 'LAST', min: 0.94 }],
  ['test-accuracy >= 94 %', { name: 'test-accuracy', pick: 'LAST', min: 0.94 }],
  ['max test-accuracy > 0.94', { name: 'test-accuracy', pick: 'MAX', above: 0.94 }],
  ['train-loss ≤ 2', { name: 'train-loss', pick: 'LAST', max: 2 }],
  ['min train-loss = 0.5', { name: 'train-loss', pick: 'MIN', min: 0.5, max: 0.5 }],
])('%s', (text, filter) => {
  expect(asked(text)).toEqual([filter])
})

test.each([
  ['weihgtDecay = 3', 'received "weihgtDecay". Did you mean weightDecay or alphaDecay?'],
  ['something', 'Expected a setting or metric, a sign and a value, as in batch >= 32, but received "something".'],
  ['batch =', 'Expected a value after batch =, but received none.'],
  ['batch = many', 'Expected a number for batch, but received "many".'],
  ['batch != 3', 'Expected one of = >= <= > < after batch, but received !=.'],
  ['space >= s1', 'Expected = after space, but received >=.'],
  ['space = s9', 'for space, but received "s9".'],
  ['test-accuracy >= high', 'Expected a number for test-accuracy, but received "high".'],
  ['test-accuracy >= 940', 'Expected at most 100 % for test-accuracy, but received "940".'],
])('%s is told of', (text, sentence) => {
  expect(asked(text)).toContain(sentence)
})

test('as people read it', () => {
  const read = conditionOf('metric.max:test-accuracy >= 0.94')
  expect('condition' in read && conditionText(read.condition)).toBe('max test-accuracy ≥ 94.00 %')
})

test('any text is a condition or told of', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(batch|space|accuracy) ?[<>=!]{1,2} ?.{0,9}$/)), (text) => {
      expect(asked(text)).toBeTruthy()
    }),
  )
})
