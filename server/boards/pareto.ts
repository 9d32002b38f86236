// Which entries are worth their price: a score against a figure, and the front that no other entry is better than in both.
import type { Direction } from '@cellboard/schema/board-rules'

export interface Point<Of> {
  readonly of: Of
  readonly x: number
  readonly y: number
}

export interface Ways {
  readonly x: Direction
  readonly y: Direction
}

/**
 * Marks those that none dominates: no other is at least as good in both and better in one. Equal points are on the front together.
 * In the order of x, the better first.
 */
export function pareto<Of>(points: readonly Point<Of>[], ways: Ways): (Point<Of> & { readonly front: boolean })[] {
  const sign = (way: Direction) => (way === 'higher' ? -1 : 1)
  const [sx, sy] = [sign(ways.x), sign(ways.y)]
  const ordered = [...points].sort((a, b) => sx * (a.x - b.x) || sy * (a.y - b.y))
  let best = Infinity
  let last: Point<Of> | null = null
  return ordered.map((point) => {
    const isEqual = last !== null && point.x === last.x && point.y === last.y
    const front = isEqual || sy * point.y < best
    if (front) [best, last] = [sy * point.y, point]
    return { ...point, front }
  })
}
