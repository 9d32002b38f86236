// Reads stages, edges and winners out of what was seen of a search.
import type { RunSeen, StageSeen } from '@cellboard/schema/progress'
import type { RunState } from '@cellboard/schema/run-state'
import { spaceOfNetwork, type CellKind } from '@cellboard/schema/spaces'
import type { Edge, Stage } from './stage.type.js'

/** A stage is running while it is the last and the run is; the one before it is finished. */
function stateOf(seen: RunSeen, stage: StageSeen, state: RunState): RunState {
  const isLast = stage === seen.stages.at(-1)
  const isDone = stage.done.length >= stage.epochs || seen.stops.some((stop) => stop.stage === stage.stage)
  return !isLast || (isDone && state !== 'FAILED') ? 'FINISHED' : state
}

/** Index of the candidate that an edge goes on with: never `none`, which takes part in the shares only. */
function winner(seen: RunSeen, stage: StageSeen, edge: number): number {
  const { candidates, cell, from, to } = stage.edges[edge]!
  if (stage.stage === 0) return -1 // it measures and decides nothing
  const chosen = stage.stage === 1 && seen.chosen.find((one) => one.cell === cell && one.from === from && one.to === to)
  if (chosen) {
    const clustering = seen.clusterings.find((one) => one.cell === cell || one.cell === null)
    const members = clustering?.clusters[chosen.cluster]?.operators ?? []
    return candidates.findIndex((operator) => members.includes(operator))
  }
  const kept = edgeOfGenotype(seen, cell, from, to)
  return kept ? candidates.findIndex((operator) => operator === kept) : -1
}

/** The operator that the result keeps on this edge, where it keeps the edge. */
function edgeOfGenotype(seen: RunSeen, cell: CellKind, from: number, to: number): string | undefined {
  if (!seen.genotypeFinal || !seen.genotype) return undefined
  const nodes = seen.genotype[cell] ?? []
  const { inputs } = spaceOfNetwork(seen.genotype.space)
  return nodes[to - inputs]?.find((edge) => edge.from === from)?.operator
}

function edgeOf(seen: RunSeen, stage: StageSeen, index: number): Edge {
  const { cell, from, to, candidates } = stage.edges[index]!
  const shareHistory = stage.shares.map(({ epoch, shares }) => ({ epoch, shares: shares[index]! }))
  const last = shareHistory.at(-1)?.shares
  const chosen = winner(seen, stage, index)
  return {
    cell,
    from,
    to,
    shareHistory,
    candidates: candidates.map((operator, i) => ({ operator, share: last?.[i] ?? null, chosen: i === chosen })),
  }
}

export const stagesOf = (seen: RunSeen, state: RunState): Stage[] =>
  [...seen.stages]
    .sort((a, b) => a.stage - b.stage)
    .map((stage) => ({
      index: stage.stage,
      state: stateOf(seen, stage, state),
      cells: stage.cells,
      channels: stage.channels,
      epochs: stage.epochs,
      epochsDone: stage.done.length,
      parameters: stage.parameters,
      allEdges: stage.edges.map((_, i) => edgeOf(seen, stage, i)),
    }))
