// Columns: their keys, and the values that they show.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnOf, keyOf, PICKS, textOf, titleOf, type Column } from './column.js'

const column: fc.Arbitrary<Column> = fc.oneof(
  fc.record({ of: fc.constant('setting' as const), name: fc.string({ minLength: 1 }) }),
  fc.record({ of: fc.constant('metric' as const), name: fc.string({ minLength: 1 }), pick: fc.constantFrom(...PICKS) }),
)

test('a key and its column say the same', () => {
  fc.assert(
    fc.property(column, (one) => {
      expect(columnOf(keyOf(one))).toEqual(one)
    }),
  )
  for (const wrong of ['', 'batch', 'setting:', 'metric.best:loss', 'setting.max:batch'])
    expect(columnOf(wrong), wrong).toBeNull()
})

test('values as people read them', () => {
  const metrics = [
    { name: 'test-accuracy', last: 0.9412, min: 0.1, max: 0.95 },
    { name: 'loss', last: null, min: 0.5, max: 2 },
    { name: 'accuracy', last: 93.5, min: 1, max: 94 },
  ]
  const settings = { batch: 32, weightDecay: 3e-4, augment: true, seeds: [1, 2], space: 's1', none: null }
  const shown = (key: string) => textOf(columnOf(key)!, { settings, metrics })
  expect(shown('metric:test-accuracy')).toBe('94.12 %')
  expect(shown('metric.max:test-accuracy')).toBe('95.00 %')
  expect(shown('metric:loss')).toBeNull()
  expect(shown('metric:accuracy')).toBe('93.5')
  expect(
    ['batch', 'weightDecay', 'augment', 'seeds', 'space', 'none', 'gone'].map((one) => shown(`setting:${one}`)),
  ).toEqual(['32', '0.0003', 'on', '[1,2]', 's1', null, null])
  expect(titleOf(columnOf('metric.max:loss')!)).toBe('max loss')
})
