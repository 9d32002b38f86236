// What the page of runs shows: kept in the address, so that a link restores it; and as the API is asked for it.
import type { RunKind } from '../run/run-list.js'

export const STATES = ['QUEUED', 'RUNNING', 'PAUSED', 'FINISHED', 'FAILED', 'CANCELLED'] as const
export type StateName = (typeof STATES)[number]

/** By what runs are ordered; `accuracy` is what the kind of run calls so. */
export const ORDERS = ['newest', 'oldest', 'name', 'accuracy', 'duration'] as const
export type OrderName = (typeof ORDERS)[number]

export const ORDER_TEXTS: Readonly<Record<OrderName, string>> = {
  newest: 'newest first',
  oldest: 'oldest first',
  name: 'by name',
  accuracy: 'best accuracy first',
  duration: 'longest first',
}

export interface View {
  readonly kind: RunKind | null
  readonly text: string
  readonly state: StateName | null
  readonly tag: string
  /** Global id. */
  readonly project: string
  readonly order: OrderName
  /** Shows what lies in the bin. */
  readonly bin: boolean
}

const among = <Value extends string>(values: readonly Value[], value: string | null | undefined): Value | null =>
  values.find((one) => one.toLowerCase() === value?.toLowerCase()) ?? null

/** What an address says; anything that is not known counts as not said. */
export const viewOf = (parameters: URLSearchParams): View => ({
  kind: among(['SEARCH', 'TRAINING'] as const, parameters.get('kind')),
  text: parameters.get('text')?.slice(0, 200) ?? '',
  state: among(STATES, parameters.get('state')),
  tag: parameters.get('tag') ?? '',
  project: parameters.get('project') ?? '',
  order: among(ORDERS, parameters.get('order')) ?? 'newest',
  bin: parameters.get('bin') === '1',
})

/** Only what differs from the plain page. */
export function parametersOf({ kind, text, state, tag, project, order, bin }: View): Record<string, string> {
  return {
    ...(kind && { kind: kind.toLowerCase() }),
    ...(text && { text }),
    ...(state && { state: state.toLowerCase() }),
    ...(tag && { tag }),
    ...(project && { project }),
    ...(order !== 'newest' && { order }),
    ...(bin && { bin: '1' }),
  }
}

/** Whether a run that changes can be put in its place without asking: all runs, the newest first. */
export const isPlain = (view: View): boolean => Object.keys(parametersOf({ ...view, kind: null })).length === 0

export const filterOf = ({ kind, text, state, tag, project, bin }: View) => ({
  trashed: bin,
  ...(kind && { kinds: [kind] }),
  ...(text && { text }),
  ...(state && { states: [state] }),
  ...(tag && { tags: { all: [tag] } }),
  ...(project && { project }),
})

export function orderOf({ order, kind }: View) {
  const accuracy = kind === 'TRAINING' ? 'test-accuracy' : 'accuracy'
  const orders = {
    newest: { by: 'CREATED_AT', direction: 'DESC' },
    oldest: { by: 'CREATED_AT', direction: 'ASC' },
    name: { by: 'NAME', direction: 'ASC' },
    accuracy: { by: 'METRIC', name: accuracy, pick: 'LAST', direction: 'DESC' },
    duration: { by: 'DURATION', direction: 'DESC' },
  } as const
  return orders[order]
}
