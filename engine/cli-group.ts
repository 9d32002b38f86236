// `search --seeds 1,2,3`: one search for each seed, what they found and how far they agree; random search at equal cost beside them.
import { join } from 'node:path'
import type { EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { timeInWords } from './cli-progress.js'
import { meanAndDeviation } from './mean-and-deviation.js'
import type { SearchOptions } from './index.js'

/** What a seed gave. */
export interface SeedOutcome {
  readonly seed: number
  readonly genotype: Genotype
  /** What the search took. */
  readonly seconds: number
  /** After the short training that random search gives its cells; null where nothing was compared. */
  readonly accuracy: number | null
}

export interface GroupOutcome {
  readonly searches: readonly SeedOutcome[]
  /** The best of as many random cells as a search had time for, seed by seed. */
  readonly random: readonly SeedOutcome[]
}

/** Is told what happens, with the seed it belongs to. */
export type TellSeed = (event: EngineEvent, seed: number) => Promise<void> | void

/**
 * Searches with each seed. With `baseline`, then lets random search train cells for as long as a search took on average, and trains what
 * the searches found in the same way, on the same images, so that both are compared by the same measure.
 */
export async function searchGroup(
  settings: ResolvedSearchSettings,
  seeds: readonly number[],
  baseline: ResolvedSearchSettings | null,
  given: SearchOptions,
  tell: TellSeed,
): Promise<GroupOutcome> {
  const { search, trainCell } = await import('./index.js')
  const { filesFolder: out, ...options } = given
  const found: SeedOutcome[] = []
  for (const seed of seeds) {
    const began = performance.now()
    let genotype: Genotype | null = null
    for await (const event of search(
      { ...settings, seed },
      { ...options, ...(out && { filesFolder: join(out, `seed-${seed}`) }) },
    )) {
      await tell(event, seed)
      if (event.type === 'genotype-derived') ({ genotype } = event)
    }
    found.push({ seed, genotype: genotype!, seconds: (performance.now() - began) / 1000, accuracy: null })
  }
  if (!baseline) return { searches: found, random: [] }

  const budget = meanAndDeviation(found.map(({ seconds }) => seconds)).mean
  const random: SeedOutcome[] = []
  for (const seed of seeds) {
    const began = performance.now()
    const elapsed = () => (performance.now() - began) / 1000
    let best: Pick<SeedOutcome, 'genotype' | 'accuracy'> | null = null
    for await (const event of search({ ...baseline, seed }, options)) {
      const left = Math.max(0, budget - elapsed())
      await tell('etaSeconds' in event ? { ...event, etaSeconds: left } : event, seed)
      if (event.type !== 'candidate-trained') continue
      if (event.best) best = { genotype: event.genotype, accuracy: event.validationAccuracy }
      if (elapsed() >= budget) break
    }
    random.push({ seed, ...best!, seconds: elapsed() })
  }
  const searches: SeedOutcome[] = []
  for (const one of found) {
    const training = trainCell(one.genotype, { ...baseline, seed: one.seed }, options)
    for (;;) {
      const next = await training.next()
      if (next.done) {
        searches.push({ ...one, accuracy: next.value.validationAccuracy })
        break
      }
      await tell(next.value, one.seed)
    }
  }
  return { searches, random }
}

/** What a random search shares with the search that it stands beside. */
const SHARED = [
  'space',
  'spaceText',
  'dataset',
  'images',
  'batch',
  'channels',
  'stage1Cells',
  'augment',
  'backend',
  'device',
] as const
/** More cells than any budget lasts for. */
const MANY = 100_000

/** The settings of that random search, from what was asked of the search; each of its cells is trained for `epochs`. */
export const baselineOf = (asked: Readonly<Record<string, unknown>>, epochs: number): Record<string, unknown> => ({
  ...Object.fromEntries(SHARED.flatMap((key) => (asked[key] === undefined ? [] : [[key, asked[key]]]))),
  ...{ method: 'random', samples: MANY, epochs },
})

export function groupText({ searches, random }: GroupOutcome): string {
  const tally = new Map<string, number[]>()
  for (const { seed, genotype } of searches) {
    const text = genotypeText(genotype)
    tally.set(text, [...(tally.get(text) ?? []), seed])
  }
  const rows = [...tally].map(([text, seeds]) => `${text}\n  found by seed ${seeds.join(', ')}`)
  return [...rows, ...comparison('Searches', searches), ...comparison('Random searches', random)]
    .join('\n')
    .concat('\n')
}

function comparison(name: string, outcomes: readonly SeedOutcome[]): string[] {
  if (outcomes.length === 0) return []
  const cost = timeInWords(meanAndDeviation(outcomes.map(({ seconds }) => seconds)).mean)
  const accuracies = outcomes.flatMap(({ accuracy }) => (accuracy === null ? [] : [100 * accuracy]))
  const accuracy = meanAndDeviation(accuracies)
  const measured =
    accuracies.length > 0
      ? `, validation accuracy ${accuracy.mean.toFixed(2)} % (deviation ${accuracy.deviation.toFixed(2)}) after a short training`
      : ''
  return [`${name}: ${outcomes.length}, ${cost} each${measured}`]
}
