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

/** Ends of an axis on which all finite values have some room; 0 to 1 where there is none. */
export const rangeOf = (values: readonly number[]): [number, number] => {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return [0, 1]
  const [least, most] = [Math.min(...finite), Math.max(...finite)]
  const room = most > least ? (most - least) * 0.08 : Math.abs(most) * 0.1 || 0.5
  return [least - room, most + room]
}
