// A filter of runs as a condition of the store, every value bound.
import { nearestNames } from '@cellboard/schema/nearest'
import { searchSettingsSchema } from '@cellboard/schema/settings'
import { trainingSettingsSchema } from '@cellboard/schema/training-settings'
import { badField, badInput } from '../errors.js'
import { checkLength } from '../graphql/paging.js'
import { keyIn } from '../permissions/located.js'
import type { Rights } from '../people/rights.js'
import { rows, type EntityManager } from '../store/orm.js'
import { parseGroupId } from './group-id.js'
import { Pick } from './group.type.js'
import type { MetricFilter, RunFilter, SettingFilter } from './run-filter.input.js'

export type Bound = string | number | boolean
export interface Condition {
  readonly sql: string
  readonly values: readonly Bound[]
  /** The same as a query of the keys of runs, where an index answers it and it may be that few have it. */
  readonly ids?: { readonly sql: string; readonly values: readonly Bound[] }
}

/** Columns of metric_summary. */
export const PICKED = { [Pick.LAST]: 'last', [Pick.MIN]: 'min', [Pick.MAX]: 'max' } as const

const places = (list: readonly unknown[]) => (list.length === 0 ? 'null' : list.map(() => '?').join(', '))
const among = (column: string, list: readonly Bound[]): Condition => ({
  sql: `${column} in (${places(list)})`,
  values: list,
})

/** The runs that an asker sees. */
export function visible({ projects, shared }: Rights): Condition {
  const parts = [
    among('run.project_id', projects),
    ...(shared.run.size > 0 ? [among('run.id', [...shared.run])] : []),
    ...(shared.group.size > 0 ? [among('run.group_id', [...shared.group])] : []),
  ]
  return { sql: `(${parts.map(({ sql }) => sql).join(' or ')})`, values: parts.flatMap(({ values }) => values) }
}

const SETTING_NAMES = [
  ...new Set([...Object.keys(searchSettingsSchema.shape), ...Object.keys(trainingSettingsSchema.shape)]),
]

/**
 * Settings that a filter and an order name: known ones, or such as logged runs have that the asker sees.
 * @throws BAD_USER_INPUT with the nearest names, for a setting that none of these is
 */
export async function checkSettingNames(
  em: EntityManager,
  rights: Rights,
  named: readonly { readonly path: string; readonly name: string }[],
): Promise<void> {
  const seen = visible(rights)
  const sql = `select 1 as found from run_setting s join run on run.id = s.run_id where s.name = ? and ${seen.sql} limit 1`
  for (const { path, name } of named) {
    if (SETTING_NAMES.includes(name)) continue
    if ((await rows(em, sql, [name, ...seen.values])).length > 0) continue
    const nearest = nearestNames(name, SETTING_NAMES)
    throw badField(
      path,
      `Expected the key of a setting, but received "${name.slice(0, 100)}".${nearest.length > 0 ? ` Did you mean ${nearest.join(' or ')}?` : ''}`,
    )
  }
}

const MOST_CONDITIONS = 10
const MOST_TEXT = 200

