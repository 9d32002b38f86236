// What lists of runs are filtered and ordered by besides the run's own columns: its settings one by one, and its tags.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const RunSettingTable = defineEntity({
  name: 'RunSetting',
  tableName: 'run_setting',
  properties: {
    runId: p.integer().primary(),
    name: p.string().primary(),
    /** Of a number or a truth value (0 or 1); null for a text. */
    number: p.double().$type<number>().nullable(),
    /** Of a text; null for a number. */
    text: p.string().nullable(),
  },
  indexes: [{ properties: ['name', 'number', 'runId'] }, { properties: ['name', 'text', 'runId'] }],
})
export type RunSettingRow = InferEntity<typeof RunSettingTable>

export const RunTagTable = defineEntity({
  name: 'RunTag',
  tableName: 'run_tag',
  properties: {
    runId: p.integer().primary(),
    tag: p.string().primary(),
  },
  indexes: [{ properties: ['tag', 'runId'] }],
})
export type RunTagRow = InferEntity<typeof RunTagTable>
