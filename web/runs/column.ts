// A column of the list of runs that somebody chose: a setting, or one value of a metric. Its key stands in addresses.
import { numberText, percentText } from '../charts/number-text.js'

export const PICKS = ['LAST', 'MIN', 'MAX'] as const
export type Pick = (typeof PICKS)[number]

export type Column =
  | { readonly of: 'setting'; readonly name: string }
  | { readonly of: 'metric'; readonly name: string; readonly pick: Pick }

/** setting:batch, metric:loss, metric.min:loss */
export const keyOf = (column: Column): string =>
  column.of === 'setting'
    ? `setting:${column.name}`
    : `metric${column.pick === 'LAST' ? '' : `.${column.pick.toLowerCase()}`}:${column.name}`

/** Null for what is no key of a column. */
export function columnOf(key: string): Column | null {
  const [, of, pick, name] = /^(setting|metric)(?:\.(min|max))?:(.{1,200})$/.exec(key) ?? []
  if (!name) return null
  if (of === 'setting') return pick ? null : { of, name }
  return { of: 'metric', name, pick: (pick?.toUpperCase() as Pick | undefined) ?? 'LAST' }
}

/** As a column is headed and a condition is typed: batch, loss, min loss. */
export const titleOf = (column: Column): string =>
  column.of === 'setting' || column.pick === 'LAST' ? column.name : `${column.pick.toLowerCase()} ${column.name}`

/** What searches and trainings log as a share of 0 to 1, and people read as per cent. */
export const isShare = (metric: string): boolean => /^(train-|validation-|test-)?accuracy$/.test(metric)

interface Valued {
  readonly settings?: object
  readonly metrics: readonly {
    readonly name: string
    readonly last: number | null
    readonly min: number | null
    readonly max: number | null
  }[]
}

const settingText = (value: unknown): string | null => {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** The very value that an order by this column orders by; null where a run has none. */
export function textOf(column: Column, { settings, metrics }: Valued): string | null {
  if (column.of === 'setting')
    return settingText((settings as Readonly<Record<string, unknown>> | undefined)?.[column.name])
  const summary = metrics.find(({ name }) => name === column.name)
  const value = summary?.[column.pick.toLowerCase() as 'last' | 'min' | 'max'] ?? null
  if (value === null) return null
  return isShare(column.name) && Math.abs(value) <= 1 ? percentText(value, 2) : numberText(value)
}
