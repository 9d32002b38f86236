// What is recorded is there once, in order and whole, and a follower of the log gets exactly that.
import { expect, inject, test } from 'vitest'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { Bells } from '../events/bells.js'
import { follow, type Frame } from '../events/feed.js'
import { readEvents } from '../events/log.js'
import { readSummaries } from '../metrics/points.js'
import { readSeries } from '../metrics/series.js'
import { RunTable } from '../runs/run.table.js'
import { changeState, queueRun } from '../runs/state.js'
import { isDiskFull } from '../store/disk-full.js'
import { openForTest } from '../store/open-for-test.js'
import { rows, type Store } from '../store/orm.js'
import type { Batch, Told, ToldEvent } from './messages.js'
import { ClaimLost, Recorder } from './recorder.js'

const settings = resolveSettings(searchSettingsSchema.parse({ dataset: 'digits' }))
const ALL = { from: -Infinity, to: Infinity, buckets: 10_000, upTo: Number.MAX_SAFE_INTEGER }

async function runningRun(store: Store) {
  const bells = new Bells()
  const run = await queueRun(store.em.fork(), { kind: 'search', name: 'a run', projectId: 1, settings })
  await changeState(store.em.fork(), run.id, { to: 'RUNNING', columns: { claimedBy: 'me' } })
  return { run, bells, recorder: new Recorder(store, bells, run.id, 'me') }
}

const event = (event: ToldEvent): Told => ({ kind: 'event', time: 1, event })
const points = (metric: string, steps: number[], values: number[]): Told => ({
  kind: 'points',
  columns: [{ metric, steps: Float64Array.from(steps), values: Float64Array.from(values) }],
})
const batch = (told: Told[], step: number | null = null): Batch => ({ type: 'told', told, step, etaSeconds: null })
const epoch = (number: number): Told =>
  event({ type: 'epoch-finished', stage: 1, epoch: number, step: number, trainLoss: 1, trainAccuracy: 0, seconds: 1 })
const nextFrame = async (feed: AsyncGenerator<Frame>) => (await feed.next()).value as Frame

test('events and batches of points share one numbering without a gap', async () => {
  const store = await openForTest()
  const { run, recorder } = await runningRun(store)
  await recorder.record(batch([points('loss', [1, 2], [3, 2]), epoch(1), points('loss', [3], [1])], 3))
  await recorder.record(batch([epoch(2), event({ type: 'preparing', what: 'a step', etaSeconds: null })], 3))
  const em = store.em.fork()
  const sql =
    'select number from event where run_id = ? union all select distinct number from metric_chunk where run_id = ?'
  const numbers = await rows<{ number: number }>(em, `${sql} order by 1`, [run.id, run.id])
  expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7])
  const row = await em.findOneOrFail(RunTable, run.id)
  expect(row).toMatchObject({ lastNumber: 7, stepsDone: 3, preparing: 'a step' })
})

test('what an engine tells again after its checkpoint is there once', async () => {
  const store = await openForTest()
  const { run, recorder } = await runningRun(store)
  await recorder.record(batch([points('loss', [1, 2, 3], [3, 2, 1]), epoch(1), epoch(2)], 3))
  await recorder.record(batch([points('loss', [2, 3, 4], [9, 9, 0.5]), epoch(2), epoch(3), epoch(3)], 4))
  const em = store.em.fork()
  const log = await readEvents(em, run.id, { after: 0, types: ['epoch-finished'] })
  expect(log.map(({ event }) => 'epoch' in event && event.epoch)).toEqual([1, 2, 3])
  const { x, last } = await readSeries(em, run.id, 'loss', ALL)
  expect([...x]).toEqual([1, 2, 3, 4])
  expect([...last]).toEqual([3, 2, 1, 0.5])
})

test('a batch that brings nothing new changes no number', async () => {
  const store = await openForTest()
  const { run, recorder } = await runningRun(store)
  const told = batch([points('loss', [1], [1]), epoch(1)], 1)
  await recorder.record(told)
  await recorder.record(told)
  expect((await store.em.fork().findOneOrFail(RunTable, run.id)).lastNumber).toBe(4)
})

