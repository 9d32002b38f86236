// A genotype within limits: no more skips, parameters or multiply-adds than allowed, and otherwise what the logits speak for.
import type { Genotype } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { Space } from '@cellboard/schema/spaces'
import { EngineError } from '../errors.js'
import { countGenotype } from './cost.js'
import { genotypeOf, keptEdges, type RankedEdge, type Ranking } from './derive.js'

export interface GenotypeLimits {
  /** Most skips in the normal cell (Chen et al. 2019, P-DARTS, section 3.3.2). */
  readonly skips: number
  /** Most parameters and multiply-adds of the final network; Infinity for no limit. */
  readonly parameters: number
  readonly multiplyAdds: number
  /** The final network that is counted. */
  readonly final: Omit<Parameters<typeof countGenotype>[0], 'genotype'>
}

/**
 * As `deriveGenotype`, but where the cell goes beyond a limit, kept operators give way one by one to the next best on their node:
 * of too many skips the lowest ranked; of operators that cost, the one that loses least share for what it saves.
 * @throws EngineError BAD_SETTINGS where the space has no such cell, with the least that was reached
 */
export function deriveWithin(
  space: Space,
  candidates: readonly (readonly Operator[])[],
  logits: readonly (readonly number[])[],
  ranking: Ranking,
  limits: GenotypeLimits,
): Genotype {
  const banned = new Set<string>()
  const derive = (bans: ReadonlySet<string>) =>
    keptEdges(space, candidates, logits, ranking, (edge, operator) => !bans.has(`${edge} ${operator}`))
  const full = derive(banned).length
  /** Without this operator on this edge; null where the cell would have an edge too few. */
  const without = ({ index, operator }: RankedEdge) => {
    const ban = `${index} ${operator}`
    const kept = derive(new Set([...banned, ban]))
    return kept.length === full ? { ban, kept } : null
  }
  for (;;) {
    const kept = derive(banned)
    const fault = faultOf(space, kept, limits)
    if (!fault) return genotypeOf(space, kept)
    const ways = kept
      .filter((edge) => !fault.skips || (edge.cell === 'normal' && edge.operator === 'skip_connect'))
      .flatMap((edge) => {
        const next = without(edge)
        if (!next) return []
        const lost = valueOf(kept) - valueOf(next.kept)
        const saved = fault.amount(kept) - fault.amount(next.kept)
        return [{ ban: next.ban, lost, price: saved > 0 ? lost / saved : Infinity }]
      })
      // What saves nothing at once may still open the way: another edge with the same operator can have taken the place.
      .sort((a, b) => (fault.skips || a.price === b.price ? a.lost - b.lost : a.price - b.price))
    if (ways.length === 0)
      throw new EngineError(
        'BAD_SETTINGS',
        `Expected a cell with at most ${fault.limit} ${fault.what}, but space ${space.name} has none below ${fault.amount(kept)}.`,
        'Raise the limit, or make the final network narrower or shallower.',
      )
    banned.add(ways[0]!.ban)
  }
}

const valueOf = (kept: readonly RankedEdge[]) => kept.reduce((sum, { value }) => sum + value, 0)

interface Fault {
  readonly what: string
  readonly limit: number
  readonly skips: boolean
  readonly amount: (kept: readonly RankedEdge[]) => number
}

function faultOf(space: Space, kept: readonly RankedEdge[], limits: GenotypeLimits): Fault | null {
  const cost = (edges: readonly RankedEdge[]) => countGenotype({ ...limits.final, genotype: genotypeOf(space, edges) })
  const faults: Fault[] = [
    {
      what: 'skips in the normal cell',
      limit: limits.skips,
      skips: true,
      amount: (edges) => edges.filter(({ cell, operator }) => cell === 'normal' && operator === 'skip_connect').length,
    },
    { what: 'parameters', limit: limits.parameters, skips: false, amount: (edges) => cost(edges).parameters },
    { what: 'multiply-adds', limit: limits.multiplyAdds, skips: false, amount: (edges) => cost(edges).multiplyAdds },
  ]
  return faults.find(({ limit, amount }) => limit !== Infinity && amount(kept) > limit) ?? null
}
