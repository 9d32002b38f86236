// Writes batches of points: one row a metric and batch, and the metric's summary beside it.
import { insertRows, rows, type EntityManager } from '../store/orm.js'
import { toBytes } from './columns.js'
import { MetricSummaryTable, type MetricSummaryRow } from './metric.table.js'

export interface MetricColumns {
  readonly metric: string
  /** Ascending. */
  readonly steps: Float64Array
  /** As many as steps; may be NaN or infinite. */
  readonly values: Float64Array
}

/** Summaries of a run's metrics by name: kept by the recorder between batches, so that it reads them once. */
export type Summaries = Map<string, MetricSummaryRow>

export async function readSummaries(em: EntityManager, runId: number): Promise<Summaries> {
  const found = await em.find(MetricSummaryTable, { runId }, { disableIdentityMap: true, orderBy: { metric: 'asc' } })
  return new Map(found.map((summary) => [summary.metric, summary]))
}

/** The columns without the steps that a metric already has: an engine taken up from its checkpoint tells them again. */
export function onlyNew(columns: readonly MetricColumns[], summaries: Summaries): MetricColumns[] {
  return columns.flatMap(({ metric, steps, values }) => {
    const last = summaries.get(metric)?.lastStep ?? -Infinity
    const from = steps.findIndex((step) => step > last)
    return from < 0 ? [] : [{ metric, steps: steps.subarray(from), values: values.subarray(from) }]
  })
}

/** Takes points into a summary. Least and greatest are over finite values, each with the first step that had it. */
export function summarise(
  runId: number,
  before: MetricSummaryRow | undefined,
  columns: MetricColumns,
): MetricSummaryRow {
  const { metric, steps, values } = columns
  let { min, minStep, max, maxStep } = before ?? { min: null, minStep: null, max: null, maxStep: null }
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) return
    if (min == null || value < min) [min, minStep] = [value, steps[i]!]
    if (max == null || value > max) [max, maxStep] = [value, steps[i]!]
  })
  const last = values.at(-1)!
  return {
    runId,
    metric,
    count: (before?.count ?? 0) + steps.length,
    last: Number.isFinite(last) ? last : null,
    lastStep: steps.at(-1)!,
    min: min ?? null,
    minStep: minStep ?? null,
    max: max ?? null,
    maxStep: maxStep ?? null,
  }
}

const COLUMNS = ['run_id', 'number', 'metric', 'first_step', 'last_step', 'count', 'steps', 'values'] as const

/** Columns that share one number of the log. */
export interface PointBatch {
  readonly number: number
  readonly columns: readonly MetricColumns[]
}

export const writePoints = (em: EntityManager, runId: number, batches: readonly PointBatch[]): Promise<void> =>
  insertRows(
    em,
    'metric_chunk',
    COLUMNS,
    batches.flatMap(({ number, columns }) =>
      columns.map(({ metric, steps, values }) => [
        runId,
        number,
        metric,
        steps[0]!,
        steps.at(-1)!,
        steps.length,
        toBytes(steps),
        toBytes(values),
      ]),
    ),
  )

export async function writeSummaries(em: EntityManager, summaries: readonly MetricSummaryRow[]) {
  if (summaries.length > 0) await em.upsertMany(MetricSummaryTable, [...summaries])
}

export interface PointRow {
  readonly metric: string
  readonly steps: ArrayBuffer
  readonly values: ArrayBuffer
}

/** Batches of a run with numbers in (after, upTo], in order; all metrics where none are named. */
export function readPoints(
  em: EntityManager,
  runId: number,
  range: { after: number; upTo: number; metrics: readonly string[] | null },
): Promise<PointRow[]> {
  const { after, upTo, metrics } = range
  const named = metrics ? ` and metric in (${metrics.map(() => '?').join(', ')})` : ''
  return rows<PointRow>(
    em,
    `select metric, steps, "values" from metric_chunk
     where run_id = ? and number > ? and number <= ?${named} order by number, metric`,
    [runId, after, upTo, ...(metrics ?? [])],
  )
}
