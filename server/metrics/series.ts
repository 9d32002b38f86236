// History of one metric: all points, or where there are too many, buckets in which no spike is lost.
import { rows, type EntityManager } from '../store/orm.js'
import { fromBytes, joinColumns } from './columns.js'

export interface Series {
  readonly x: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly last: Float64Array
  readonly counts: Float64Array
  readonly bucketed: boolean
}

export interface SeriesRange {
  /** Steps, both ends included. */
  readonly from: number
  readonly to: number
  readonly buckets: number
  /** Number of the log up to which points count. */
  readonly upTo: number
}

export async function readSeries(
  em: EntityManager,
  runId: number,
  metric: string,
  range: SeriesRange,
): Promise<Series> {
  const chunks = await rows<{ steps: ArrayBuffer; values: ArrayBuffer }>(
    em,
    `select steps, "values" from metric_chunk
     where run_id = ? and metric = ? and last_step >= ? and first_step <= ? and number <= ? order by first_step`,
    [runId, metric, range.from, range.to, range.upTo],
  )
  const steps = joinColumns(chunks.map((chunk) => fromBytes(chunk.steps)))
  const values = joinColumns(chunks.map((chunk) => fromBytes(chunk.values)))
  // Steps ascend: the first and last chunk may reach over the ends of the range.
  let [first, end] = [0, steps.length]
  while (first < end && steps[first]! < range.from) first++
  while (end > first && steps[end - 1]! > range.to) end--
  return bucketed(steps.subarray(first, end), values.subarray(first, end), range.buckets)
}

/**
 * Columns of equal length, one entry a bucket of equally many steps; empty buckets are left out. `x` is the last step in the bucket,
 * least and greatest pass over NaN unless there is nothing else, so a spike of one step is always seen.
 */
export function bucketed(steps: Float64Array, values: Float64Array, buckets: number): Series {
  if (steps.length <= buckets)
    return {
      x: steps,
      min: values,
      max: values,
      last: values,
      counts: new Float64Array(steps.length).fill(1),
      bucketed: false,
    }
  const [x, min, max, last, counts] = Array.from({ length: 5 }, () => new Float64Array(buckets)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const start = steps[0]!
  const width = (steps.at(-1)! - start) / buckets
  let [at, current] = [-1, -1]
  for (let i = 0; i < steps.length; i++) {
    const value = values[i]!
    const bucket = Math.min(buckets - 1, Math.floor((steps[i]! - start) / width))
    if (bucket !== current) {
      current = bucket
      min[++at] = max[at] = NaN
    }
    if (!(value >= min[at]!)) min[at] = Number.isNaN(value) ? min[at]! : value
    if (!(value <= max[at]!)) max[at] = Number.isNaN(value) ? max[at]! : value
    x[at] = steps[i]!
    last[at] = value
    counts[at] = counts[at]! + 1
  }
  const used = (column: Float64Array) => column.subarray(0, at + 1)
  return { x: used(x), min: used(min), max: used(max), last: used(last), counts: used(counts), bucketed: true }
}
