// Stations of searches by every method, and where a search is on its way.
import type { RunEvent, StageNumber } from '@cellboard/schema/events'
import { foldEvents } from '@cellboard/schema/progress'
import { resolveSettings, searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { expect, it } from 'vitest'
import { stations } from './stations.js'

const settings = (input: SearchSettingsInput) =>
  resolveSettings(searchSettingsSchema.parse({ space: 'nas-bench-201', dataset: 'digits', epochs: 2, ...input }))
const running: RunEvent = { type: 'state-changed', state: 'RUNNING' }
const stage = (number: StageNumber): RunEvent => ({
  type: 'stage-started',
  stage: number,
  cells: 1,
  channels: 4,
  epochs: 2,
  parameters: 10,
  stepsPerEpoch: 1,
  edges: [],
})
const epoch = (number: StageNumber, epoch: number): RunEvent => ({
  type: 'epoch-finished',
  stage: number,
  epoch,
  step: epoch,
  trainLoss: 1,
  trainAccuracy: 0,
  seconds: 1,
})
const shown = (events: RunEvent[], input: SearchSettingsInput = {}) =>
  stations(foldEvents(events), settings(input)).map((one) =>
    [one.kind === 'stage' ? `stage ${one.stage}` : one.kind, one.place].join(': '),
  )

it('goes from clusters over two stages to the genotype', () => {
  const given: RunEvent = { type: 'operators-clustered', origin: 'given', cell: null, clusters: [] }
  expect(shown([])).toEqual(['clusters: ahead', 'stage 1: ahead', 'stage 2: ahead', 'genotype: ahead'])
  expect(shown([running, given])[1]).toBe('stage 1: now')
  expect(shown([running, given, stage(1), epoch(1, 1), epoch(1, 2)]).slice(1, 3)).toEqual([
    'stage 1: done',
    'stage 2: now',
  ])
})

it('measures clusters on a stage 0 of its own, and weighs against none in a stage 3', () => {
  const whole = { clustering: 'average-linkage', zeroAttention: true } as const
  expect(shown([running, stage(0)], whole)).toEqual([
    'stage 0: now',
    'clusters: ahead',
    'stage 1: ahead',
    'stage 2: ahead',
    'stage 3: ahead',
    'genotype: ahead',
  ])
  expect(shown([running, stage(0), epoch(0, 1), epoch(0, 2)], whole)[1]).toBe('clusters: now')
})

it('has one stage with darts, and none in a random search', () => {
  expect(shown([running, stage(1)], { method: 'darts' })).toEqual(['stage 1: now', 'genotype: ahead'])
  expect(shown([running], { method: 'random' })).toEqual(['candidates: now', 'genotype: ahead'])
})

it('goes on where a stage was stopped early, and says where it failed', () => {
  const stop: RunEvent = { type: 'stopped-early', stage: 1, epoch: 1, rule: 'skips', reason: '', kept: 1 }
  expect(shown([running, stage(1), epoch(1, 1), stop])[2]).toBe('stage 2: now')
  expect(shown([running, stage(1), { type: 'state-changed', state: 'FAILED' }])[1]).toBe('stage 1: stopped')
})
