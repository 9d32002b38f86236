// What figures of several runs come to: their mean and the deviation of the sample.

export interface Spread {
  readonly mean: number | null
  /** Null for fewer than two. */
  readonly deviation: number | null
  readonly n: number
}

/** What is not finite is left out. */
export function spreadOf(values: readonly number[]): Spread {
  const known = values.filter(Number.isFinite)
  const n = known.length
  if (n === 0) return { mean: null, deviation: null, n }
  const mean = known.reduce((sum, value) => sum + value, 0) / n
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: n < 2 ? null : Math.sqrt(squares / (n - 1)), n }
}

/** 91.2 ± 0.4 %: both in the same digits; what is not known yet as a dash. */
export function spreadText({ mean, deviation }: Spread, text: (value: number) => string): string {
  if (mean === null) return '–'
  return deviation === null ? text(mean) : `${text(mean)} ± ${text(deviation)}`
}
