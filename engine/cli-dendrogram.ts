// What was measured of operators, for people at a terminal: the correlations as a table and the dendrogram as lines.
import type { Correlation, Merge } from '@cellboard/schema/events'
import { OPERATOR_FACTS, type Operator } from '@cellboard/schema/operators'

const labelOf = (operator: Operator) => OPERATOR_FACTS[operator].label

/** Rows and columns in the order of the operators; a dot where no edge offers both. */
export function correlationText({ operators, rho, unseen = [] }: Correlation): string {
  const labels = operators.map(labelOf)
  const width = Math.max(...labels.map(({ length }) => length))
  const isUnseen = (one: Operator, other: Operator) => unseen.some((pair) => pair.includes(one) && pair.includes(other))
  const row = (one: Operator, i: number) =>
    operators.map((other, j) => (i !== j && isUnseen(one, other) ? '.' : rho[i]![j]!.toFixed(2)).padStart(width))
  const rows = [['', ...labels], ...operators.map((one, i) => [labels[i]!, ...row(one, i)])]
  return rows.map(([head, ...cells]) => [head!.padEnd(width), ...cells.map((cell) => cell.padStart(width))].join('  ')).join('\n') // prettier-ignore
}

/** Columns of the drawing, from height 0 to the highest merge. */
const COLUMNS = 60

/** Where a group comes out of what is drawn of it. */
interface Stem {
  readonly row: number
  readonly column: number
  /** What is written behind it; empty for an operator. */
  readonly height: string
}

/**
 * Operators from above to below as they meet, so that no lines cross; a merge stands at its height, which is written behind it where there
 * is room.
 */
export function dendrogramText(operators: readonly Operator[], merges: readonly Merge[]): string {
  const labels = operators.map(labelOf)
  const width = Math.max(...labels.map(({ length }) => length)) + 1
  const highest = merges.at(-1)?.height ?? 0
  const columnOf = (height: number) => width + Math.round((highest > 0 ? height / highest : 1) * COLUMNS)
  const canvas: string[][] = Array.from({ length: 2 * operators.length - 1 }, () => [])
  const put = (row: number, column: number, text: string) =>
    [...text].forEach((letter, i) => (canvas[row]![column + i] = letter))

  const stems = new Map<number, Stem>()
  leavesOf(2 * operators.length - 2, operators.length, merges).forEach((item, place) => {
    put(2 * place, 0, labels[item]!)
    stems.set(item, { row: 2 * place, column: width, height: '' })
  })
  merges.forEach(({ left, right, height }, i) => {
    const pair = [stems.get(left)!, stems.get(right)!]
    const [upper, lower] = pair.map(({ row }) => row).sort((a, b) => a - b) as [number, number]
    const column = Math.max(columnOf(height), ...pair.map((stem) => stem.column)) // merges may share a height
    for (const stem of pair) {
      put(stem.row, stem.column, '─'.repeat(column - stem.column))
      if (stem.height.length < column - stem.column) put(stem.row, stem.column, stem.height)
    }
    for (let row = upper; row <= lower; row++) put(row, column, row === upper ? '┐' : row === lower ? '┘' : '│')
    const row = Math.floor((upper + lower) / 2)
    put(row, column, '├')
    stems.set(operators.length + i, { row, column: column + 1, height: ` ${height.toFixed(2)} ` })
  })
  const root = stems.get(2 * operators.length - 2)!
  put(root.row, root.column, root.height.trimEnd())
  return canvas.map((row) => Array.from(row, (letter) => letter ?? ' ').join('')).join('\n')
}

/** The items below a group, from above to below. */
function leavesOf(group: number, items: number, merges: readonly Merge[]): number[] {
  if (group < items) return [group]
  const { left, right } = merges[group - items]!
  return [...leavesOf(left, items, merges), ...leavesOf(right, items, merges)]
}
