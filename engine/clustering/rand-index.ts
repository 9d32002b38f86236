// How much two clusterings of the same items agree, and how stable clusterings are over seeds.

/**
 * The adjusted Rand index (Hubert & Arabie 1985): 1 where both say the same, 0 on average where they agree by chance only, below 0
 * where even less. Two clusterings that both put all items together, or both leave all alone, agree: 1.
 * @param a @param b the same items, each in one group; any items that a Set can hold
 */
export function adjustedRandIndex<T>(a: readonly (readonly T[])[], b: readonly (readonly T[])[]): number {
  const items = a.reduce((sum, group) => sum + group.length, 0)
  const pairs = (count: number) => (count * (count - 1)) / 2
  const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + pairs(count), 0)
  const sets = b.map((group) => new Set(group))
  const both = sumOf(a.flatMap((group) => sets.map((set) => group.filter((item) => set.has(item)).length)))
  const [ofA, ofB] = [sumOf(a.map((group) => group.length)), sumOf(b.map((group) => group.length))]
  const chance = items > 1 ? (ofA * ofB) / pairs(items) : 0
  const most = (ofA + ofB) / 2
  return most === chance ? 1 : (both - chance) / (most - chance)
}

/** The mean over all pairs of clusterings of the same items, in [-0.5, 1]; at least two clusterings. */
export function stability<T>(clusterings: readonly (readonly (readonly T[])[])[]): number {
  if (clusterings.length < 2)
    throw new Error(`Expected at least 2 clusterings to compare, but received ${clusterings.length}.`)
  const indices = clusterings.flatMap((one, i) => clusterings.slice(0, i).map((other) => adjustedRandIndex(one, other)))
  return indices.reduce((sum, index) => sum + index, 0) / indices.length
}
