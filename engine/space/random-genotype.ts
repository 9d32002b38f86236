// A cell drawn at random from a space: what random search trains, and what stands for the unknown outcome of a search.
import type { Genotype, GenotypeCell } from '@cellboard/schema/genotype'
import type { CellKind, Space, SpaceEdge } from '@cellboard/schema/spaces'
import { shuffle, type RandomStream } from '../data/random.js'
import { everySource } from './derive.js'

/**
 * Each node keeps `space.keep` of its edges (all of them where it has no more), every choice of sources equally likely, and on each
 * one of the different operators that the edge offers, equally likely as well. Where nodes choose their edges, `none` is never
 * drawn, as it is never derived (Liu et al. 2019); where every edge is kept it is one of the operators (Dong & Yang 2020).
 * @param random draws uniformly from [0, 1)
 * @throws where a node has no edge with an operator that can be drawn
 */
export function randomGenotype(space: Space, random: RandomStream): Genotype {
  const { cellKinds, inputs, nodes, keep, network } = space
  const offered = ({ candidates }: SpaceEdge) => [
    ...new Set(keep === null ? candidates : candidates.filter((operator) => operator !== 'none')),
  ]
  const cell = (kind: CellKind): GenotypeCell =>
    Array.from({ length: nodes }, (_, node) => {
      const edges = space.edges.filter(
        (edge) => edge.cell === kind && edge.to === inputs + node && offered(edge).length > 0,
      )
      if (edges.length === 0)
        throw new Error(`Expected an operator on some edge into node ${node} of the ${kind} cell.`)
      const places = edges.map((_, i) => i)
      const kept = keep === null ? places : shuffle(places, random).slice(0, keep)
      const drawn = kept
        .map((i) => ({ from: edges[i]!.from, operators: offered(edges[i]!) }))
        .sort((a, b) => a.from - b.from)
        .map(({ from, operators }) => ({ operator: operators[Math.floor(random() * operators.length)]!, from }))
      return keep === null ? everySource(drawn, inputs + node) : drawn
    })
  return cellKinds.includes('reduction')
    ? { space: network, normal: cell('normal'), reduction: cell('reduction') }
    : { space: network, normal: cell('normal') }
}
