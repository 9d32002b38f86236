// One row a group: runs that differ only in their seed. A run's row names its group.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import { FIRST_PROJECT } from '../teams/first-team.js'

export const RunGroupTable = defineEntity({
  name: 'RunGroup',
  tableName: 'run_group',
  properties: {
    id: p.integer().primary().autoincrement(),
    name: p.string(),
    /** Where it belongs, with all its runs. */
    projectId: p.integer().default(FIRST_PROJECT).index(),
    createdBy: p.integer().nullable(),
    createdAt: p.datetime(),
    /** The group beside which this one stands as its random baseline. */
    baselineOf: p.integer().nullable().index(),
  },
})
export type RunGroupRow = InferEntity<typeof RunGroupTable>
