// Which of several values of one metric is the best, by what its name says of it.

/** Lower is better for losses and errors; nothing is said of metrics whose name tells nothing. */
const LOWER = /loss|error/i
const HIGHER = /accuracy/i

/** Place of the only best value; -1 where there is none, or no way to tell. */
export function bestOf(name: string, values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null)
  if (known.length < 2 || !(LOWER.test(name) || HIGHER.test(name))) return -1
  const best = LOWER.test(name) ? Math.min(...known) : Math.max(...known)
  return known.filter((value) => value === best).length === 1 ? values.indexOf(best) : -1
}

export const shownFigure = (value: number): string =>
  Number.isInteger(value)
    ? String(value)
    : Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6
      ? value.toPrecision(4)
      : value.toExponential(2)
