// Links that show one thing to whoever has them, for reading, until they expire or are revoked.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const SHARED_KINDS = ['run', 'group', 'study', 'board'] as const
export type SharedKind = (typeof SHARED_KINDS)[number]

export const ShareLinkTable = defineEntity({
  name: 'ShareLink',
  tableName: 'share_link',
  properties: {
    id: p.integer().primary().autoincrement(),
    secretHash: p.string().unique(),
    kind: p.string().$type<SharedKind>(),
    /** Key of the row that is shown. */
    subjectId: p.integer(),
    /** Whose it is: taken from the subject when the link is made. */
    teamId: p.integer().index(),
    note: p.string(),
    createdBy: p.integer(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
})
export type ShareLinkRow = InferEntity<typeof ShareLinkTable>
