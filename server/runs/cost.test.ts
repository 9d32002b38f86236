// Seconds of computing: only while an engine was at work.
import { expect, test } from 'vitest'
import { computingSeconds } from './cost.js'

const told = (seconds: number) => ({ time: seconds * 1000, state: null })

test('waiting in the queue, and the time between a crash and the next start, cost nothing', () => {
  expect(computingSeconds([])).toBe(0)
  const log = [
    { time: 0, state: 'QUEUED' as const },
    { time: 60_000, state: 'RUNNING' as const },
    told(61),
    told(70),
    { time: 3_600_000, state: 'QUEUED' as const },
    { time: 3_601_000, state: 'RUNNING' as const },
    told(3_606),
  ]
  expect(computingSeconds(log)).toBe(15)
  expect(computingSeconds([...log, told(3_611), { time: 3_611_001, state: 'FINISHED' }])).toBe(20)
})
