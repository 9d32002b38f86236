// How the states and edges of a cell are called on the screen: inputs as the field writes them, nodes by number.
import { SPACES, type SpaceName } from '@cellboard/schema/spaces'

/** darts: k-2 and k-1 enter, nodes count from 0 (Liu et al. 2019, figures); nas-bench-201: from in to out, states keep their number. */
export function stateText(space: SpaceName, state: number): string {
  const { inputs, nodes, keep } = SPACES[space]
  if (state < inputs) return inputs === 1 ? 'in' : `k−${inputs - state}`
  if (keep !== null) return String(state - inputs)
  return state === inputs + nodes - 1 ? 'out' : String(state)
}

export const edgeText = (space: SpaceName, edge: { from: number; to: number }): string =>
  `${stateText(space, edge.from)}→${stateText(space, edge.to)}`
