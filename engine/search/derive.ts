// From a search's logits to its genotype, by the ranking and within the limits that its settings ask for.
import type { Genotype } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { deriveWithin } from '../space/derive-within.js'
import type { SearchContext } from './context.js'

export type Derive = (candidates: readonly (readonly Operator[])[], logits: number[][]) => Genotype

/** @throws EngineError BAD_SETTINGS where no cell of the space is within the limits: asked at the start, before anything is trained */
export function deriverOf(settings: ResolvedSearchSettings, { space, facts }: SearchContext): Derive {
  const { ranking, skipLimit, parameterLimit, multiplyAddLimit, finalChannels, finalCells } = settings
  const millions = (limit: number) => (limit > 0 ? limit * 1e6 : Infinity)
  const limits = {
    skips: skipLimit,
    parameters: millions(parameterLimit),
    multiplyAdds: millions(multiplyAddLimit),
    final: {
      channels: finalChannels,
      cells: finalCells,
      classes: facts.classes,
      imageChannels: facts.channels,
      imageSize: facts.size,
    },
  }
  return (candidates, logits) => deriveWithin(space, candidates, logits, ranking, limits)
}
