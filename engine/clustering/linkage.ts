// Average linkage: which operators come together first, as a dendrogram over their distances, and what a cut through it leaves.
import type { Merge } from '@cellboard/schema/events'

/** Square and symmetric, 0 on the diagonal. */
export type Distances = readonly (readonly number[])[]

/** Items (by number) in groups: each item in one group, groups by their first item, items ascending. */
export type Groups = readonly (readonly number[])[]

/**
 * Merges the two nearest groups again and again, the distance of two groups being the mean over their pairs (UPGMA, Sokal & Michener
 * 1958): n - 1 merges, heights never falling. Groups 0 to n-1 are the items, n + i the outcome of merge i; left is the smaller
 * number (as SciPy's `linkage` has it). Of pairs equally near, the one with the smallest numbers comes first.
 */
export function averageLinkage(distances: Distances): Merge[] {
  const groups = new Map<number, readonly number[]>(distances.map((_, i) => [i, [i]]))
  const merges: Merge[] = []
  while (groups.size > 1) {
    const nearest = nearestPair(groups, distances)
    // A mean of means may fall short of the height before by a rounding.
    merges.push({ ...nearest, height: Math.max(nearest.height, merges.at(-1)?.height ?? -Infinity) })
    const joined = [...groups.get(nearest.left)!, ...groups.get(nearest.right)!]
    groups.delete(nearest.left)
    groups.delete(nearest.right)
    groups.set(distances.length + merges.length - 1, joined)
  }
  return merges
}

function nearestPair(groups: ReadonlyMap<number, readonly number[]>, distances: Distances): Merge {
  let nearest: Merge = { left: -1, right: -1, height: Infinity }
  for (const [left, ofLeft] of groups)
    for (const [right, ofRight] of groups) {
      if (right <= left) continue
      const height = meanBetween(ofLeft, ofRight, distances)
      if (height < nearest.height) nearest = { left, right, height }
    }
  return nearest
}

function meanBetween(a: readonly number[], b: readonly number[], distances: Distances): number {
  let sum = 0
  for (const i of a) for (const j of b) sum += distances[i]![j]!
  return sum / (a.length * b.length)
}

/** The groups after the first `count` merges. */
export function groupsAfter(merges: readonly Merge[], count: number): number[][] {
  const items = merges.length + 1
  const groups = new Map<number, number[]>(Array.from({ length: items }, (_, i) => [i, [i]]))
  merges.slice(0, count).forEach(({ left, right }, i) => {
    groups.set(items + i, [...groups.get(left)!, ...groups.get(right)!])
    groups.delete(left)
    groups.delete(right)
  })
  return inOrder([...groups.values()])
}

export const inOrder = (groups: Groups): number[][] =>
  groups.map((group) => [...group].sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!)
