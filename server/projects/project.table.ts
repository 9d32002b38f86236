// Projects of a team: where runs belong, and who may see them.
import type { Visibility } from '@cellboard/schema/people'
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const ProjectTable = defineEntity({
  name: 'Project',
  tableName: 'project',
  properties: {
    id: p.integer().primary().autoincrement(),
    teamId: p.integer(),
    name: p.string(),
    visibility: p.string().$type<Visibility>().default('private').index(),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['teamId', 'name'] }],
})
export type ProjectRow = InferEntity<typeof ProjectTable>
