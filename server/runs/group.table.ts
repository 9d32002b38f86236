// One row a group: runs that differ only in their seed. A run's row names its group.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const RunGroupTable = defineEntity({
  name: 'RunGroup',
  tableName: 'run_group',
  properties: {
    id: p.integer().primary().autoincrement(),
    name: p.string(),
    createdAt: p.datetime(),
    /** The group beside which this one stands as its random baseline. */
    baselineOf: p.integer().nullable().index(),
  },
})
export type RunGroupRow = InferEntity<typeof RunGroupTable>
