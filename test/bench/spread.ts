// What measurements come to: mean and deviation of a few, rounded to be read; quantiles of many.

/** Standard deviation of the sample (n - 1); 0 of a single one. */
export function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / Math.max(1, values.length - 1))
  return { mean: Number(mean.toFixed(3)), deviation: Number(deviation.toFixed(3)) }
}

/** The measurement that a share of all lies below, in [0, 1]; NaN of none. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? NaN
