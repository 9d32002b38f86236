// Who stands where on a board, now and at any time before; and how many stand in each stretch of it, so that a rank is a short sum.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

/** One entry in one place: from when it took it until it left it or the rules changed. */
export const StandingTable = defineEntity({
  name: 'Standing',
  tableName: 'board_standing',
  properties: {
    id: p.integer().primary().autoincrement(),
    boardId: p.integer(),
    entryId: p.integer().index(),
    teamId: p.integer().nullable(),
    /** Orders a board: the least comes first (sort-key.ts). */
    sortKey: p.string(),
    score: p.double().$type<number>(),
    /** Milliseconds since 1970. */
    since: p.bigint('number'),
    /** Milliseconds since 1970; null for what stands now. */
    until: p.bigint('number').nullable(),
    isNow: p.boolean(),
  },
  indexes: [
    { properties: ['boardId', 'isNow', 'sortKey', 'entryId'] },
    { properties: ['boardId', 'isNow', 'teamId', 'sortKey'] },
    { properties: ['boardId', 'since'] },
    { properties: ['boardId', 'until'] },
  ],
})
export type StandingRow = InferEntity<typeof StandingTable>

/** A stretch of a board's keys from `low` up to the next stretch's. */
export const StretchTable = defineEntity({
  name: 'Stretch',
  tableName: 'board_stretch',
  properties: {
    boardId: p.integer().primary(),
    low: p.string().primary(),
    count: p.integer(),
  },
})
export type StretchRow = InferEntity<typeof StretchTable>
