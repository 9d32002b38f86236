// Puts what a person asks for into the queue: one search, or one for each of several seeds, as a group.
import { DATASETS } from '@cellboard/schema/datasets'
import { searchSettingsSchema, type Method, type ResolvedSearchSettings } from '@cellboard/schema/settings'
import { spaceOf } from '@cellboard/schema/space-of'
import { badInput, type FieldProblem } from '../errors.js'
import type { Context, House } from '../graphql/context.js'
import type { RunRow } from '../runs/run.table.js'
import { queueGroup, queueRun } from '../runs/state.js'
import { checkInput } from './check-input.js'
import type { GivenSearch } from './search.input.js'

/** As many runs as one feed follows. */
export const MOST_SEEDS = 50

type Asked = Pick<Context, 'em' | 'house'>

/**
 * The run, or the first of the group.
 * @throws BAD_USER_INPUT with each problem at its field; then nothing is queued
 */
export async function startSearch({ em, house }: Asked, input: GivenSearch, seeds: number[] | null): Promise<RunRow> {
  if (!seeds) {
    const settings = checkedSettings(house, input)
    const name = input.name?.trim() || `${usualName(settings)}, seed ${settings.seed}`
    const run = await queueRun(em, { name, settings })
    announce(house, [run])
    return run
  }
  const settings = checkedSettings(
    house,
    { ...input, ...(seeds.length > 0 && { seed: seeds[0] }) },
    seedProblems(seeds),
  )
  const name = input.name?.trim() || usualName(settings)
  const { runs } = await queueGroup(em, { name, baselineOf: null }, withSeeds(name, settings, seeds))
  announce(house, runs)
  return runs[0]!
}

/** One run for each seed, whose name says which. */
export const withSeeds = (name: string, settings: ResolvedSearchSettings, seeds: readonly number[]) =>
  seeds.map((seed) => ({ name: `${name}, seed ${seed}`, settings: { ...settings, seed } }))

/** Tells those who watch the list of runs, and the runner. */
export function announce({ bells, runner }: House, runs: readonly RunRow[]): void {
  for (const { id } of runs) bells.ring(id)
  runner.wake()
}

/** @throws BAD_USER_INPUT with each problem at its field, those known before included */
export function checkedSettings(
  house: House,
  input: GivenSearch,
  known: readonly FieldProblem[] = [],
): ResolvedSearchSettings {
  const { settings, problems: found } = checkInput(input, house.config.dataFolder)
  // What is wrong with the seed that stands in the input for the first of the group is told at that seed.
  const problems = [...known, ...found.filter(({ path }) => path !== 'seed' || known.length === 0)]
  if (settings && problems.length === 0) return settings
  throw badInput(
    `Expected settings of a search that is possible: ${problems.map(({ message }) => message).join(' ')}`,
    problems,
  )
}

function seedProblems(seeds: readonly number[]): FieldProblem[] {
  if (seeds.length === 0 || seeds.length > MOST_SEEDS)
    return [{ path: 'seeds', message: `Expected 1 to ${MOST_SEEDS} seeds, but received ${seeds.length}.` }]
  return seeds.flatMap((seed, i) => {
    const rule = searchSettingsSchema.shape.seed.safeParse(seed).error?.issues[0]?.message
    const twice = seeds.indexOf(seed) < i ? `Expected each seed once, but received ${seed} twice.` : undefined
    const message = rule ?? twice
    return message === undefined ? [] : [{ path: `seeds.${i}`, message }]
  })
}

const METHOD_TITLES: Record<Method, string> = { stacnas: 'StacNAS', darts: 'DARTS', random: 'random search' }

const usualName = (settings: ResolvedSearchSettings): string =>
  `${spaceOf(settings).title} on ${DATASETS[settings.dataset].title} by ${METHOD_TITLES[settings.method]}`
