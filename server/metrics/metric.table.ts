// Points as columns: one row holds a stretch of one metric, its steps and values as float64 little-endian; and a summary a metric.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const MetricChunkTable = defineEntity({
  name: 'MetricChunk',
  tableName: 'metric_chunk',
  properties: {
    runId: p.integer().primary(),
    /** The batch's number in the run's log; the metrics of one batch share it. */
    number: p.integer().primary(),
    metric: p.string().primary(),
    firstStep: p.double().$type<number>(),
    lastStep: p.double().$type<number>(),
    count: p.integer(),
    steps: p.blob(),
    values: p.blob(),
  },
  indexes: [{ properties: ['runId', 'metric', 'firstStep'] }],
})
export type MetricChunkRow = InferEntity<typeof MetricChunkTable>

export const MetricSummaryTable = defineEntity({
  name: 'MetricSummary',
  tableName: 'metric_summary',
  properties: {
    runId: p.integer().primary(),
    metric: p.string().primary(),
    count: p.integer(),
    /** Null where the last value is not a finite number; least and greatest are taken over finite ones. */
    last: p.double().$type<number>().nullable(),
    lastStep: p.double().$type<number>(),
    min: p.double().$type<number>().nullable(),
    minStep: p.double().$type<number>().nullable(),
    max: p.double().$type<number>().nullable(),
    maxStep: p.double().$type<number>().nullable(),
  },
  // Lists of runs are ordered by these.
  indexes: [
    { properties: ['metric', 'last', 'runId'] },
    { properties: ['metric', 'min', 'runId'] },
    { properties: ['metric', 'max', 'runId'] },
  ],
})
export type MetricSummaryRow = InferEntity<typeof MetricSummaryTable>
