// Why an entry stands where it stands, and what would lift it one place: told from the rules and its neighbour above.
import type { BoardMetric, BoardRules } from '@cellboard/schema/board-rules'
import type { BoardEntryRow } from './board.table.js'
import { comparedValue } from './sort-key.js'

type Told = Pick<
  BoardEntryRow,
  'values' | 'submittedAt' | 'state' | 'reason' | 'evidence' | 'baseline' | 'ruleVersion' | 'title'
>

export interface Standing {
  readonly rules: BoardRules
  readonly entry: Told
  readonly rank: number | null
  /** Entries that are ranked. */
  readonly length: number
  /** The one a place higher; null for the first. */
  readonly above: Told | null
}

const better = { higher: 'higher is better', lower: 'lower is better' }

/** With as many decimals as it has, at most ten. */
const told = (value: number | null): string => (value === null ? 'none' : String(Number(value.toPrecision(10))))

const named = ({ name, pick }: BoardMetric): string => (pick === 'last' ? name : `${pick} ${name}`)

/** Which rule put it there. */
export function whyOf({ rules, entry, rank, length, above }: Standing): string {
  const score = comparedValue(rules.metric, entry.values)
  if (entry.baseline) return 'A baseline: shown for comparison, it takes no place.'
  if (entry.state !== 'STANDING')
    return `Not ranked: it was ${entry.state === 'FLAGGED' ? 'flagged' : 'withdrawn'}. ${entry.reason}`.trim()
  if (entry.evidence === 'IN_BIN') return 'Not ranked: a run that its figures come from lies in the bin.'
  if (entry.evidence === 'DELETED') return 'Not ranked: a run that its figures come from was deleted.'
  if (score === null)
    return `Not ranked: it has no ${named(rules.metric)}. A missing score is no zero: it has no place.`
  if (rank === null)
    return rules.perTeam === 'best'
      ? 'Not ranked: the rules rank the best entry of a team, and its team has a better one.'
      : 'Not ranked: the rules rank the latest entry of a team, and its team has a later one.'
  const place = `Place ${rank} of ${length} by ${named(rules.metric)} (${better[rules.metric.direction]}): ${told(score)}.`
  const admitted = `Let in by version ${entry.ruleVersion} of the rules.`
  const decided = above && decidedBy(rules, entry, above)
  if (!decided || decided.by === 'metric') return `${place} ${admitted}`
  const tie =
    decided.by === 'time'
      ? 'the one above was submitted earlier'
      : `the one above is ahead by ${named(decided.metric)}, which breaks ties`
  return `${place} Equal to the one above; ${tie}. ${admitted}`
}

/** What would lift it one place. */
export function liftOf({ rules, entry, rank, above }: Standing): string {
  if (entry.baseline) return 'Nothing: a baseline takes no place.'
  if (entry.state === 'FLAGGED') return 'A maintainer of the board has to look at it and restore it.'
  if (entry.state === 'WITHDRAWN') return 'It has to be restored, or entered anew with other figures.'
  if (entry.evidence === 'IN_BIN') return 'Its runs have to be restored from the bin.'
  if (entry.evidence === 'DELETED') return 'Nothing: enter something whose runs are there.'
  if (comparedValue(rules.metric, entry.values) === null) return `A finite ${named(rules.metric)} in every run.`
  if (rank === null) return 'A better figure than the entry of its team that is ranked.'
  if (!above) return 'Nothing: it is the first.'
  const decided = decidedBy(rules, entry, above)
  if (!decided || decided.by === 'time')
    return beat(rules.metric, above, `. Equal figures stay behind "${above.title}", which came earlier.`)
  return beat(decided.metric, above, decided.by === 'tie-break' ? `, or any better ${named(rules.metric)}.` : '.')
}

const article = (name: string) => (/^[aeiou]/i.test(name) ? 'An' : 'A')

function beat(metric: BoardMetric, above: Told, end: string): string {
  const theirs = comparedValue(metric, above.values)
  if (theirs === null) return `Any ${named(metric)}${end}`
  const way = metric.direction === 'higher' ? 'above' : 'below'
  const decimals = metric.decimals === null ? '' : ` after rounding to ${metric.decimals} decimals`
  return `${article(named(metric))} ${named(metric)} ${way} ${told(theirs)}${decimals} would pass "${above.title}"${end}`
}

type Decided = { readonly by: 'metric' | 'tie-break'; readonly metric: BoardMetric } | { readonly by: 'time' }

/** The first of the rules in which the two differ. */
function decidedBy({ metric, tieBreaks }: BoardRules, entry: Told, above: Told): Decided {
  const differs = [metric, ...tieBreaks].find(
    (one) => comparedValue(one, entry.values) !== comparedValue(one, above.values),
  )
  if (!differs) return { by: 'time' }
  return { by: differs === metric ? 'metric' : 'tie-break', metric: differs }
}
