// Places, figures and rules of a board in the words that people read.
import type { BoardFacts, Figure, Rules } from './board-query.js'
import { countText, durationText } from '../charts/number-text.js'

type Metric = Rules['metric']

/** With the decimals of the board; counts whole, seconds as a duration. */
export function meanText({ name, mean }: Pick<Figure, 'name' | 'mean'>, decimals: number): string {
  if (mean === null) return '–'
  if (name.endsWith('Seconds')) return durationText(mean)
  return Math.abs(mean) >= 1000 ? countText(mean) : mean.toFixed(decimals)
}

/** `± 0.0010 (3)`; nothing where there is no spread. */
export function spreadText({ name, deviation, n }: Figure, decimals: number): string {
  if (deviation === null) return ''
  return `± ${meanText({ name, mean: deviation }, decimals)} (${n})`
}

export const metricText = ({ name, pick }: Pick<Metric, 'name' | 'pick'>): string =>
  pick === 'LAST' ? name : `${pick === 'MIN' ? 'least' : 'greatest'} ${name}`

export const directionText = (direction: Metric['direction']): string =>
  direction === 'HIGHER' ? 'higher is better' : 'lower is better'

export const directionArrow = (direction: Metric['direction']): string => (direction === 'HIGHER' ? '↑' : '↓')

/** What a board ranks. */
export const SUBJECT_NOUNS = {
  RUN: 'single runs',
  GROUP: 'groups of seeds',
  ARCHITECTURE: 'architectures',
  STUDY: 'studies',
} as const

const TAKEN_OVER = {
  RUN: '',
  GROUP: ', by the mean over their seeds',
  ARCHITECTURE: ', by the mean over their trainings',
  STUDY: ', by the mean over their runs',
} as const

/** Who sees a board, as a choice. */
export const VISIBILITIES = [
  { value: 'TEAM', text: 'the team' },
  { value: 'TEAMS', text: 'the team and those that it is opened to' },
  { value: 'PUBLIC', text: 'everybody, without signing in' },
] as const

const PER_TEAM = {
  BEST: 'Only the best entry of a team is ranked.',
  LATEST: 'Only the latest entry of a team is ranked.',
  ALL: 'All entries of a team are ranked.',
} as const

/** The rules, a sentence each. */
export function ruleSentences(rules: Rules, revealed: boolean): string[] {
  const { metric, tieBreaks, minSeeds, perDay, inAll, ceilings, reveal, tolerance, autoProject } = rules
  const compared = metric.decimals === null ? '' : `, compared to ${metric.decimals} decimals`
  const ranked = revealed && reveal ? reveal.metric : metric
  return [
    `It ranks ${SUBJECT_NOUNS[rules.subject]}${TAKEN_OVER[rules.subject]}, by ${metricText(ranked)} (${directionText(ranked.direction)}${compared}).`,
    tieBreaks.length > 0
      ? `Equal scores are decided by ${tieBreaks.map((one) => `${metricText(one)} (${directionText(one.direction)})`).join(', then ')}, then by the earlier submission.`
      : 'Of equal scores the earlier submission is ahead.',
    PER_TEAM[rules.perTeam],
    ...(minSeeds > 1 ? [`An entry needs at least ${minSeeds} finished seeds.`] : []),
    ...(perDay === null ? [] : [`A team may enter ${perDay} times in 24 hours.`]),
    ...(inAll === null ? [] : [`A team may enter ${inAll} times in all.`]),
    ...ceilings.map(({ name, most }) => `No more than ${countText(most)} ${name}.`),
    ...(reveal && !revealed
      ? [
          `From ${new Date(reveal.at).toLocaleString()} on it ranks by ${metricText(reveal.metric)}, which is hidden until then.`,
        ]
      : []),
    tolerance > 0
      ? `A repeated run agrees within ${tolerance}.`
      : 'A repeated run agrees only where it comes to the same number.',
    ...(autoProject === null ? [] : [`What finishes in ${autoProject} is entered by itself.`]),
  ]
}

/** For eyes and for screen readers. */
export function movementText(movement: number | null): { readonly mark: string; readonly said: string } {
  if (movement === null) return { mark: 'new', said: 'new since yesterday' }
  if (movement === 0) return { mark: '', said: '' }
  const places = Math.abs(movement) === 1 ? 'one place' : `${Math.abs(movement)} places`
  return movement > 0
    ? { mark: `▲${movement}`, said: `up ${places} since yesterday` }
    : { mark: `▼${-movement}`, said: `down ${places} since yesterday` }
}

/** Told by its arrow as well as by its colour. */
export const moveClass = (movement: number | null): string =>
  movement === null || movement === 0 ? '' : movement > 0 ? 'board-up' : 'board-down'

/** Figures that can be shown against the score: what has a last value and is not the score itself. */
export function figureNames({ rules, revealed }: Pick<BoardFacts, 'rules' | 'revealed'>): string[] {
  const hidden = revealed ? null : rules.reveal?.metric.name
  const named = [
    ...rules.columns,
    ...rules.tieBreaks.map(({ name }) => name),
    ...rules.ceilings.map(({ name }) => name),
  ]
  return [...new Set(named)].filter((name) => name !== hidden && name !== rules.metric.name)
}
