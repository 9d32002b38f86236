// What the run page keeps of history and frames: the newest state, times of preparation, and NaN where JSON lost it.
import { expect, it } from 'vitest'
import { startLiveRun, takeFrame, type LoggedEvent } from './live-run.js'

const logged = (number: number, data: { type: string } & Record<string, unknown>): LoggedEvent =>
  ({ number, time: new Date(number * 1000).toISOString(), type: data.type, data }) as LoggedEvent
const progress = { done: 0, total: 10, preparing: null, etaSeconds: null }
const facts = { state: 'RUNNING' as const, failure: null, progress }
const empty = { cursors: [], events: [], points: [], progress: [] }

it('believes the log where it is newer than the facts', () => {
  const log = [logged(1, { type: 'state-changed', state: 'CANCELLED' })]
  expect(startLiveRun(facts, log, []).seen.state).toBe('CANCELLED')
  expect(startLiveRun({ ...facts, state: 'QUEUED' }, [], []).seen.state).toBe('QUEUED')
})

it('knows since when something is prepared, and forgets it when steps are made', () => {
  const run = startLiveRun(facts, [], [])
  const frame = (preparing: string | null) => ({
    ...empty,
    progress: [{ run: 'a', progress: { ...progress, preparing } }],
  })
  const preparing = takeFrame(run, 'a', frame('building the graph'), 5000)
  expect(preparing).toMatchObject({ preparingSince: 5000, seen: { preparing: 'building the graph' } })
  const still = takeFrame(preparing, 'a', frame('building the graph'), 9000)
  expect(still.preparingSince).toBe(5000)
  expect(takeFrame(still, 'a', frame(null), 9500).preparingSince).toBeNull()
})

it('reads the null that JSON makes of NaN as NaN', () => {
  const stage = {
    type: 'stage-started',
    stage: 1,
    cells: 1,
    channels: 4,
    epochs: 3,
    parameters: 1,
    stepsPerEpoch: 2,
    edges: [],
  }
  const epoch = { type: 'epoch-finished', stage: 1, epoch: 1, step: 2, trainLoss: null, trainAccuracy: 0.1, seconds: 1 }
  const { seen } = startLiveRun(facts, [logged(1, stage), logged(2, epoch)], [])
  expect(seen.stages[0]!.done[0]!.trainLoss).toBeNaN()
})

it('leaves alone what belongs to other runs', () => {
  const run = startLiveRun(facts, [], [])
  const events = [{ ...logged(7, { type: 'state-changed', state: 'FAILED' }), run: 'b' }]
  expect(takeFrame(run, 'a', { ...empty, events }).seen.state).toBe('RUNNING')
})
