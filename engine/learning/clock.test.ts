// Time left, reckoned over both stages.
import { describe, expect, it } from 'vitest'
import { Clock } from './clock.js'

const twoStages = () => {
  const clock = new Clock([
    { stage: 1, steps: 10, work: 1 },
    { stage: 2, steps: 10, work: 3 },
  ])
  clock.begin(1, 1, 0)
  return clock
}

describe('Clock', () => {
  it('knows nothing before a step was measured, and leaves the first one out', () => {
    const clock = twoStages()
    expect(clock.etaSeconds).toBeNull()
    clock.step(100)
    expect(clock.etaSeconds).toBeNull()
  })

  it('reckons the stage to come by its work', () => {
    const clock = twoStages()
    clock.step(100)
    clock.step(2)
    expect(clock.etaSeconds).toBe(8 * 2 + 10 * 6)
  })

  it('goes on from what stage 1 took when stage 2 turns out lighter', () => {
    const clock = twoStages()
    for (let i = 0; i < 10; i++) clock.step(2)
    clock.begin(2, 2, 0)
    expect(clock.etaSeconds).toBe(10 * 4)
  })

  it('counts the steps that a resumed stage has behind it', () => {
    const clock = twoStages()
    clock.begin(2, 3, 6)
    clock.step(100)
    clock.step(5)
    expect(clock.etaSeconds).toBe(2 * 5)
  })
})
