// Where the branches of a dendrogram stand: the order of its leaves in which none cross, and each merge as a bracket.
import type { Merge } from '@cellboard/schema/events'

export interface Arm {
  /** Where across: 0 is the middle of the first leaf, 1 of the second. */
  readonly at: number
  readonly height: number
}

/** Two arms, each from its own height up to where they meet. */
export interface Branch {
  readonly height: number
  readonly arms: readonly [Arm, Arm]
}

export interface Dendrogram {
  /** Leaves (0 to n - 1) in the order they are drawn in. */
  readonly order: readonly number[]
  readonly branches: readonly Branch[]
  readonly tallest: number
}

/** @param merges groups 0 to `leaves` - 1 are the leaves, `leaves` + i is what merge i made */
export function layoutDendrogram(leaves: number, merges: readonly Merge[]): Dendrogram {
  const inside = new Set(merges.flatMap(({ left, right }) => [left, right]))
  const tops = Array.from({ length: leaves + merges.length }, (_, group) => group).filter((group) => !inside.has(group))
  const leavesOf = (group: number): number[] => {
    const merge = merges[group - leaves]
    return merge ? [...leavesOf(merge.left), ...leavesOf(merge.right)] : [group]
  }
  // The largest tree first, and within it as it was merged.
  const order = tops
    .map(leavesOf)
    .sort((a, b) => b.length - a.length)
    .flat()
  const arms: Arm[] = Array.from({ length: leaves }, (_, leaf) => ({ at: order.indexOf(leaf), height: 0 }))
  const branches = merges.map(({ left, right, height }): Branch => {
    const [a, b] = [arms[left]!, arms[right]!]
    arms.push({ at: (a.at + b.at) / 2, height })
    return { height, arms: [a, b] }
  })
  return { order, branches, tallest: Math.max(0, ...merges.map((merge) => merge.height)) }
}

/** Stretches of neighbours in `order` that are in one cluster: `from` and `to` inclusive. */
export function clusterRuns(
  order: readonly number[],
  clusterOf: (leaf: number) => number,
): { readonly cluster: number; readonly from: number; readonly to: number }[] {
  const runs: { cluster: number; from: number; to: number }[] = []
  order.forEach((leaf, place) => {
    const cluster = clusterOf(leaf)
    const last = runs.at(-1)
    if (last?.cluster === cluster) last.to = place
    else runs.push({ cluster, from: place, to: place })
  })
  return runs
}
