// Which figure stands for a run: validation before training, the best cell of a random search.
import { expect, it } from 'vitest'
import { accuracyMeaning, resultOf, spreads } from './run-result.js'

const metrics = (figures: Record<string, number | null>) =>
  Object.entries(figures).map(([name, last]) => ({ name, last }))
const trained = {
  kind: 'SEARCH' as const,
  metrics: metrics({ 'train-accuracy': 0.9, 'train-loss': 0.3 }),
  candidates: [],
}
const validated = {
  kind: 'SEARCH' as const,
  metrics: [...trained.metrics, ...metrics({ 'validation-accuracy': 0.8 })],
  candidates: [],
}

it('takes validation where there is one', () => {
  expect(resultOf(trained)).toEqual({ accuracy: 0.9, loss: 0.3, of: 'supernet', on: 'training' })
  expect(resultOf(validated)).toMatchObject({ accuracy: 0.8, on: 'validation' })
  expect(resultOf({ kind: 'SEARCH', metrics: [], candidates: [] }).accuracy).toBeNaN()
})

it('takes the best trained cell of a random search', () => {
  const candidates = [0.5, 0.7, 0.6].map((validationAccuracy) => ({ validationAccuracy }))
  expect(resultOf({ kind: 'SEARCH', metrics: [], candidates })).toMatchObject({
    accuracy: 0.7,
    of: 'trained cell',
    on: 'validation',
  })
})

it('spreads over the runs that have ended well', () => {
  const runs = [
    { ...validated, state: 'FINISHED' as const },
    { ...validated, metrics: metrics({ 'validation-accuracy': 0.6 }), state: 'FINISHED' as const },
    { ...validated, metrics: metrics({ 'validation-accuracy': 0.1 }), state: 'RUNNING' as const },
  ]
  expect(spreads(runs).accuracy).toMatchObject({ mean: 0.7, n: 2 })
})

it('takes the test images of a training', () => {
  const run = {
    kind: 'TRAINING' as const,
    metrics: metrics({ 'test-accuracy': 0.7, 'test-loss': 1, 'train-accuracy': 0.9 }),
  }
  expect(resultOf(run)).toEqual({ accuracy: 0.7, loss: 1, of: 'network', on: 'test' })
  expect(accuracyMeaning([run])).toBe('after the last epoch, on test images')
})
