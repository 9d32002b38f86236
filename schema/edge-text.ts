// How the states and edges of a cell are called on the screen: inputs as the field writes them, nodes by number.
import type { Genotype } from './genotype.js'
import { spaceOfNetwork, type Space } from './spaces.js'

/** What of a space says how its cells are drawn. */
export type Wiring = Pick<Space, 'network' | 'inputs' | 'nodes'>

/** A found cell may have more or fewer nodes than the published space of its network: somebody wrote its space. */
export const wiringOf = ({ space, normal }: Genotype): Wiring => ({ ...spaceOfNetwork(space), nodes: normal.length })

/** darts: k-2 and k-1 enter, nodes count from 0 (Liu et al. 2019, figures); nas-bench-201: from in to out, states keep their number. */
export function stateText({ network, inputs, nodes }: Wiring, state: number): string {
  if (state < inputs) return inputs === 1 ? 'in' : `k−${inputs - state}`
  if (network === 'darts') return String(state - inputs)
  return state === inputs + nodes - 1 ? 'out' : String(state)
}

export const edgeText = (wiring: Wiring, edge: { from: number; to: number }): string =>
  `${stateText(wiring, edge.from)}→${stateText(wiring, edge.to)}`
