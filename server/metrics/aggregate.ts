// Mean and standard deviation of one figure over several runs.
export interface Aggregate {
  readonly mean: number | null
  /** Of the sample, n - 1; null for fewer than two. */
  readonly deviation: number | null
  readonly n: number
}

/** Over the figures that are there. */
export function aggregate(figures: readonly (number | null | undefined)[]): Aggregate {
  const there = figures.filter((figure) => figure != null)
  const n = there.length
  if (n === 0) return { mean: null, deviation: null, n }
  const mean = there.reduce((sum, figure) => sum + figure, 0) / n
  const squares = there.reduce((sum, figure) => sum + (figure - mean) ** 2, 0)
  return { mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : null, n }
}
