// The silhouette (Rousseeuw 1987): how much nearer items are to their own group than to the next, and the grouping that scores best.
import type { ClusterCut } from '@cellboard/schema/events'
import type { Distances, Groups } from './linkage.js'

/**
 * The mean over all items of (b - a) / max(a, b), in [-1, 1]: a is an item's mean distance to the others of its group, b that to the
 * nearest other group. An item alone in its group counts 0, and so does one at distance 0 from both.
 * @param groups at least two
 */
export function silhouette(groups: Groups, distances: Distances): number {
  const mean = (item: number, others: readonly number[]) =>
    others.reduce((sum, other) => sum + distances[item]![other]!, 0) / others.length
  const ofItem = (item: number, own: readonly number[]) => {
    if (own.length === 1) return 0
    const a = (mean(item, own) * own.length) / (own.length - 1) // its distance to itself is 0
    const b = Math.min(...groups.filter((group) => group !== own).map((group) => mean(item, group)))
    return a === b ? 0 : (b - a) / Math.max(a, b)
  }
  const all = groups.flatMap((group) => group.map((item) => ofItem(item, group)))
  return all.reduce((sum, one) => sum + one, 0) / all.length
}

/** What was chosen, null where nothing scores above 0, and the score of every grouping. */
export interface BestGrouping {
  readonly best: Groups | null
  readonly scores: ClusterCut['scores']
}

/** The grouping with the highest silhouette; of equal ones the first. One that scores 0 or less is no better than no groups at all. */
export function bestBySilhouette(groupings: readonly Groups[], distances: Distances): BestGrouping {
  const scores = groupings.map((groups) => ({ clusters: groups.length, silhouette: silhouette(groups, distances) }))
  const highest = Math.max(0, ...scores.map((score) => score.silhouette))
  const at = highest > 0 ? scores.findIndex((score) => score.silhouette === highest) : -1
  return { best: groupings[at] ?? null, scores }
}
