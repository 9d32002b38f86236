// The three rules that end a stage early, on histories whose outcome is reckoned by hand.
import type { Operator } from '@cellboard/schema/operators'
import { describe, expect, it } from 'vitest'
import { eigenvalueGrowth, stopRuleOf, type StopSettings } from './early-stop.js'
import { historyOf } from './history-fixture.js'

const settings: StopSettings = {
  earlyStop: 'eigenvalue',
  stopFrom: 10,
  stopWindow: 5,
  stopRatio: 1.3,
  stopSkips: 2,
  stopStable: 3,
}
const candidates: Operator[][] = [
  ['max_pool_3x3', 'sep_conv_3x3', 'none'],
  ['skip_connect', 'none'],
]

/** The first epoch at which the rule stops the history, and what it says. */
function firstStop(history: ReturnType<typeof historyOf>, more: Partial<StopSettings>) {
  const rule = stopRuleOf({ ...settings, ...more }, candidates)
  const at = history.findIndex((_, i) => rule(history.slice(0, i + 1)))
  return at < 0 ? null : { epoch: history[at]!.epoch, ...rule(history.slice(0, at + 1))! }
}

describe('by eigenvalue', () => {
  // Measured at every second epoch, as RobustDARTS does.
  const measured = (values: (epoch: number) => number, epochs = 50) =>
    historyOf(Array.from({ length: epochs }, (_, i) => ({ eigenvalue: (i + 1) % 2 === 0 ? values(i + 1) : null })))

  it('compares the last five with those four measurements before, from the third on', () => {
    const growth = (count: number) =>
      eigenvalueGrowth(
        measured((epoch) => epoch / 2, 2 * count),
        5,
      )
    expect(growth(6)).toBeNull()
    // After seven: the mean of 3 to 7 against that of the first three; the third stands for the first's epoch, 2.
    expect(growth(7)).toEqual({ ratio: 5 / 2, from: 2 })
    // After nine: 5 to 9 against 1 to 5, whose middle is epoch 6.
    expect(growth(9)).toEqual({ ratio: 7 / 3, from: 6 })
  })

  it('stops once it grew by the ratio, and goes back to where the earlier average stands', () => {
    const flatThenSteep = measured((epoch) => (epoch <= 30 ? 1 : 2))
    // Two of the last five measurements are 2 at epoch 34: 1.4. The five from four before are those of 18 to 26: the middle is 22.
    expect(firstStop(flatThenSteep, {})).toEqual({
      epoch: 34,
      keep: 22,
      reason: 'The mean dominant eigenvalue grew to 1.40 times that around epoch 22.',
    })
  })

  it('does not go back to before stopFrom', () => {
    const steep = measured((epoch) => 1.5 ** epoch)
    expect(firstStop(steep, {})).toMatchObject({ epoch: 22, keep: 10 })
    expect(firstStop(steep, { stopFrom: 16 })).toMatchObject({ epoch: 28, keep: 16 })
  })

  it('goes on where it does not grow, was never measured or is not positive', () => {
    expect(
      firstStop(
        measured(() => 1),
        {},
      ),
    ).toBeNull()
    expect(
      firstStop(
        measured((epoch) => 1 / epoch),
        {},
      ),
    ).toBeNull()
    expect(
      firstStop(
        measured((epoch) => -epoch),
        {},
      ),
    ).toBeNull()
    expect(firstStop(historyOf(Array.from({ length: 50 }, () => ({}))), {})).toBeNull()
  })

  it('averages over any window', () => {
    const doubling = historyOf(Array.from({ length: 30 }, (_, i) => ({ eigenvalue: i < 20 ? 1 : 2 })))
    expect(firstStop(doubling, { stopWindow: 1 })).toMatchObject({ epoch: 21, keep: 20 })
    expect(firstStop(doubling, { stopWindow: 2 })).toMatchObject({ epoch: 21, keep: 19 })
  })
})

describe('by skips', () => {
  const history = historyOf([0, 2, 1, 1, 2, 3].map((skips) => ({ skips })))

  it('keeps the epoch before the cell had too many', () => {
    expect(firstStop(history, { earlyStop: 'skips', stopFrom: 4 })).toEqual({
      epoch: 5,
      keep: 4,
      reason: 'The normal cell of epoch 5 has 2 skips.',
    })
  })

  it('looks back farther where it was not asked before, and keeps the one before where none had fewer', () => {
    expect(firstStop(history, { earlyStop: 'skips', stopFrom: 6 })).toMatchObject({ epoch: 6, keep: 4 })
    expect(firstStop(history.slice(4), { earlyStop: 'skips', stopFrom: 6 })).toMatchObject({ epoch: 6, keep: 5 })
    expect(firstStop(history.slice(5), { earlyStop: 'skips', stopFrom: 6 })).toMatchObject({ epoch: 6, keep: 6 })
  })

  it('goes on below', () => {
    expect(firstStop(history, { earlyStop: 'skips', stopFrom: 1, stopSkips: 4 })).toBeNull()
  })
})

describe('by ranking', () => {
  // The best operator of the first edge changes at epoch 3; none and padding never count.
  const history = historyOf(
    [0, 1, -1, -2, -3, -4].map((first, i) => ({ logits: [[first, 0, 9 * (i % 2)], [1, 0, 9 * (i % 3)]] })), // prettier-ignore
  )

  it('stops after so many epochs without a change, and keeps the last', () => {
    expect(firstStop(history, { earlyStop: 'ranking', stopFrom: 1, stopStable: 2 })).toEqual({
      epoch: 5,
      keep: 5,
      reason: 'No edge changed its best operator in the last 2 epochs.',
    })
    expect(firstStop(history, { earlyStop: 'ranking', stopFrom: 1, stopStable: 4 })).toBeNull()
  })

  it('waits for stopFrom', () => {
    expect(firstStop(history, { earlyStop: 'ranking', stopFrom: 6, stopStable: 2 })).toMatchObject({ epoch: 6 })
  })
})

it('never stops where no rule is asked for', () => {
  expect(firstStop(historyOf(Array.from({ length: 40 }, () => ({ skips: 8 }))), { earlyStop: 'none' })).toBeNull()
})
