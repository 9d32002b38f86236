// Verdicts by hand, however large the logits are.
import { expect, test } from 'vitest'
import { verdicts } from './verdict.js'

test('loss, class and probability are those of the softmax; padding has no verdict', () => {
  const logits = Float32Array.of(0, Math.log(3), 1000, 0, 9, 9)
  const [one, other, ...more] = verdicts(logits, { y: Int32Array.of(1, 1) }, 2)
  expect(one).toMatchObject({ truth: 1, predicted: 1 })
  expect(one!.probability).toBeCloseTo(0.75, 6)
  expect(one!.loss).toBeCloseTo(-Math.log(0.75), 6)
  expect(other).toEqual({ truth: 1, predicted: 0, probability: 1, loss: 1000 })
  expect(more).toEqual([])
})
