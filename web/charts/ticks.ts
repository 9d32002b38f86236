// Round numbers along an axis: 1, 2 or 5 times a power of ten, as few as are asked for.

/** Ascending values between `least` and `most`, at most `count` + 1 of them; one value where both are the same. */
export function roundTicks(least: number, most: number, count: number): number[] {
  if (!(most > least)) return [least]
  const rough = (most - least) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (rough <= power ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10)
  const first = Math.ceil(least / step - 1e-9)
  const last = Math.floor(most / step + 1e-9)
  // Multiplied and cut to the step's own digits, so that no 0.30000000000000004 is written.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}
