// The live run against a line that breaks: the log asked again from the last number, nothing twice, nothing missed.
import { act, renderHook, waitFor } from '@testing-library/react'
import type { RunEvent } from '@cellboard/schema/events'
import { GraphQLError, type ExecutionResult } from 'graphql'
import type { Sink } from 'graphql-ws'
import { expect, it } from 'vitest'
import { encodeFloat64Column } from '../charts/float64-column.js'
import type { Subscriber } from '../follow.js'
import { startLiveRun, type Frame, type LoggedEvent } from './live-run.js'
import { useLiveRun } from './use-live-run.js'

const RUN = 'run-1'

/** A line in the test's hand: what was asked, and the end at which answers are put in. */
class Line implements Subscriber {
  readonly asked: unknown[] = []
  #sink: Sink<ExecutionResult> | null = null
  #connected = new Set<() => void>()

  subscribe(request: { variables?: Record<string, unknown> }, sink: Sink<ExecutionResult>) {
    this.asked.push(request.variables!.after)
    this.#sink = sink
    return () => (this.#sink = null)
  }
  on(_: 'connected', listener: () => void) {
    this.#connected.add(listener)
    return () => this.#connected.delete(listener)
  }
  get open() {
    return this.#sink !== null
  }
  send = (frame: Frame) => act(() => this.#sink!.next({ data: { runFeed: frame } }))
  breakOff = (code = 1006) => act(() => this.#sink!.error(Object.assign(new Event('close'), { code })))
  complete = () => act(() => this.#sink!.complete())
  refuse = (code: string) =>
    act(() => this.#sink!.error([new GraphQLError('There is no such run.', { extensions: { code } })]))
  connect = () => act(() => this.#connected.forEach((listener) => listener()))
}

const epoch = (number: number): RunEvent => ({
  type: 'epoch-finished',
  stage: 1,
  epoch: number,
  step: number * 2,
  trainLoss: 1 / number,
  trainAccuracy: 0.5,
  seconds: 1,
})
const stage: RunEvent = {
  type: 'stage-started',
  stage: 1,
  cells: 1,
  channels: 4,
  epochs: 3,
  parameters: 10,
  stepsPerEpoch: 2,
  edges: [],
}
const logged = (number: number, data: RunEvent): LoggedEvent & { run: string } => ({
  run: RUN,
  number,
  time: new Date(number * 1000).toISOString(),
  type: data.type,
  data,
})
const LOG = [
  logged(1, { type: 'state-changed', state: 'RUNNING' }),
  logged(2, stage),
  logged(4, epoch(1)),
  logged(6, epoch(2)),
  logged(8, epoch(3)),
  logged(9, { type: 'state-changed', state: 'FINISHED' }),
]
const frame = (events: typeof LOG, steps: number[], cursor: number): Frame => ({
  cursors: [{ run: RUN, number: cursor }],
  events,
  points: [
    {
      run: RUN,
      metric: 'loss',
      steps: encodeFloat64Column(steps),
      values: encodeFloat64Column(steps.map((step) => -step)),
    },
  ],
  progress: [{ run: RUN, progress: { done: steps.at(-1) ?? 0, total: 6, preparing: null, etaSeconds: 1 } }],
})
const history = async () => {
  const column = encodeFloat64Column([1, 2])
  const loss = { name: 'loss', x: column, min: column, max: column, last: column, lastNumber: 3 }
  const progress = { done: 2, total: 6, preparing: null, etaSeconds: 4 }
  const live = startLiveRun({ state: 'RUNNING', failure: null, progress }, LOG.slice(0, 3), [loss])
  return Promise.resolve({ facts: { name: 'a run' }, live })
}
const atOnce = () => 0

it('goes on from the smallest number of its history, and after a broken line from the last one', async () => {
  const line = new Line()
  const { result } = renderHook(() => useLiveRun(RUN, history, line, atOnce))
  await waitFor(() => expect(line.asked).toEqual([[{ run: RUN, number: 3 }]]))

  // Event 4 is in the history already and comes again.
  line.send(frame(LOG.slice(2, 4), [2, 3, 4], 6))
  await waitFor(() => expect(result.current.live!.seen.stages[0]!.done).toHaveLength(2))

  line.breakOff()
  expect(result.current.reconnecting).toBe(true)
  await waitFor(() => expect(line.asked.at(-1)).toEqual([{ run: RUN, number: 6 }]))
  line.connect()
  expect(result.current.reconnecting).toBe(false)

  line.send(frame(LOG.slice(4), [5, 6], 9))
  await waitFor(() => expect(result.current.live!.seen.state).toBe('FINISHED'))
  const { live } = result.current
  expect(live!.seen.stages[0]!.done.map((one) => one.epoch)).toEqual([1, 2, 3])
  expect(live!.points.get('loss')!.steps).toEqual([1, 2, 3, 4, 5, 6])
  expect(live!.events.map((event) => event.number)).toEqual([1, 2, 4, 6, 8, 9])

  line.complete()
  expect(line.asked).toHaveLength(2)
})

it('asks again when the server ends the subscription before the run has ended', async () => {
  const line = new Line()
  renderHook(() => useLiveRun(RUN, history, line, atOnce))
  await waitFor(() => expect(line.asked).toHaveLength(1))
  line.complete()
  await waitFor(() => expect(line.asked).toHaveLength(2))
})

it('says that the run is not there once its right is lost, and asks no more; another refusal is asked again', async () => {
  const line = new Line()
  const { result } = renderHook(() => useLiveRun(RUN, history, line, atOnce))
  await waitFor(() => expect(line.asked).toHaveLength(1))
  line.refuse('RATE_LIMITED')
  await waitFor(() => expect(line.asked).toHaveLength(2))
  expect(result.current.error).toBeNull()
  line.refuse('NOT_FOUND')
  expect(result.current).toEqual({ facts: null, live: null, error: 'There is no such run.', reconnecting: false })
  expect(line.asked).toHaveLength(2)
})

it('tries once more where its line was shut, and ends when it is shut at the door', async () => {
  const line = new Line()
  const { result } = renderHook(() => useLiveRun(RUN, history, line, atOnce))
  await waitFor(() => expect(line.asked).toHaveLength(1))
  line.breakOff(4403)
  await waitFor(() => expect(line.asked).toHaveLength(2))
  line.breakOff(4403)
  expect(result.current.error).toBe('What you came in with has ended. Sign in again.')
  expect(result.current.reconnecting).toBe(false)
})

it('stops following when the page is left', async () => {
  const line = new Line()
  const { unmount } = renderHook(() => useLiveRun(RUN, history, line, atOnce))
  await waitFor(() => expect(line.open).toBe(true))
  unmount()
  expect(line.open).toBe(false)
})

it('says why a run cannot be shown', async () => {
  const refused = () => Promise.reject(new Error('There is no such run.'))
  const line = new Line()
  const { result } = renderHook(() => useLiveRun(RUN, refused, line, atOnce))
  await waitFor(() => expect(result.current.error).toBe('There is no such run.'))
})
