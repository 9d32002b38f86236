// Mean and deviation of a few measurements, rounded to be read.

/** Standard deviation of the sample (n - 1); 0 of a single one. */
export function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / Math.max(1, values.length - 1))
  return { mean: Number(mean.toFixed(3)), deviation: Number(deviation.toFixed(3)) }
}
