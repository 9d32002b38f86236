// When a training runs out of patience.
import { expect, test } from 'vitest'
import { outOfPatience } from './patience.js'

const looks = [0.5, 0.7, 0.7, 0.6].map((validationAccuracy, i) => ({ epoch: i + 1, validationAccuracy }))

test.each([
  ['never, without patience', 0, 4, null],
  ['not yet, one epoch after the best', 2, 3, null],
  ['so many epochs after the best, which an equal one is not', 2, 4, 2],
  ['not before anything was validated', 2, 4, null, []],
])('%s', (_, patience, epoch, best, seen: typeof looks = looks) => {
  const over = outOfPatience(patience, seen.slice(0, epoch), epoch)
  expect(over?.best ?? null).toBe(best)
  if (best) expect(over!.reason).toBe('No epoch validated better than epoch 2 (70.00 %) for 2 epochs.')
})

test('epochs without a look count as none better', () => {
  expect(outOfPatience(3, [{ epoch: 2, validationAccuracy: 0.7 }], 4)).toBeNull()
  expect(outOfPatience(3, [{ epoch: 2, validationAccuracy: 0.7 }], 5)?.best).toBe(2)
})
