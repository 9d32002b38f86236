// A figure with its spread as tables, pages and the terminal show it; needs nothing of the server, so that the terminal starts at once.
interface Shown {
  readonly mean: number | null
  readonly deviation: number | null
}

/** Mean and deviation as they are shown; large numbers without decimals. */
export function shownFigure({ mean, deviation }: Shown, decimals: number, plusMinus: string): string {
  if (mean === null) return '–'
  const digits = Math.abs(mean) >= 1000 ? 0 : decimals
  return deviation === null ? mean.toFixed(digits) : `${mean.toFixed(digits)} ${plusMinus} ${deviation.toFixed(digits)}`
}
