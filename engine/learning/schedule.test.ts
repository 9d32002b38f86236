// The learning rates of the published schedules.
import { describe, expect, it } from 'vitest'
import { trainingRate, weightRate } from './schedule.js'

const settings = { weightRate: 0.025, weightRateEnd: 0.001, epochs: 80 }

describe('weightRate', () => {
  it('falls by half a cosine from the first rate toward the last', () => {
    const cosine = { ...settings, schedule: 'cosine' as const }
    expect(weightRate(cosine, 1)).toBe(0.025)
    expect(weightRate(cosine, 41)).toBeCloseTo(0.013, 12) // half way
    expect(weightRate(cosine, 80)).toBeCloseTo(0.001 + 0.012 * (1 + Math.cos((Math.PI * 79) / 80)), 12)
  })

  it('falls sooner by power-cosine, between the same rates', () => {
    const power = { ...settings, schedule: 'power-cosine' as const }
    expect(weightRate(power, 1)).toBe(0.025)
    expect(weightRate(power, 41)).toBeCloseTo(0.001 + 0.024 * (Math.SQRT2 - 1), 12) // 2^(1/2) - 1 of the way
    expect(weightRate(power, 20)).toBeLessThan(weightRate({ ...power, schedule: 'cosine' }, 20))
  })
})

describe('trainingRate', () => {
  const training = { weightRate: 0.1, weightRateEnd: 0, epochs: 4, warmupEpochs: 0 }
  const rates = (schedule: 'cosine' | 'linear' | 'exponential', more: object = {}) =>
    [1, 2, 3, 4, 5, 6, 7, 8].map((step) => trainingRate({ ...training, schedule, ...more }, step, 2))
  const twice = (values: number[]) => values.flatMap((value) => [value, value])

  it.each([
    ['cosine', [0.1, 0.05 * (1 + Math.SQRT1_2), 0.05, 0.05 * (1 - Math.SQRT1_2)]],
    ['linear', [0.1, 0.075, 0.05, 0.025]],
    ['exponential', [0.1, 0.097, 0.1 * 0.97 ** 2, 0.1 * 0.97 ** 3]],
  ] as const)('falls by a %s from epoch to epoch', (schedule, expected) => {
    rates(schedule).forEach((rate, i) => expect(rate).toBeCloseTo(twice([...expected])[i]!, 12))
  })

  it('rises in a line at every step of the warm-up, to what the schedule has there', () => {
    const expected = [0.025, 0.05, 0.075 * 0.75, 0.075, 0.05, 0.05, 0.025, 0.025]
    rates('linear', { warmupEpochs: 2 }).forEach((rate, i) => expect(rate).toBeCloseTo(expected[i]!, 12))
    expect(rates('linear', { warmupEpochs: 1 })[0]).toBeCloseTo(0.05, 12)
  })
})
