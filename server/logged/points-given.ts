// Reads points as a program hands them in: checked, merged by metric and in the order of their steps, each step once.
import { badField } from '../errors.js'
import type { MetricColumns } from '../metrics/points.js'

export const MOST_POINTS = 5_000
export const MOST_METRICS = 200

/** What a double still counts exactly. */
const LARGEST_STEP = Number.MAX_SAFE_INTEGER
const METRIC = /^\p{L}[\p{L}\p{N} ._:/%-]{0,99}$/u

export interface GivenSeries {
  readonly metric: string
  readonly steps: readonly number[]
  readonly values: readonly number[]
}

/** Of a step that comes twice the first is taken. @throws BAD_USER_INPUT at the series that is wrong; then none is taken */
export function readPoints(series: readonly GivenSeries[]): MetricColumns[] {
  const points = series.reduce((sum, { steps }) => sum + steps.length, 0)
  if (series.length > MOST_METRICS || points > MOST_POINTS)
    throw badField(
      'points',
      `Expected at most ${MOST_POINTS} points at once, of at most ${MOST_METRICS} metrics, but received ${points} of ${series.length}. Send them in parts.`,
    )
  const byMetric = new Map<string, Map<number, number>>()
  series.forEach(({ metric, steps, values }, i) => {
    if (!METRIC.test(metric))
      throw badField(
        `points.${i}.metric`,
        `Expected a metric of 1 to 100 letters, digits, spaces and . _ : / - %, beginning with a letter, but received "${metric.slice(0, 120)}".`,
      )
    if (steps.length !== values.length)
      throw badField(
        `points.${i}.values`,
        `Expected as many values as steps, but received ${values.length} values for ${steps.length} steps of ${metric}.`,
      )
    const known = byMetric.get(metric) ?? new Map<number, number>()
    byMetric.set(metric, known)
    steps.forEach((step, j) => {
      if (!(step >= 0 && step <= LARGEST_STEP))
        throw badField(`points.${i}.steps.${j}`, `Expected a step from 0 to ${LARGEST_STEP}, but received ${step}.`)
      if (!known.has(step)) known.set(step, values[j]!)
    })
  })
  return [...byMetric].flatMap(([metric, known]) => {
    const sorted = [...known].sort(([a], [b]) => a - b)
    const column = (at: 0 | 1) => Float64Array.from(sorted, (point) => point[at])
    return sorted.length === 0 ? [] : [{ metric, steps: column(0), values: column(1) }]
  })
}
