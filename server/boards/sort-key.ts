// One text that orders a board: of two entries the one with the lesser text is ahead, in any store.
import type { BoardMetric, BoardRules } from '@cellboard/schema/board-rules'
import type { EntryValue } from './board.table.js'

const SIGN = 1n << 63n
const ALL = (1n << 64n) - 1n
const bytes = new DataView(new ArrayBuffer(8))

/** Sixteen hexadecimal digits that order as the numbers do: IEEE 754 bits, with negatives turned round. 0 and -0 are equal. */
export function orderedHex(value: number): string {
  bytes.setFloat64(0, value === 0 ? 0 : value)
  const bits = bytes.getBigUint64(0)
  return (bits & SIGN ? ~bits & ALL : bits | SIGN).toString(16).padStart(16, '0')
}

/** By which a figure is kept in an entry: facts have no history to pick from. */
export const valueName = ({ name, pick }: Pick<BoardMetric, 'name' | 'pick'>): string => `${name} ${pick}`

type Values = Readonly<Record<string, EntryValue>>

/** The score as it is compared; null where there is none. A missing score is never a number. */
export function comparedValue(metric: BoardMetric, values: Values): number | null {
  const mean = values[valueName(metric)]?.mean ?? null
  if (mean === null || !Number.isFinite(mean)) return null
  return metric.decimals === null ? mean : Number(mean.toFixed(metric.decimals))
}

const LAST = 'g'.repeat(16)

/** A missing figure loses against any other, in both directions. */
const part = (metric: BoardMetric, values: Values): string => {
  const value = comparedValue(metric, values)
  if (value === null) return LAST
  return orderedHex(metric.direction === 'higher' ? -value : value)
}

/** Of an entry that is ranked: score, tie-breaks in order, the earlier submission, and at the same instant what the store took first. */
export function sortKey(
  { metric, tieBreaks }: Pick<BoardRules, 'metric' | 'tieBreaks'>,
  entry: { readonly values: Values; readonly submittedAt: Date; readonly id: number },
): string {
  const parts = [metric, ...tieBreaks].map((one) => part(one, entry.values))
  return [...parts, hex(entry.submittedAt.getTime()), hex(entry.id)].join('')
}

const hex = (whole: number) => whole.toString(16).padStart(14, '0')
