// The optional third stage: the derived network, with each kept operator weighed against none (StacNAS README; reply in its issue 1).
import type { EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { Space } from '@cellboard/schema/spaces'
import type { Decided } from '../checkpoint.js'
import type { Clock } from '../learning/clock.js'
import type { SearchContext } from './context.js'
import { runStage } from './stage.js'

/**
 * Tells how much of each kept edge its operator gets and how much none, which scales the edge within its node. The genotype stays as
 * it is: the authors left the stage out of the paper, for its benefit was not consistent.
 */
export async function* zeroAttention(
  genotype: Genotype,
  cells: number,
  decided: Decided,
  settings: ResolvedSearchSettings,
  context: SearchContext,
  clock: Clock,
): AsyncGenerator<EngineEvent> {
  const space = keptSpace(context.space, genotype)
  const candidates = space.edges.map((edge) => edge.candidates)
  const { epochs } = settings
  yield* runStage(
    { stage: 3, space, cells, epochs, candidates, decided, derive: () => genotype },
    settings,
    context,
    clock,
  )
}

/** The space in which every kept edge may choose its operator or none; edges that kept none are gone. */
export function keptSpace(space: Space, { normal, reduction }: Genotype): Space {
  const edges = space.edges.flatMap((edge) => {
    const node = (edge.cell === 'normal' ? normal : reduction!)[edge.to - space.inputs]!
    const kept = node.find(({ from }) => from === edge.from)
    return kept && kept.operator !== 'none' ? [{ ...edge, candidates: [kept.operator, 'none' as const] }] : []
  })
  return { ...space, edges }
}
