// The log of every run: appended, numbered within the run, never changed.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const EventTable = defineEntity({
  name: 'LoggedEvent',
  tableName: 'event',
  properties: {
    runId: p.integer().primary(),
    number: p.integer().primary(),
    /** Milliseconds since 1970. */
    time: p.integer(),
    type: p.string(),
    /** What makes a re-told event the same one, as in `epoch-finished:1:3`; null where it may happen again. */
    key: p.string().nullable(),
    data: p.text(),
  },
  uniques: [{ properties: ['runId', 'key'] }],
})
export type EventRow = InferEntity<typeof EventTable>
