// What the run page knows of a run, and how history and live frames add to it: pure, so that nothing comes twice and nothing is missed.
import type { Failure } from '@cellboard/schema/error-codes'
import { foldEvent, NOTHING_SEEN, type RunSeen } from '@cellboard/schema/progress'
import type { RunEvent } from '@cellboard/schema/events'
import { decodeFloat64Column } from '../charts/float64-column.js'
import { appendPoints, NO_POINTS, type MetricPoints } from '../charts/metric-points.js'

export interface LoggedEvent {
  readonly number: number
  readonly time: string
  readonly type: string
  readonly data: RunEvent
}

export interface SeriesColumns {
  readonly name: string
  readonly x: string
  readonly min: string
  readonly max: string
  readonly last: string
  readonly lastNumber: number
}

export interface ProgressNow {
  readonly done: number
  readonly total: number
  readonly preparing: string | null
  readonly etaSeconds: number | null
}

/** A frame of the subscription runFeed. */
export interface Frame {
  readonly cursors: readonly { readonly run: string; readonly number: number }[]
  readonly events: readonly (LoggedEvent & { readonly run: string })[]
  readonly points: readonly {
    readonly run: string
    readonly metric: string
    readonly steps: string
    readonly values: string
  }[]
  readonly progress: readonly { readonly run: string; readonly progress: ProgressNow }[]
}

export interface LiveRun {
  readonly seen: RunSeen
  readonly events: readonly LoggedEvent[]
  readonly points: ReadonlyMap<string, MetricPoints>
  /** The feed goes on after this number. */
  readonly cursor: number
  /** When what is being prepared began, milliseconds since 1970; null where nothing is. */
  readonly preparingSince: number | null
}

/** JSON has no NaN: the server writes null, which is made a NaN again. */
function withNaN(event: RunEvent): RunEvent {
  if (event.type !== 'epoch-finished') return event
  const entries = Object.entries(event).map(([key, value]: [string, unknown]) => [key, value === null ? NaN : value])
  return Object.fromEntries(entries) as RunEvent
}

/** Folds events that are not there yet, by their number. */
export function takeEvents(run: LiveRun, events: readonly LoggedEvent[]): LiveRun {
  const last = run.events.at(-1)?.number ?? 0
  const fresh = events.filter((event) => event.number > last)
  if (fresh.length === 0) return run
  let { seen, preparingSince } = run
  for (const event of fresh) {
    const before = seen.preparing
    seen = foldEvent(seen, withNaN(event.data))
    if (seen.preparing !== before) preparingSince = seen.preparing === null ? null : Date.parse(event.time)
  }
  return { ...run, seen, preparingSince, events: [...run.events, ...fresh] }
}

function takeProgress(run: LiveRun, progress: ProgressNow, now: number): LiveRun {
  const { done, total, preparing, etaSeconds } = progress
  const since = preparing === null ? null : preparing === run.seen.preparing ? run.preparingSince : now
  return {
    ...run,
    preparingSince: since,
    seen: { ...run.seen, step: Math.max(run.seen.step, done), steps: total || run.seen.steps, preparing, etaSeconds },
  }
}

/**
 * What a page loads at first. The log and each series may reach to different numbers, since the run goes on between the
 * questions: the feed starts after the smallest, and what is already here is left out when it comes again.
 */
export function startLiveRun(
  facts: Pick<RunSeen, 'state'> & {
    failure: (Omit<Failure, 'code'> & { code: string }) | null
    progress: ProgressNow
  },
  events: readonly LoggedEvent[],
  series: readonly SeriesColumns[],
  now = Date.now(),
): LiveRun {
  const points = new Map(
    series.map((one) => {
      const [steps, min, max, last] = [one.x, one.min, one.max, one.last].map(decodeFloat64Column)
      return [one.name, appendPoints(NO_POINTS, { steps: steps!, min: min!, max: max!, last: last! })]
    }),
  )
  const cursor = Math.min(events.at(-1)?.number ?? 0, ...series.map((one) => one.lastNumber))
  const nothing: LiveRun = { seen: NOTHING_SEEN, events: [], points, cursor, preparingSince: null }
  const folded = takeEvents(nothing, events)
  // The log was asked after the facts, so what it says of the state is at least as new.
  const told = events.some((event) => event.type === 'state-changed')
  const { state, failure } = told ? folded.seen : { ...facts, failure: facts.failure as Failure | null }
  const current = { ...folded, seen: { ...folded.seen, state, failure } }
  return takeProgress(current, facts.progress, folded.preparingSince ?? now)
}

/** Adds one frame of the feed. */
export function takeFrame(run: LiveRun, id: string, frame: Frame, now = Date.now()): LiveRun {
  let next = takeEvents(
    run,
    frame.events.filter((event) => event.run === id),
  )
  const columns = frame.points.filter((column) => column.run === id)
  if (columns.length > 0) {
    const points = new Map(next.points)
    for (const { metric, steps, values } of columns) {
      const value = decodeFloat64Column(values)
      const added = { steps: decodeFloat64Column(steps), min: value, max: value, last: value }
      points.set(metric, appendPoints(points.get(metric) ?? NO_POINTS, added))
    }
    next = { ...next, points }
  }
  for (const one of frame.progress) if (one.run === id) next = takeProgress(next, one.progress, now)
  const cursor = frame.cursors.find((one) => one.run === id)?.number ?? next.cursor
  return { ...next, cursor: Math.max(next.cursor, cursor) }
}
