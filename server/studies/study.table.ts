// Studies: groups of runs of a project that are looked at side by side, with notes.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const StudyTable = defineEntity({
  name: 'Study',
  tableName: 'study',
  properties: {
    id: p.integer().primary().autoincrement(),
    projectId: p.integer().index(),
    name: p.string(),
    notes: p.text().default(''),
    createdBy: p.integer(),
    createdAt: p.datetime(),
  },
})
export type StudyRow = InferEntity<typeof StudyTable>

export const StudyGroupTable = defineEntity({
  name: 'StudyGroup',
  tableName: 'study_group',
  properties: {
    studyId: p.integer().primary(),
    groupId: p.integer().primary(),
    /** What it is called in this study, as in a legend. */
    label: p.string().default(''),
    place: p.integer().default(0),
  },
})
export type StudyGroupRow = InferEntity<typeof StudyGroupTable>
