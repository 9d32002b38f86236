// The learning rates of the published schedules.
import { describe, expect, it } from 'vitest'
import { weightRate } from './schedule.js'

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