test('NaN and infinities are kept as points, and leave the summary readable', async () => {
  const store = await openForTest()
  const { run, recorder } = await runningRun(store)
  await recorder.record(batch([points('loss', [1, 2, 3, 4], [2, Infinity, 1, NaN])], 4))
  const em = store.em.fork()
  expect((await readSummaries(em, run.id)).get('loss')).toMatchObject({
    count: 4,
    last: null,
    lastStep: 4,
    min: 1,
    minStep: 3,
    max: 2,
    maxStep: 1,
  })
  expect([...(await readSeries(em, run.id, 'loss', ALL)).last]).toEqual([2, Infinity, 1, NaN])
})

test('who has lost the run writes nothing any more', async () => {
  const store = await openForTest()
  const { run, recorder, bells } = await runningRun(store)
  await expect(new Recorder(store, bells, run.id, 'another').record(batch([epoch(1)]))).rejects.toThrow(ClaimLost)
  await changeState(store.em.fork(), run.id, { to: 'CANCELLED' })
  await expect(recorder.record(batch([epoch(1)]))).rejects.toThrow(ClaimLost)
  expect((await store.em.fork().findOneOrFail(RunTable, run.id)).lastNumber).toBe(3)
})

// How large a file may become is SQLite's to say.
test.skipIf(inject('postgres'))(
  'a full disk loses nothing that was recorded, and the whole batch that was not',
  async () => {
    const store = await openForTest()
    const { run, recorder } = await runningRun(store)
    await recorder.record(batch([points('loss', [1], [1])], 1))
    const em = store.em.fork()
    const [size] = await rows<{ page_count: number }>(em, 'pragma page_count')
    await rows(em, `pragma max_page_count = ${size!.page_count}`)
    const many = Array.from({ length: 20_000 }, (_, i) => i + 2)
    const error = await recorder
      .record(batch([epoch(1), points('loss', many, many)], 20_001))
      .catch((error: unknown) => error)
    expect(isDiskFull(error)).toBe(true)
    expect(await readEvents(store.em.fork(), run.id, { after: 0, types: ['epoch-finished'] })).toEqual([])
    expect((await readSeries(store.em.fork(), run.id, 'loss', ALL)).x).toHaveLength(1)
    await rows(em, 'pragma max_page_count = 1000000')
    await recorder.record(batch([epoch(1)], 2))
  },
)

test('a follower gets the log from its cursor on, then what is new, and leaves no trace', async () => {
  const store = await openForTest()
  const { run, recorder, bells } = await runningRun(store)
  await recorder.record(batch([points('loss', [1], [1]), epoch(1)], 1))
  const feed = follow({ store, bells }, new Map([[run.id, 3]]))
  const first = await nextFrame(feed)
  expect(first.events.map(({ entry }) => entry.number)).toEqual([4])
  expect(first.points).toEqual([])
  await recorder.record(batch([points('loss', [2], [2])], 2))
  await recorder.record(batch([points('loss', [3], [3]), points('accuracy', [3], [0])], 3))
  const second = await nextFrame(feed)
  expect(second.points.map(({ columns }) => [columns.metric, [...columns.steps]])).toEqual([
    ['loss', [2, 3]],
    ['accuracy', [3]],
  ])
  expect(second.cursors).toMatchObject([{ number: 7 }])
  const waiting = feed.next()
  await feed.return(undefined) // while it waits for what may never come
  expect((await waiting).done).toBe(true)
  expect(bells.listening).toBe(0)
})

test('a follower that was away for long gets everything in frames of bounded size, once', async () => {
  const store = await openForTest()
  const { run, recorder, bells } = await runningRun(store)
  for (let from = 0; from < 3_000; from += 300) {
    const told = Array.from({ length: 300 }, (_, i) => [
      points('loss', [from + i + 1], [1]),
      epoch(from + i + 1),
    ]).flat()
    await recorder.record(batch(told, from + 300))
  }
  const feed = follow({ store, bells }, new Map([[run.id, 0]]))
  const [steps, numbers]: [number[], number[]] = [[], []]
  while (steps.length < 3_000 || numbers.length < 3_002) {
    const frame = await nextFrame(feed)
    expect(frame.events.length).toBeLessThanOrEqual(2_000)
    steps.push(...frame.points.flatMap(({ columns }) => [...columns.steps]))
    numbers.push(...frame.events.map(({ entry }) => entry.number))
  }
  await feed.return(undefined)
  expect(steps).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1))
  expect(new Set(numbers).size).toBe(3_002)
})
