// The rules of a leaderboard: what is ranked, by what, in which direction, and who may enter how often.
import { z } from 'zod'

export const BOARD_SUBJECTS = ['run', 'group', 'architecture', 'study'] as const
export type BoardSubject = (typeof BOARD_SUBJECTS)[number]

export const BOARD_SUBJECT_TEXTS: Readonly<Record<BoardSubject, string>> = {
  run: 'One run: a search or a training.',
  group: 'A group of runs that differ in nothing but the seed: mean and spread over the seeds.',
  architecture: 'An architecture: mean and spread over all its finished trainings in the submitting team.',
  study: 'A study: mean and spread over all finished runs of its groups.',
}

export const PICKS = ['last', 'min', 'max'] as const
export const DIRECTIONS = ['higher', 'lower'] as const
export type Direction = (typeof DIRECTIONS)[number]

/**
 * Figures that every subject may have besides the metrics it logged: of the network that was trained or found, and of what was paid.
 * Parameters and multiply-adds are counts, cost and search cost seconds of computing.
 */
export const FACTS = ['parameters', 'multiplyAdds', 'costSeconds', 'searchSeconds'] as const
export type Fact = (typeof FACTS)[number]

const metricName = z.string().trim().min(1, 'Expected the name of a metric.').max(200)

export const boardMetricSchema = z.object({
  name: metricName.describe(
    'A metric that runs log, as test-accuracy, or one of parameters, multiplyAdds, costSeconds, searchSeconds',
  ),
  pick: z.enum(PICKS).default('last').describe('Which value of its history stands for a run'),
  direction: z
    .enum(DIRECTIONS, 'Expected a direction, higher or lower: which of two scores is the better one is never guessed.')
    .describe('Whether higher or lower is better'),
  decimals: z
    .number()
    .int()
    .min(0)
    .max(12)
    .nullable()
    .default(null)
    .describe('Decimals that are compared: scores equal to so many are a tie; all of them when absent'),
})
export type BoardMetric = z.infer<typeof boardMetricSchema>

export const boardRulesSchema = z
  .object({
    subject: z.enum(BOARD_SUBJECTS).describe('What is entered'),
    metric: boardMetricSchema.describe('What is ranked by'),
    tieBreaks: z
      .array(boardMetricSchema)
      .max(5, 'Expected at most 5 metrics that break ties.')
      .default([])
      .describe('What decides between equal scores, in this order; after them the earlier submission'),
    columns: z.array(metricName).max(20).default([]).describe('Further metrics and figures that are shown'),
    decimalsShown: z.number().int().min(0).max(12).default(4).describe('Decimals that are shown'),
    minSeeds: z.number().int().min(1).max(50).default(1).describe('Least number of finished seeds of an entry'),
    perTeam: z
      .enum(['best', 'latest', 'all'])
      .default('best')
      .describe('Which entries of a team are ranked: its best, its latest, or all'),
    perDay: z.number().int().min(1).max(1000).nullable().default(null).describe('Entries of a team in 24 hours'),
    inAll: z.number().int().min(1).max(100_000).nullable().default(null).describe('Entries of a team in all'),
    ceilings: z
      .array(z.object({ name: metricName, most: z.number() }))
      .max(10)
      .default([])
      .describe('Figures that an entry may not exceed, as parameters; an entry without the figure is refused'),
    reveal: z
      .object({ metric: boardMetricSchema, at: z.iso.datetime({ offset: true }) })
      .nullable()
      .default(null)
      .describe('A metric that is shown to nobody before a moment, and ranked by from then on'),
    tolerance: z
      .number()
      .min(0)
      .default(0)
      .describe('How far a verifying run may lie from an entry of the same settings and seed'),
    autoProject: z
      .string()
      .nullable()
      .default(null)
      .describe('Global id of a project whose every finished subject is entered by itself'),
  })
  .superRefine((rules, context) => {
    const names = [rules.metric, ...rules.tieBreaks].map(({ name, pick }) => `${name}, ${pick}`)
    names.forEach((name, i) => {
      if (names.indexOf(name) < i)
        context.addIssue({
          code: 'custom',
          path: ['tieBreaks', i - 1, 'name'],
          message: `Expected each metric once, but received ${name} twice.`,
        })
    })
  })
export type BoardRules = z.infer<typeof boardRulesSchema>
export type BoardRulesInput = z.input<typeof boardRulesSchema>

/** The rules that are ranked by: after its moment the hidden metric takes the place of the first. */
export const rulesInForce = (rules: BoardRules, isRevealed: boolean): BoardRules =>
  isRevealed && rules.reveal ? { ...rules, metric: rules.reveal.metric } : rules

/** All metrics and figures that the rules name, each with its pick, once; columns and ceilings go by the last value. */
export function namedFigures(rules: BoardRules): { readonly name: string; readonly pick: (typeof PICKS)[number] }[] {
  const last = (name: string) => ({ name, pick: 'last' as const })
  const { metric, tieBreaks, columns, ceilings, reveal } = rules
  const all = [
    ...[metric, ...tieBreaks, ...(reveal ? [reveal.metric] : [])].map(({ name, pick }) => ({ name, pick })),
    ...columns.map(last),
    ...ceilings.map(({ name }) => last(name)),
  ]
  return [...new Map(all.map((one) => [`${one.name} ${one.pick}`, one])).values()]
}

export const BOARD_VISIBILITIES = ['team', 'teams', 'public'] as const
/** Who sees a board and may enter: its team; also the teams that it was opened to; everybody sees it and the named teams enter. */
export type BoardVisibility = (typeof BOARD_VISIBILITIES)[number]
