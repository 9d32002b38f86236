// What a preview reckons with: every network that a search will train, with its steps, whatever the method and the space.
import { resolveSettings, searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { SPACES } from '@cellboard/schema/spaces'
import { expect, test } from 'vitest'
import { passesPerStep, plannedNetworks, randomCellMultiplyAdds, stageCost } from './networks.js'

const settingsOf = (asked: SearchSettingsInput) =>
  resolveSettings(searchSettingsSchema.parse({ dataset: 'digits', images: 320, batch: 32, epochs: 2, ...asked }))
const planOf = (asked: SearchSettingsInput) =>
  plannedNetworks(settingsOf(asked)).map(({ stage, cells, steps }) => [stage, cells, steps])

test('each method trains its stages in order, for their epochs', () => {
  expect(planOf({})).toEqual([
    [1, 14, 20],
    [2, 20, 20],
  ])
  const whole = { clustering: 'k-means', clusteringEpochs: 3, clusteringCells: 8, zeroAttention: true } as const
  expect(planOf(whole)).toEqual([
    [0, 8, 30],
    [1, 14, 20],
    [2, 20, 20],
    [3, 20, 20],
  ])
  expect(planOf({ method: 'darts', zeroAttention: true })).toEqual([
    [1, 8, 10],
    [3, 8, 10],
  ])
  expect(planOf({ method: 'random', samples: 7 })).toEqual([[1, 8, 7 * 2 * 5]])
})

test('depths that are to be measured count as the deepest of the choice', () => {
  expect(planOf({ depth: 'auto', depthChoices: [5, 11, 8], confusionBatches: 2, confusionBatch: 32 })).toEqual([
    [1, 11, 20],
    [2, 11, 20],
  ])
})

test('a bi-level step takes a gradient more, and four more where it looks ahead', () => {
  const passes = (['one-level', 'first-order', 'second-order'] as const).map((optimisation) =>
    passesPerStep(settingsOf({ method: 'darts', optimisation })),
  )
  expect(passes).toEqual([1, 2, 5])
})

test.each(Object.keys(SPACES) as (keyof typeof SPACES)[])('%s is reckoned whole, whatever the method', (space) => {
  const [all] = plannedNetworks(settingsOf({ method: 'darts', space }))
  const settings = settingsOf({ method: 'stacnas', space })
  for (const { parameters, multiplyAdds } of plannedNetworks({
    ...settings,
    stage1Cells: all!.cells,
    stage2Cells: all!.cells,
  })) {
    expect(parameters).toBeGreaterThan(0)
    expect(multiplyAdds).toBeLessThanOrEqual(2 * all!.multiplyAdds) // a singleton stands there twice
  }
  const random = settingsOf({ method: 'random', space })
  const [largest] = plannedNetworks(random)
  const mean = randomCellMultiplyAdds(random)
  expect(mean).toBeGreaterThan(0)
  expect(mean).toBeLessThanOrEqual(largest!.multiplyAdds)
  expect(largest!.multiplyAdds).toBeLessThan(all!.multiplyAdds)
})

test('a space that somebody wrote is reckoned by its own edges', () => {
  const spaceText = 'network: nas-bench-201\nedges:\n' + ['0, to: 1', '1, to: 2', '2, to: 3'].map(line).join('')
  const settings = settingsOf({ method: 'darts', space: 'custom', spaceText })
  const [chain] = plannedNetworks(settings)
  const [whole] = plannedNetworks(settingsOf({ method: 'darts', space: 'nas-bench-201' }))
  expect(chain!.multiplyAdds).toBeLessThan(whole!.multiplyAdds)
  expect(plannedNetworks(settingsOf({ method: 'random', space: 'custom', spaceText }))).toHaveLength(1)
  const edge = { cell: 'normal' as const, from: 0, to: 1, candidates: ['skip_connect' as const] }
  expect(stageCost(settings, 5, [edge])).toBeNull()
})

const line = (ends: string) => `  - { cell: normal, from: ${ends}, candidates: [skip_connect, nor_conv_3x3] }\n`
