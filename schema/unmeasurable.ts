// Whether the operators of a space can be measured and clustered, said before a supernet is trained for it.
import type { Space } from './spaces.js'

interface Asked {
  readonly clustering: 'given' | 'average-linkage' | 'k-means'
  readonly clusteringEdges: 'two' | 'all' | 'cell-kind'
}

/**
 * Why not, in a sentence with what to do; null where they can be. What is clustered together must be two operators at least; k-means
 * compares the mean maps of all of them, so that some edge must offer every one.
 */
export function whyUnmeasurable(space: Space, { clustering, clusteringEdges }: Asked): string | null {
  for (const kind of clusteringEdges === 'cell-kind' ? space.cellKinds : [null]) {
    const edges = space.edges
      .filter(({ cell }) => kind === null || cell === kind)
      .map(({ candidates }) => new Set(candidates.filter((operator) => operator !== 'none')))
    const operators = new Set(edges.flatMap((edge) => [...edge]))
    const where = `space ${space.name}${kind ? `, ${kind} cells,` : ''}`
    if (operators.size < 2)
      return `Expected at least 2 operators to measure, but ${where} has ${operators.size}. Use clustering given, or method darts.`
    if (clustering === 'k-means' && !edges.some((edge) => edge.size === operators.size))
      return `Expected an edge that offers all operators for k-means, but ${where} has none. Use clustering average-linkage.`
  }
  return null
}
