// How the states and edges of a cell are called on the screen: inputs as the field writes them, nodes by number.
import { SPACES, type SpaceName } from '@cellboard/schema/spaces'

/** 0 and 1 are c(k-2) and c(k-1) in darts, 0 is the input in nas-bench-201; nodes count from 0 after them. */
export function stateText(space: SpaceName, state: number): string {
  const { inputs } = SPACES[space]
  if (state >= inputs) return String(state - inputs)
  return inputs === 1 ? 'in' : `k−${inputs - state}`
}

export const edgeText = (space: SpaceName, edge: { from: number; to: number }): string =>
  `${stateText(space, edge.from)}→${stateText(space, edge.to)}`
