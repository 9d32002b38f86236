// The rules of a board as a form: for a new board and for changed rules; every refusal at its field.
import { useState } from 'react'
import { ChoiceField, FormField } from '../people/form-field.js'
import { useViewer } from '../people/viewer.js'
import type { BoardRulesInput } from './board-deeds.js'
import type { Rules } from './board-query.js'
import { directionText, SUBJECT_NOUNS } from './board-text.js'
import { readCeilings, readMetrics, readNames } from './rules-text.js'

const SUBJECTS = Object.entries(SUBJECT_NOUNS).map(([value, text]) => ({ value, text }))
const PICKS = [
  { value: 'LAST', text: 'the last value' },
  { value: 'MAX', text: 'the greatest' },
  { value: 'MIN', text: 'the least' },
] as const
const WAYS = (['HIGHER', 'LOWER'] as const).map((value) => ({ value, text: directionText(value) }))
const PER_TEAM = [
  { value: 'BEST', text: 'its best entry' },
  { value: 'LATEST', text: 'its latest entry' },
  { value: 'ALL', text: 'all its entries' },
] as const

const FIRST = {
  subject: 'RUN',
  metric: 'test-accuracy',
  pick: 'LAST',
  direction: 'HIGHER',
  decimals: '',
  tieBreaks: '',
  columns: 'parameters',
  decimalsShown: '4',
  minSeeds: '1',
  perTeam: 'BEST',
  perDay: '',
  inAll: '',
  ceilings: '',
  hidden: '',
  hiddenAt: '',
  tolerance: '0',
  autoProject: '',
}
type Typed = typeof FIRST
type Key = keyof Typed

const numeric = (value: number | null) => (value === null ? '' : String(value))

/** What the form shows of rules that there are. */
const typedFrom = (rules: Rules): Typed => ({
  subject: rules.subject,
  metric: rules.metric.name,
  pick: rules.metric.pick,
  direction: rules.metric.direction,
  decimals: numeric(rules.metric.decimals),
  tieBreaks: rules.tieBreaks.map(({ name, direction }) => `${name} ${direction.toLowerCase()}`).join(', '),
  columns: rules.columns.join(', '),
  decimalsShown: String(rules.decimalsShown),
  minSeeds: String(rules.minSeeds),
  perTeam: rules.perTeam,
  perDay: numeric(rules.perDay),
  inAll: numeric(rules.inAll),
  ceilings: rules.ceilings.map(({ name, most }) => `${name} ${most}`).join(', '),
  hidden: rules.reveal ? `${rules.reveal.metric.name} ${rules.reveal.metric.direction.toLowerCase()}` : '',
  hiddenAt: rules.reveal ? new Date(rules.reveal.at).toISOString().slice(0, 16) : '',
  tolerance: String(rules.tolerance),
  autoProject: rules.autoProject ?? '',
})

/** What the text of a field tells only in part, such as the decimals of a tie-break, stays whole where nobody changed the text. */
function untouched(rules: Rules, typed: Typed): Partial<BoardRulesInput> {
  const before = typedFrom(rules)
  const isHiddenAsBefore = typed.hidden === before.hidden && typed.hiddenAt === before.hiddenAt
  return {
    ...(typed.tieBreaks === before.tieBreaks && { tieBreaks: [...rules.tieBreaks] }),
    ...(isHiddenAsBefore && { reveal: rules.reveal }),
  }
}

type Problems = Partial<Record<Key, string>>

/** The input of the API, or what is wrong at which field. */
function inputFrom(typed: Typed): { readonly input: BoardRulesInput } | { readonly problems: Problems } {
  const [tieBreaks, ceilings, hidden] = [
    readMetrics(typed.tieBreaks),
    readCeilings(typed.ceilings),
    readMetrics(typed.hidden),
  ]
  const problems: Problems = {}
  if (tieBreaks.problem !== undefined) problems.tieBreaks = tieBreaks.problem
  if (ceilings.problem !== undefined) problems.ceilings = ceilings.problem
  if (hidden.problem !== undefined) problems.hidden = hidden.problem
  if (typed.hidden && !typed.hiddenAt) problems.hiddenAt = 'Expected the moment at which it is shown.'
  const number = (key: Key): number | null => {
    const text = typed[key].trim()
    if (text === '') return null
    if (!Number.isFinite(Number(text))) problems[key] = `Expected a number, but received "${text}".`
    return Number(text)
  }
  const numbers = {
    decimalsShown: number('decimalsShown'),
    minSeeds: number('minSeeds'),
    perDay: number('perDay'),
    inAll: number('inAll'),
    tolerance: number('tolerance'),
  }
  const decimals = number('decimals')
  if (Object.keys(problems).length > 0) return { problems }
  const [first] = hidden.problem === undefined ? hidden.values : []
  return {
    input: {
      subject: typed.subject as BoardRulesInput['subject'],
      metric: {
        name: typed.metric.trim(),
        pick: typed.pick as 'LAST',
        direction: typed.direction as 'HIGHER',
        decimals,
      },
      tieBreaks: tieBreaks.problem === undefined ? [...tieBreaks.values] : [],
      columns: readNames(typed.columns),
      ceilings: ceilings.problem === undefined ? [...ceilings.values] : [],
      perTeam: typed.perTeam as 'BEST',
      reveal: first ? { metric: { ...first }, at: new Date(`${typed.hiddenAt}Z`).toISOString() } : null,
      autoProject: typed.autoProject || null,
      ...numbers,
    },
  }
}

