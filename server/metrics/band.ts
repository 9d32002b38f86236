// Several histories of one metric as a band: mean, least and greatest of all runs, step by step or stretch by stretch.
export interface Points {
  readonly x: Float64Array
  readonly values: Float64Array
}

export interface Band {
  readonly x: Float64Array
  readonly mean: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly runs: Float64Array
}

/**
 * Columns of equal length, steps ascending. Up to `most` different steps are given as they are; more are gathered into stretches of
 * equally many steps, and stretches without points are left out. Values that are not finite count in no figure: where there are no
 * others, all three are NaN.
 */
export function bandOf(histories: readonly Points[], most: number): Band {
  const steps = new Set<number>()
  for (const { x } of histories) for (const step of x) steps.add(step)
  const [first, last] = [min(steps), max(steps)]
  const width = steps.size > most ? (last - first) / most : 0
  const placeOf = (step: number) => (width ? Math.min(most - 1, Math.floor((step - first) / width)) : step)

  const stretches = new Map<number, Stretch>()
  histories.forEach(({ x, values }, run) => {
    x.forEach((step, i) => {
      const place = placeOf(step)
      const stretch = stretches.get(place) ?? { x: step, sum: 0, count: 0, min: NaN, max: NaN, runs: 0, lastRun: -1 }
      stretches.set(place, stretch)
      take(stretch, run, step, values[i]!)
    })
  })
  const inOrder = [...stretches.values()].sort((a, b) => a.x - b.x)
  const column = (of: (stretch: Stretch) => number) => Float64Array.from(inOrder, of)
  return {
    x: column(({ x }) => x),
    mean: column(({ sum, count }) => sum / count),
    min: column(({ min }) => min),
    max: column(({ max }) => max),
    runs: column(({ runs }) => runs),
  }
}

interface Stretch {
  x: number
  sum: number
  count: number
  min: number
  max: number
  runs: number
  lastRun: number
}

function take(stretch: Stretch, run: number, step: number, value: number): void {
  stretch.x = Math.max(stretch.x, step)
  if (stretch.lastRun !== run) stretch.runs++
  stretch.lastRun = run
  if (!Number.isFinite(value)) return
  stretch.sum += value
  stretch.count++
  if (!(value >= stretch.min)) stretch.min = value
  if (!(value <= stretch.max)) stretch.max = value
}

const min = (steps: Iterable<number>) => {
  let least = Infinity
  for (const step of steps) least = Math.min(least, step)
  return least
}
const max = (steps: Iterable<number>) => {
  let most = -Infinity
  for (const step of steps) most = Math.max(most, step)
  return most
}
