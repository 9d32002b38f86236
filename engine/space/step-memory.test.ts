// The estimate against what real steps held at most; the table is measured, the estimate must meet it.
import { SPACES } from '@cellboard/schema/spaces'
import { describe, expect, test } from 'vitest'
import { sameClusters, stageOneCandidates } from './candidates.js'
import { countSupernet } from './cost.js'
import { largestBatch, PASSES, stepMemory } from './step-memory.js'

const darts = SPACES.darts
const nasBench201 = SPACES['nas-bench-201']
const stageOne = stageOneCandidates(darts, sameClusters(darts.clusters))
const net = (more: Partial<Parameters<typeof countSupernet>[0]>) =>
  countSupernet({ space: darts, channels: 16, cells: 8, classes: 10, ...more })

/** Largest resident MB of `bench -- engine-step --alone --steps 2` on two cores, TensorFlow 2.21. */
const MEASURED = [
  ['darts, 8 cells, batch 1', net({}), 1, 1, 976],
  ['darts, 8 cells, batch 16', net({}), 16, 1, 1975],
  ['darts, 8 cells, batch 64', net({}), 64, 1, 5462],
  ['darts, 3 cells, 4 channels', net({ cells: 3, channels: 4 }), 16, 1, 799],
  ['darts, 3 cells, 64 channels', net({ cells: 3, channels: 64 }), 16, 1, 2963],
  ['stage 1, 14 cells, batch 8', net({ cells: 14, candidates: stageOne }), 8, 1, 1414],
  ['stage 1, 14 cells, batch 32', net({ cells: 14, candidates: stageOne }), 32, 1, 3063],
  ['stage 1, 20 cells, 36 channels', net({ cells: 20, channels: 36, candidates: stageOne }), 4, 1, 2195],
  ['nas-bench-201, 1 cell, batch 16', net({ space: nasBench201, cells: 1 }), 16, 1, 518],
  ['nas-bench-201, 1 cell, batch 256', net({ space: nasBench201, cells: 1 }), 256, 1, 1245],
  ['nas-bench-201, 5 cells', net({ space: nasBench201, cells: 5 }), 64, 1, 1373],
  ['darts, 8 cells, first order', net({}), 16, PASSES['first-order'], 2338],
  ['darts, 8 cells, second order', net({}), 16, PASSES['second-order'], 3758],
] as const

describe('stepMemory', () => {
  test.each(MEASURED)('%s', (_, cost, batch, passes, measured) => {
    const estimated = stepMemory({ cost, batch, passes }) / 2 ** 20
    expect(Math.abs(estimated / measured - 1), `estimated ${Math.round(estimated)} MB`).toBeLessThan(0.085)
  })

  test('takes more where no graph lets go of what is not needed any more', () => {
    const needs = { cost: net({}), batch: 16 }
    expect(stepMemory({ ...needs, eager: true })).toBeGreaterThan(2 * stepMemory(needs))
  })
})

describe('largestBatch', () => {
  test.each([false, true])('fits, and one more does not (eager: %s)', (eager) => {
    const needs = { cost: net({}), eager }
    const bytes = 16e9
    const batch = largestBatch(needs, bytes)
    expect(stepMemory({ ...needs, batch })).toBeLessThanOrEqual(bytes)
    expect(stepMemory({ ...needs, batch: batch + 1 })).toBeGreaterThan(bytes)
  })

  test('is 0 where not even one image fits', () => {
    expect(largestBatch({ cost: net({}) }, 500e6)).toBe(0)
  })
})