/** By the fields of the API: `rules.metric.name` is told at `metric`, `rules.tieBreaks.0.name` at `tieBreaks`. */
const toldAt = (fields: Readonly<Record<string, string>>, key: Key): string | undefined =>
  Object.entries(fields).find(([path]) => {
    const [, first, second] = path.split('.')
    if (first === 'metric' && second !== 'name') return second === key
    return first === key || (first === 'reveal' && key === 'hidden')
  })?.[1]

export interface RulesForm {
  readonly typed: Typed
  readonly problems: Problems
  readonly set: (key: Key) => (text: string) => void
  /** The input, or null where something is wrong, which is then told. */
  readonly read: () => BoardRulesInput | null
}

export function useRulesForm(rules: Rules | null): RulesForm {
  const [typed, setTyped] = useState<Typed>(() => (rules ? typedFrom(rules) : FIRST))
  const [problems, setProblems] = useState<Problems>({})
  const set = (key: Key) => (text: string) => setTyped((before) => ({ ...before, [key]: text }))
  const read = () => {
    const result = inputFrom(typed)
    setProblems('problems' in result ? result.problems : {})
    if (!('input' in result)) return null
    return rules ? { ...result.input, ...untouched(rules, typed) } : result.input
  }
  return { typed, problems, set, read }
}

interface RulesFieldsProps {
  form: RulesForm
  /** What the server refused, by its fields. */
  refused: Readonly<Record<string, string>>
  /** The subject of a board that there is cannot change. */
  isNew: boolean
  /** Slug-less name of the team whose projects can be entered from. */
  teamName: string
}

export function RulesFields({ form: { typed, problems, set }, refused, isNew, teamName }: RulesFieldsProps) {
  const viewer = useViewer()
  const projects = viewer?.projects.filter(({ team }) => team.name === teamName) ?? []
  const field = (key: Key, label: string, note = '', more: object = {}) => (
    <FormField
      label={label}
      value={typed[key]}
      onText={set(key)}
      note={note}
      problem={problems[key] ?? toldAt(refused, key)}
      {...more}
    />
  )
  const choice = (key: Key, label: string, choices: readonly { value: string; text: string }[]) => (
    <ChoiceField label={label} value={typed[key]} choices={choices} onChoice={set(key)} />
  )
  const count = { inputMode: 'numeric' as const }
  return (
    <>
      <fieldset className="board-fields">
        <legend>What is ranked</legend>
        {isNew && choice('subject', 'It ranks', SUBJECTS)}
        {field('metric', 'By the metric', 'As runs log it, or parameters, multiplyAdds, costSeconds, searchSeconds.', {
          required: true,
        })}
        {choice('direction', 'Where', WAYS)}
        {choice('pick', 'Of each run', PICKS)}
        {field('decimals', 'Decimals compared', 'Scores equal to so many are a tie; all when empty.', count)}
        {field('decimalsShown', 'Decimals shown', '', count)}
        {field(
          'tieBreaks',
          'Ties are broken by',
          'As in: parameters lower, test-loss lower. After them the earlier submission.',
        )}
        {field('columns', 'Further columns', 'Names, separated by commas.')}
      </fieldset>
      <fieldset className="board-fields">
        <legend>Who enters, and how often</legend>
        {choice('perTeam', 'Of each team', PER_TEAM)}
        {field('minSeeds', 'Seeds at least', 'Finished ones.', count)}
        {field('perDay', 'Entries of a team a day', 'Any number when empty.', count)}
        {field('inAll', 'Entries of a team in all', 'Any number when empty.', count)}
        {field('ceilings', 'No more than', 'As in: parameters 4e6, searchSeconds 86400.')}
        {field('tolerance', 'A repeated run agrees within', 'Of the score.', { inputMode: 'decimal' })}
        {choice('autoProject', 'Enters by itself what finishes in', [
          { value: '', text: 'no project' },
          ...projects.map(({ id, name }) => ({ value: id, text: name })),
        ])}
      </fieldset>
      <fieldset className="board-fields">
        <legend>Hidden until a moment</legend>
        {field(
          'hidden',
          'Metric',
          'As in: hidden-accuracy higher. Nobody sees it before, and the board ranks by it from then on.',
        )}
        {field('hiddenAt', 'Shown from', 'In UTC.', { type: 'datetime-local' })}
      </fieldset>
    </>
  )
}
