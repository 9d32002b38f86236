// Where a dendrogram is cut: at the height whose groups have the best silhouette, or at a height that is given.
import type { ClusterCut, Merge } from '@cellboard/schema/events'
import { groupsAfter, type Distances, type Groups } from './linkage.js'
import { bestBySilhouette } from './silhouette.js'

export interface CutGroups {
  readonly groups: Groups
  readonly cut: ClusterCut
}

/**
 * The cut into 2 to n - 1 groups with the best silhouette, the fewest of equal ones; its height lies halfway between the merges
 * below and above. A number of groups that no height gives, because merges share a height, is not compared.
 *
 * Where no cut scores above 0 (all items equally far apart, or fewer than three of them) every item stays alone: height null.
 */
export function cutBySilhouette(merges: readonly Merge[], distances: Distances): CutGroups {
  const heights = merges.map(({ height }) => height)
  const made: number[] = [] // merges below the cut, fewest groups first
  for (let count = heights.length - 1; count >= 1; count--) if (heights[count - 1]! < heights[count]!) made.push(count)
  const groupings = made.map((count) => groupsAfter(merges, count))
  const { best, scores } = bestBySilhouette(groupings, distances)
  if (!best) return { groups: groupsAfter(merges, 0), cut: { rule: 'silhouette', height: null, scores } }
  const count = distances.length - best.length
  const height = (heights[count - 1]! + heights[count]!) / 2
  return { groups: best, cut: { rule: 'silhouette', height, scores } }
}

/** All merges up to `height` are made, as SciPy's `fcluster` does by distance. */
export function cutAtHeight(merges: readonly Merge[], height: number): CutGroups {
  const count = merges.filter((merge) => merge.height <= height).length
  return { groups: groupsAfter(merges, count), cut: { rule: 'threshold', height, scores: [] } }
}
