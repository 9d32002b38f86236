// Follows runs: first the log from where a client left off, then at each ring what is new. The store is the buffer: a slow reader
// reads on from its own cursor, so there is no queue that could overflow, and nothing is missed or told twice.
import { joinColumns, fromBytes } from '../metrics/columns.js'
import { readPoints, type MetricColumns } from '../metrics/points.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import type { EntityManager, Store } from '../store/orm.js'
import { Mailbox, pause, stoppable, type Bells } from './bells.js'
import { readEvents, type LogEntry } from './log.js'

/** At most ten frames a second for each follower. */
const FRAME_MS = 100
/** Numbers of the log that one frame carries of one run: bounds the memory of a follower that catches up. */
const NUMBERS = 2_000

export interface Frame {
  /** Up to where this frame goes, for every followed run that it moved. */
  readonly cursors: { run: RunRow; number: number }[]
  readonly events: { run: RunRow; entry: LogEntry }[]
  readonly points: { run: RunRow; columns: MetricColumns }[]
  /** The runs that moved, as they are now. */
  readonly moved: RunRow[]
}

interface Reading {
  readonly run: RunRow
  readonly upTo: number
  readonly entries: LogEntry[]
  readonly columns: MetricColumns[]
  readonly more: boolean
}

/** What one run has after a cursor, as much as fits into a frame. Null for a run that is gone. */
async function readOn(
  em: EntityManager,
  runId: number,
  after: number,
  metrics: readonly string[] | null,
): Promise<Reading | null> {
  // The row first: every number up to its lastNumber is committed, so later rows cannot slip in below the cursor.
  const run = await em.findOne(RunTable, runId)
  if (!run) return null
  const upTo = Math.min(run.lastNumber, after + NUMBERS)
  const entries = await readEvents(em, runId, { after, upTo })
  const points = await readPoints(em, runId, { after, upTo, metrics })
  const byMetric = new Map<string, { steps: Float64Array[]; values: Float64Array[] }>()
  for (const row of points) {
    const columns = byMetric.get(row.metric) ?? { steps: [], values: [] }
    columns.steps.push(fromBytes(row.steps))
    columns.values.push(fromBytes(row.values))
    byMetric.set(row.metric, columns)
  }
  return {
    run,
    upTo,
    entries,
    columns: [...byMetric].map(([metric, { steps, values }]) => ({
      metric,
      steps: joinColumns(steps),
      values: joinColumns(values),
    })),
    more: upTo < run.lastNumber,
  }
}

/**
 * Frames of these runs, each from its cursor. The first comes at once, even where there is nothing new, so that a client knows where
 * the run stands. Ends only when it is left.
 */
export function follow(
  { store, bells }: { store: Store; bells: Bells },
  after: ReadonlyMap<number, number>,
  metrics: readonly string[] | null = null,
): AsyncGenerator<Frame> {
  return stoppable(async function* (signal) {
    const cursors = new Map(after)
    const mailbox = new Mailbox(bells, (runId) => cursors.has(runId), signal)
    for (const runId of cursors.keys()) mailbox.putBack(runId)
    try {
      while (!signal.aborted) {
        const em = store.em.fork()
        const frame: Frame = { cursors: [], events: [], points: [], moved: [] }
        for (const runId of await mailbox.take()) {
          const reading = await readOn(em, runId, cursors.get(runId)!, metrics)
          if (!reading) continue
          const { run, upTo } = reading
          cursors.set(runId, upTo)
          frame.cursors.push({ run, number: upTo })
          frame.events.push(...reading.entries.map((entry) => ({ run, entry })))
          frame.points.push(...reading.columns.map((columns) => ({ run, columns })))
          frame.moved.push(run)
          if (reading.more) mailbox.putBack(runId)
        }
        if (frame.moved.length > 0 && !signal.aborted) yield frame
        await pause(FRAME_MS, signal)
      }
    } finally {
      mailbox.close()
    }
  })
}
