// Which figure stands for a run: validation before training, the best cell of a random search.
import { expect, it } from 'vitest'
import { resultOf, spreads } from './run-result.js'

const metrics = (figures: Record<string, number | null>) =>
  Object.entries(figures).map(([name, last]) => ({ name, last }))
const trained = { metrics: metrics({ 'train-accuracy': 0.9, 'train-loss': 0.3 }), candidates: [] }
const validated = { metrics: [...trained.metrics, ...metrics({ 'validation-accuracy': 0.8 })], candidates: [] }

it('takes validation where there is one', () => {
  expect(resultOf(trained)).toEqual({ accuracy: 0.9, loss: 0.3, of: 'supernet', on: 'training' })
  expect(resultOf(validated)).toMatchObject({ accuracy: 0.8, on: 'validation' })
  expect(resultOf({ metrics: [], candidates: [] }).accuracy).toBeNaN()
})

it('takes the best trained cell of a random search', () => {
  const candidates = [0.5, 0.7, 0.6].map((validationAccuracy) => ({ validationAccuracy }))
  expect(resultOf({ metrics: [], candidates })).toMatchObject({ accuracy: 0.7, of: 'trained cell', on: 'validation' })
})

it('spreads over the runs that have ended well', () => {
  const runs = [
    { ...validated, state: 'FINISHED' as const },
    { ...validated, metrics: metrics({ 'validation-accuracy': 0.6 }), state: 'FINISHED' as const },
    { ...validated, metrics: metrics({ 'validation-accuracy': 0.1 }), state: 'RUNNING' as const },
  ]
  expect(spreads(runs).accuracy).toMatchObject({ mean: 0.7, n: 2 })
})
