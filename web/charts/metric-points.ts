// The points of one metric as the browser keeps them: few enough to draw at once, with every spike still in them.

/** Columns of equal length. One entry is one point, or a bucket of neighbours with its smallest, largest and last value. */
export interface MetricPoints {
  readonly steps: readonly number[]
  readonly min: readonly number[]
  readonly max: readonly number[]
  readonly last: readonly number[]
}

export const NO_POINTS: MetricPoints = { steps: [], min: [], max: [], last: [] }

/** More entries than a wide screen has pixels: beyond, neighbours are merged by two. */
export const MOST_ENTRIES = 4000

/** A NaN counts in neither min nor max, but stays as last, so that the line shows its gap. */
function halved(points: MetricPoints): MetricPoints {
  const smaller = (a: number, b: number) => (Number.isNaN(a) || b < a ? b : a)
  const larger = (a: number, b: number) => (Number.isNaN(a) || b > a ? b : a)
  const steps: number[] = []
  const min: number[] = []
  const max: number[] = []
  const last: number[] = []
  for (let i = 0; i < points.steps.length; i += 2) {
    const j = Math.min(i + 1, points.steps.length - 1)
    steps.push(points.steps[j]!)
    min.push(smaller(points.min[i]!, points.min[j]!))
    max.push(larger(points.max[i]!, points.max[j]!))
    last.push(Number.isNaN(points.last[i]!) ? NaN : points.last[j]!)
  }
  return { steps, min, max, last }
}

/** Adds points; those at or before the last step are already there and are left out. */
export function appendPoints(
  points: MetricPoints,
  added: { steps: ArrayLike<number>; min: ArrayLike<number>; max: ArrayLike<number>; last: ArrayLike<number> },
): MetricPoints {
  const grown = { steps: [...points.steps], min: [...points.min], max: [...points.max], last: [...points.last] }
  let step = grown.steps.at(-1) ?? -Infinity
  for (let i = 0; i < added.steps.length; i++) {
    if (added.steps[i]! <= step) continue
    step = added.steps[i]!
    grown.steps.push(step)
    grown.min.push(added.min[i]!)
    grown.max.push(added.max[i]!)
    grown.last.push(added.last[i]!)
  }
  let result: MetricPoints = grown
  while (result.steps.length > MOST_ENTRIES) result = halved(result)
  return result
}