/** All conditions of a filter. Ids of what is not there match nothing, as those of what may not be seen. */
export function filterConditions(filter: RunFilter): Condition[] {
  const found: Condition[] = [{ sql: `run.trashed_at is ${filter.trashed ? 'not ' : ''}null`, values: [] }]
  const add = (sql: string, ...values: Bound[]) => found.push({ sql, values })
  const id = (column: string, key: number | null) => add(`${column} = ?`, key ?? -1)
  if (filter.project != null) id('run.project_id', keyIn('project', filter.project))
  if (filter.team != null)
    add('run.project_id in (select id from project where team_id = ?)', keyIn('team', filter.team) ?? -1)
  if (filter.kinds) found.push(among('run.kind', filter.kinds))
  if (filter.states) found.push(among('run.state', filter.states))
  if (filter.methods) {
    const methods = filter.methods.map((method) => method.toLowerCase())
    add(`run.kind = 'search' and ${settingExists(`s.text in (${places(methods)})`)}`, 'method', ...methods)
  }
  if (filter.text != null && filter.text !== '') {
    if (filter.text.length > MOST_TEXT)
      throw badInput(`Expected at most ${MOST_TEXT} characters, but received ${filter.text.length}.`)
    const like = `%${filter.text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
    add(`(run.name like ? escape '\\' or run.notes like ? escape '\\')`, like, like)
  }
  for (const [key, column] of [
    ['createdAt', 'run.created_at'],
    ['finishedAt', 'run.finished_at'],
  ] as const) {
    const { from, to } = filter[key] ?? {}
    if (from) add(`${column} >= ?`, from.getTime())
    if (to) add(`${column} < ?`, to.getTime())
  }
  if (filter.createdBy != null) id('run.created_by', keyIn('user', filter.createdBy))
  if (filter.group != null) id('run.group_id', parseGroupId(filter.group))
  if (filter.architecture != null) add('run.architecture_hash = ?', filter.architecture.replace(/^architecture-/, ''))
  if (filter.pinned != null) add('run.pinned = ?', filter.pinned)
  found.push(...tagConditions(filter))
  checkLength('filter.settings', filter.settings ?? [], MOST_CONDITIONS)
  checkLength('filter.metrics', filter.metrics ?? [], MOST_CONDITIONS)
  filter.settings?.forEach((one) => found.push(settingCondition(one)))
  filter.metrics?.forEach((one) => found.push(metricCondition(one)))
  return found
}

const TAGGED = 'exists (select 1 from run_tag t where t.run_id = run.id and'

function* tagConditions({ tags }: RunFilter): Generator<Condition> {
  for (const list of [tags?.all, tags?.any, tags?.none]) checkLength('filter.tags', list ?? [], 50)
  for (const tag of tags?.all ?? []) {
    const ids = { sql: 'select t.run_id from run_tag t where t.tag = ?', values: [tag] }
    yield { sql: `${TAGGED} t.tag = ?)`, values: [tag], ids }
  }
  if (tags?.any) yield { sql: `${TAGGED} t.tag in (${places(tags.any)}))`, values: tags.any }
  if (tags?.none?.length) yield { sql: `not ${TAGGED} t.tag in (${places(tags.none)}))`, values: tags.none }
}

const settingExists = (condition: string) =>
  `exists (select 1 from run_setting s where s.run_id = run.id and s.name = ? and ${condition})`

function settingCondition({ name, oneOf, is, on, ...bounds }: SettingFilter): Condition {
  const parts: string[] = []
  const values: Bound[] = [name]
  const add = (sql: string, ...more: Bound[]) => {
    parts.push(sql)
    values.push(...more)
  }
  if (oneOf) add(`s.text in (${places(oneOf)})`, ...oneOf)
  if (is != null) add('s.number = ?', is)
  for (const [sql, bound] of boundsOf('s.number', bounds)) add(sql, bound)
  if (on != null) add('s.number = ?', Number(on))
  const condition = parts.length === 0 ? '1 = 1' : parts.join(' and ')
  const isExact = oneOf != null || is != null
  const ids = { sql: `select s.run_id from run_setting s where s.name = ? and ${condition}`, values }
  return { sql: settingExists(condition), values, ...(isExact && { ids }) }
}

interface Bounds {
  readonly min?: number | null
  readonly max?: number | null
  readonly above?: number | null
  readonly below?: number | null
}

const boundsOf = (column: string, { min, max, above, below }: Bounds): [sql: string, bound: number][] => {
  const given: [string, number | null | undefined][] = [
    ['>=', min],
    ['<=', max],
    ['>', above],
    ['<', below],
  ]
  return given.flatMap(([sign, bound]) => (bound == null ? [] : [[`${column} ${sign} ?`, bound]]))
}

function metricCondition({ name, pick, missing, ...bounds }: MetricFilter): Condition {
  const column = `m."${PICKED[pick ?? Pick.LAST]}"`
  const parts = ['m.metric = ?', `${column} is not null`]
  const values: Bound[] = [name]
  for (const [sql, bound] of boundsOf(column, bounds)) {
    parts.push(sql)
    values.push(bound)
  }
  const exists = `exists (select 1 from metric_summary m where m.run_id = run.id and ${parts.join(' and ')})`
  return { sql: missing ? `not ${exists}` : exists, values }
}
