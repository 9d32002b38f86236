// What a run must be to be shown, as somebody types it: weightDecay = 3e-4, test-accuracy >= 94 %, space = s1, s2.
import { nearestNames } from '@cellboard/schema/nearest'
import { percentText } from '../charts/number-text.js'
import { columnOf, isShare, keyOf, titleOf, type Column } from './column.js'
import { fieldsOf, settingNames } from './known-settings.js'

const SIGNS = ['=', '>=', '<=', '>', '<'] as const
type Sign = (typeof SIGNS)[number]

export interface Condition {
  readonly column: Column
  readonly sign: Sign
  /** A number, on or off, or texts with commas between. */
  readonly value: string
}

/** What there is to ask for. */
export interface Names {
  readonly settings: readonly string[]
  readonly metrics: readonly string[]
}

/** A condition, or the sentence that says what is wrong with it. */
export type Read = { readonly condition: Condition } | { readonly problem: string }

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const SWITCH: Readonly<Record<string, 'on' | 'off'>> = { on: 'on', true: 'on', off: 'off', false: 'off' }

/** As it stands in an address: setting:batch >= 32 */
export const printCondition = ({ column, sign, value }: Condition): string => `${keyOf(column)} ${sign} ${value}`

/** As people read it. */
export function conditionText({ column, sign, value }: Condition): string {
  const shown = column.of === 'metric' && isShare(column.name) ? percentText(Number(value), 2) : value
  return `${titleOf(column)} ${sign.replace('>=', '≥').replace('<=', '≤')} ${shown}`
}

const split = (text: string) =>
  /^\s*(.*?)\s*(>=|<=|≥|≤|==|!=|≠|=|>|<)\s*(.*?)\s*$/.exec(text.slice(0, 500))?.slice(1) ?? null

/** Of an address. */
export function conditionOf(text: string): Read {
  const [key, sign, value] = split(text) ?? []
  const column = columnOf(key ?? '')
  if (column && sign && value) return check(column, sign, value)
  return {
    problem: `Expected a condition such as setting:batch >= 32 in the address, but received "${text.slice(0, 100)}".`,
  }
}

/** Of what somebody typed. */
export function readCondition(text: string, names: Names): Read {
  const [name, sign, value] = split(text) ?? []
  if (!name || !sign)
    return {
      problem: `Expected a setting or metric, a sign and a value, as in batch >= 32, but received "${text.slice(0, 100)}".`,
    }
  if (!value) return { problem: `Expected a value after ${name} ${sign}, but received none.` }
  const column = columnOf(name) ?? columnNamed(name, names)
  if (column) return check(column, sign, value)
  const nearest = nearestNames(name, [...new Set([...names.metrics, ...names.settings, ...settingNames()])])
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.join(' or ')}?` : ''
  return { problem: `Expected a setting or a metric of your runs, but received "${name.slice(0, 100)}".${hint}` }
}

/** testAccuracy, test_accuracy and test-accuracy are one. */
const plain = (name: string) => name.toLowerCase().replace(/[-_\s]/g, '')

function columnNamed(typed: string, names: Names): Column | null {
  const [, pick, name] = /^(?:(min|max|last)\s+)?(.*)$/i.exec(typed)!
  const settings = [...names.settings, ...settingNames()]
  const among = (known: readonly string[]) =>
    known.find((one) => one === name) ?? known.find((one) => plain(one) === plain(name!))
  const setting = pick ? undefined : among(settings)
  if (setting) return { of: 'setting', name: setting }
  const metric = among(names.metrics)
  const picked = (pick?.toUpperCase() ?? 'LAST') as 'LAST' | 'MIN' | 'MAX'
  return metric ? { of: 'metric', name: metric, pick: picked } : null
}

function check(column: Column, written: string, value: string): Read {
  const sign = { '≥': '>=', '≤': '<=', '==': '=' }[written] ?? written
  if (!SIGNS.includes(sign as Sign))
    return { problem: `Expected one of ${SIGNS.join(' ')} after ${titleOf(column)}, but received ${written}.` }
  const read = column.of === 'metric' ? metricValue(column.name, value) : settingValue(column.name, sign, value)
  return 'problem' in read ? read : { condition: { column, sign: sign as Sign, value: read.value } }
}

type Value = { readonly value: string } | { readonly problem: string }

const expected = (what: string, name: string, value: string): Value => ({
  problem: `Expected ${what} for ${name}, but received "${value.slice(0, 100)}".`,
})

const hundredth = (value: number) => String(Number((value / 100).toPrecision(12)))

/** An accuracy above 1 can only be meant as per cent. */
function metricValue(name: string, text: string): Value {
  const digits = text.replace(/\s*%$/, '')
  if (!NUMBER.test(digits)) return expected('a number', name, text)
  const value = Number(digits)
  const isPercent = digits !== text || (isShare(name) && value > 1)
  if (isPercent && isShare(name) && value > 100) return expected('at most 100 %', name, text)
  return { value: isPercent ? hundredth(value) : String(value) }
}

function settingValue(name: string, sign: string, text: string): Value {
  const fields = fieldsOf(name)
  const is = (kind: string) => fields.length > 0 && fields.every((field) => field.kind === kind)
  if (sign !== '=' || is('number')) {
    if (is('choice') || is('switch') || is('text'))
      return { problem: `Expected = after ${name}, but received ${sign}.` }
    return NUMBER.test(text) ? { value: String(Number(text)) } : expected('a number', name, text)
  }
  if (is('switch')) {
    const value = SWITCH[text.toLowerCase()]
    return value ? { value } : expected('on or off', name, text)
  }
  if (is('choice')) {
    const choices = [...new Set(fields.flatMap((field) => field.choices))]
    const wrong = listOf(text).find((one) => !choices.includes(one))
    if (wrong !== undefined) return expected(`one of ${choices.join(', ')}`, name, wrong)
  }
  return { value: text }
}

const listOf = (text: string) => text.split(',').map((one) => one.trim()).filter(Boolean) // prettier-ignore

const BOUNDS = { '>=': 'min', '<=': 'max', '>': 'above', '<': 'below' } as const

function settingFilter(name: string, sign: Sign, value: string) {
  if (sign !== '=') return { name, [BOUNDS[sign]]: Number(value) }
  const isText = fieldsOf(name).some(({ kind }) => kind === 'text' || kind === 'choice')
  if (!isText && NUMBER.test(value)) return { name, is: Number(value) }
  if (!isText && SWITCH[value]) return { name, on: value === 'on' }
  return { name, oneOf: listOf(value) }
}

/** As the API is asked. */
export const filtersOf = (conditions: readonly Condition[]) => ({
  settings: conditions.flatMap(({ column, sign, value }) =>
    column.of === 'setting' ? [settingFilter(column.name, sign, value)] : [],
  ),
  metrics: conditions.flatMap(({ column, sign, value }) => {
    if (column.of === 'setting') return []
    const bounds = sign === '=' ? { min: Number(value), max: Number(value) } : { [BOUNDS[sign]]: Number(value) }
    return [{ name: column.name, pick: column.pick, ...bounds }]
  }),
})
