// Puts what a person asks for into the queue: one run, or one for each of several seeds, as a group.
import { searchSettingsSchema } from '@cellboard/schema/settings'
import type { FieldProblem } from '../errors.js'
import type { Context, House } from '../graphql/context.js'
import { homeOf } from '../projects/home.js'
import { onlyPossible, type CheckedInput } from './read-settings.js'
import { runId } from './run-id.js'
import type { RunRow, Work } from './run.table.js'
import { queueGroup, queueRun, type NewRun } from './state.js'

/** As many runs as one feed follows. */
export const MOST_SEEDS = 50

export interface Wanted<Kind extends Work['kind'], Settings = Extract<Work, { kind: Kind }>['settings']> {
  readonly kind: Kind
  readonly name: string | undefined
  readonly seeds: readonly number[] | null
  /** Global id of the project that it goes to; null for the viewer's own. */
  readonly project: string | null
  readonly searchId?: number | null
  /** The settings, with this seed in place of the one that was given where there is one. */
  readonly check: (seed: { seed?: number }) => CheckedInput<Settings>
  /** What to call it where no name was given. */
  readonly usualName: (settings: Settings) => string
}

/**
 * The run, or the first of the group.
 * @throws BAD_USER_INPUT with each problem at its field; then nothing is queued
 */
export async function startRuns<Kind extends Work['kind']>(
  context: Pick<Context, 'em' | 'house' | 'asker' | 'rights' | 'noted'>,
  { kind, name, seeds, project, searchId = null, check, usualName }: Wanted<Kind>,
): Promise<RunRow> {
  const { em, house } = context
  const home = homeOf(context, project)
  const newRun = (work: object) => ({ kind, searchId, ...home, ...work }) as NewRun
  if (!seeds) {
    const settings = onlyPossible(kind, check({}))
    const run = await queueRun(
      em,
      newRun({ name: name?.trim() || `${usualName(settings)}, seed ${settings.seed}`, settings }),
    )
    announce(house, [run])
    context.noted.subject = runId(run)
    return run
  }
  const { settings: read, problems: found } = check(seeds.length > 0 ? { seed: seeds[0] } : {})
  const known = seedProblems(seeds)
  // What is wrong with the seed that stands in the input for the first of the group is told at that seed.
  const problems = [...known, ...found.filter(({ path }) => path !== 'seed' || known.length === 0)]
  const settings = onlyPossible(kind, { settings: read, problems })
  const title = name?.trim() || usualName(settings)
  const { runs } = await queueGroup(
    em,
    { name: title, ...home, createdBy: home.createdBy ?? null, baselineOf: null },
    withSeeds(title, settings, seeds).map(newRun),
  )
  announce(house, runs)
  Object.assign(context.noted, { subject: runId(runs[0]!), detail: { seeds } })
  return runs[0]!
}

/** One run for each seed, whose name says which. */
export const withSeeds = <Settings>(name: string, settings: Settings, seeds: readonly number[]) =>
  seeds.map((seed) => ({ name: `${name}, seed ${seed}`, settings: { ...settings, seed } }))

/** Tells those who watch the list of runs, and the runner. */
export function announce({ bells, runner }: House, runs: readonly RunRow[]): void {
  for (const { id } of runs) bells.ring(id)
  runner.wake()
}

/** The rule of a seed is the same for searches and trainings. */
const { seed: SEED } = searchSettingsSchema.shape

function seedProblems(seeds: readonly number[]): FieldProblem[] {
  if (seeds.length === 0 || seeds.length > MOST_SEEDS)
    return [{ path: 'seeds', message: `Expected 1 to ${MOST_SEEDS} seeds, but received ${seeds.length}.` }]
  return seeds.flatMap((seed, i) => {
    const rule = SEED.safeParse(seed).error?.issues[0]?.message
    const twice = seeds.indexOf(seed) < i ? `Expected each seed once, but received ${seed} twice.` : undefined
    const message = rule ?? twice
    return message === undefined ? [] : [{ path: `seeds.${i}`, message }]
  })
}
