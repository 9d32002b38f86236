// Puts lines with their own steps on one common axis, as uPlot wants them.

export interface ChartLine {
  readonly label: string
  readonly colour: string
  readonly x: readonly number[]
  /** NaN and infinities break the line. */
  readonly y: readonly number[]
  readonly width: number
  readonly dash?: readonly number[]
  /** Whether single points are marked: for lines with few of them. */
  readonly marked?: boolean
  /** Left out of the legend: the lower and upper bound of a band. */
  readonly bound?: boolean
}

export interface AlignedLines {
  readonly x: number[]
  /** Per line: a number, null for a gap, undefined where the line has nothing to say at that step. */
  readonly y: (number | null | undefined)[][]
}

/** @param log whether the axis is logarithmic: what is not above zero is then a gap too. */
export function alignLines(lines: readonly ChartLine[], log = false): AlignedLines {
  const x = [...new Set(lines.flatMap((line) => line.x))].sort((a, b) => a - b)
  const place = new Map(x.map((step, i) => [step, i]))
  const y = lines.map((line) => {
    const column = new Array<number | null | undefined>(x.length).fill(undefined)
    let before = -1
    let broken = false
    line.x.forEach((step, i) => {
      const at = place.get(step)!
      const value = line.y[i]!
      const fine = Number.isFinite(value) && !(log && value <= 0)
      column[at] = fine ? value : null
      // uPlot leaves a gap only from neighbour to neighbour on the common axis: it is widened to the line's own neighbours.
      if (broken || !fine) column.fill(null, before + 1, at)
      before = at
      broken = !fine
    })
    return column
  })
  return { x, y }
}

/** One entry of the legend: lines of one label are one thing, in pieces. */
export interface LegendEntry {
  readonly line: ChartLine
  /** What the newest of its pieces shows at a place of the common axis: there, or at the nearest before; null in a gap. */
  readonly value: number | null
}

export function legendAt(lines: readonly ChartLine[], aligned: AlignedLines, place: number): LegendEntry[] {
  const labels = [...new Set(lines.filter((line) => !line.bound).map((line) => line.label))]
  return labels.map((label) => {
    const pieces = lines.flatMap((line, i) => (line.label === label ? [{ line, column: aligned.y[i]! }] : []))
    for (const { line, column } of [...pieces].reverse()) {
      const at = column.findLastIndex((value, i) => i <= place && value !== undefined)
      if (at >= 0) return { line, value: column[at]! }
    }
    return { line: pieces[0]!.line, value: null }
  })
}
