// What the page of runs shows: kept in the address, so that a link and the way back restore it; and as the API is asked for it.
import type { RunState } from '@cellboard/schema/run-state'
import { columnOf, keyOf, titleOf, type Column } from './column.js'
import { conditionOf, filtersOf } from './condition.js'

export const STATES = ['QUEUED', 'RUNNING', 'PAUSED', 'FINISHED', 'FAILED', 'CANCELLED'] as const satisfies RunState[]
export const KINDS = ['SEARCH', 'TRAINING', 'LOGGED'] as const
export type RunKind = (typeof KINDS)[number]

const OWN_ORDERS = ['created', 'name', 'duration'] as const

export interface Order {
  /** An order of all runs, or the key of a column. */
  readonly by: string
  readonly descends: boolean
}

export interface View {
  readonly kind: RunKind | null
  readonly text: string
  readonly state: RunState | null
  readonly tag: string
  /** Global id. */
  readonly project: string
  /** Shows what lies in the bin. */
  readonly bin: boolean
  /** Conditions, as condition.ts prints them. */
  readonly where: readonly string[]
  readonly order: Order
  /** Keys of the chosen columns; null: those that fit the kind. */
  readonly columns: readonly string[] | null
  /** Where the page begins: cursors of the API. */
  readonly after: string
  readonly before: string
}

export const NEWEST: Order = { by: 'created', descends: true }

const among = <Value extends string>(values: readonly Value[], value: string | null | undefined): Value | null =>
  values.find((one) => one.toLowerCase() === value?.toLowerCase()) ?? null

function orderFrom(text: string | null): Order {
  const [, sign, by] = /^(-?)(.+)$/.exec(text ?? '') ?? []
  const isKnown = by !== undefined && (among(OWN_ORDERS, by) !== null || columnOf(by) !== null)
  return isKnown ? { by, descends: sign === '-' } : NEWEST
}

/** What an address says; anything that is not known counts as not said, but for conditions: these are told of. */
export const viewOf = (parameters: URLSearchParams): View => ({
  kind: among(KINDS, parameters.get('kind')),
  text: parameters.get('text')?.slice(0, 200) ?? '',
  state: among(STATES, parameters.get('state')),
  tag: parameters.get('tag') ?? '',
  project: parameters.get('project') ?? '',
  bin: parameters.get('bin') === '1',
  where: parameters.getAll('where'),
  order: orderFrom(parameters.get('order')),
  columns: parameters.has('column') ? parameters.getAll('column').filter((key) => columnOf(key) !== null) : null,
  after: parameters.get('after') ?? '',
  before: parameters.get('before') ?? '',
})

const orderText = ({ by, descends }: Order) => `${descends ? '-' : ''}${by}`

/** Only what differs from the plain page. */
export function parametersOf(view: View): URLSearchParams {
  const { kind, text, state, tag, project, order, bin, where, columns, after, before } = view
  const said: readonly (readonly [name: string, value: string | false | null])[] = [
    ['kind', kind && kind.toLowerCase()],
    ['text', text],
    ['state', state && state.toLowerCase()],
    ['tag', tag],
    ['project', project],
    ...where.map((one) => ['where', one] as const),
    ['order', orderText(order) !== orderText(NEWEST) && orderText(order)],
    ['bin', bin && '1'],
    ...(columns ?? []).map((key) => ['column', key] as const),
    ['after', after],
    ['before', before],
  ]
  const parameters = new URLSearchParams(said.flatMap(([name, value]) => (value ? [[name, value]] : [])))
  // That no column is chosen is a choice, too.
  if (columns?.length === 0) parameters.append('column', '')
  return parameters
}

/** Whether all runs are shown, of any kind. */
export const isWhole = (view: View): boolean =>
  [...parametersOf({ ...view, kind: null, order: NEWEST, columns: null })].length === 0

/** Whether a run that changes can be put in its place without asking: all runs, the newest first, from the first page on. */
export const isPlain = (view: View): boolean => isWhole(view) && orderText(view.order) === orderText(NEWEST)

/** The first page of a view that is narrowed, ordered or shown otherwise. */
export const changed = (view: View, change: Partial<View>): View => ({ ...view, after: '', before: '', ...change })

const COLUMNS: Readonly<Record<RunKind | 'ALL', readonly string[]>> = {
  ALL: ['metric:accuracy', 'metric:test-accuracy'],
  SEARCH: ['metric:accuracy', 'metric:validation-accuracy'],
  TRAINING: ['metric:test-accuracy'],
  LOGGED: ['metric:accuracy', 'metric:loss'],
}

export const columnsOf = ({ columns, kind }: View): Column[] =>
  (columns ?? COLUMNS[kind ?? 'ALL']).flatMap((key) => columnOf(key) ?? [])

/** What it is called where an order is chosen. */
export function orderTitle({ by, descends }: Order): string {
  if (by === 'created') return descends ? 'newest first' : 'oldest first'
  if (by === 'name') return descends ? 'by name, Z first' : 'by name'
  if (by === 'duration') return descends ? 'longest first' : 'shortest first'
  return `by ${titleOf(columnOf(by)!)}, ${descends ? 'greatest' : 'least'} first`
}

/** Orders that a view offers, and the one that it has. */
export function ordersOf(view: View): Order[] {
  const all = [...OWN_ORDERS, ...columnsOf(view).map(keyOf)].flatMap((by) => [
    { by, descends: by !== 'name' },
    { by, descends: by === 'name' },
  ])
  return all.some((one) => orderText(one) === orderText(view.order)) ? all : [...all, view.order]
}

export { orderText }

/** The order that a header asks for: the other way round where it has it, else the likelier way first. */
export function orderBy(view: View, by: string): Order {
  if (view.order.by === by) return { by, descends: !view.order.descends }
  const isLower = by === 'name' || /^setting:|loss|error/i.test(by)
  return { by, descends: !isLower }
}

/** What is asked of the API, and what is wrong with the conditions of an address. */
export function questionOf(view: View) {
  const { kind, text, state, tag, project, bin, where } = view
  const read = where.map(conditionOf)
  const { settings, metrics } = filtersOf(read.flatMap((one) => ('condition' in one ? [one.condition] : [])))
  const filter = {
    trashed: bin,
    ...(kind && { kinds: [kind] }),
    ...(text && { text }),
    ...(state && { states: [state] }),
    ...(tag && { tags: { all: [tag] } }),
    ...(project && { project }),
    ...(settings.length > 0 && { settings }),
    ...(metrics.length > 0 && { metrics }),
  }
  const withSettings = columnsOf(view).some(({ of }) => of === 'setting')
  const problems = read.flatMap((one) => ('condition' in one ? [] : [one.problem]))
  return { filter, order: orderAsked(view.order), ...pageOf(view), withSettings, problems }
}

const PAGE = 50

const pageOf = ({ after, before }: View) => (before ? { last: PAGE, before } : { first: PAGE, ...(after && { after }) })

function orderAsked({ by, descends }: Order) {
  const direction = descends ? ('DESC' as const) : ('ASC' as const)
  const column = columnOf(by)
  if (column?.of === 'setting') return { by: 'SETTING' as const, name: column.name, direction }
  if (column?.of === 'metric') return { by: 'METRIC' as const, name: column.name, pick: column.pick, direction }
  return { by: ({ created: 'CREATED_AT', name: 'NAME', duration: 'DURATION' } as const)[by as 'name'], direction }
}
