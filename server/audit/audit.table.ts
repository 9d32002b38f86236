// Who did what: appended, never changed. The store itself refuses updates and deletes of these rows (a trigger in its migration).
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const AuditTable = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    id: p.integer().primary().autoincrement(),
    /** The team whose owners read it; null for what concerns no team, as a sign-in. */
    teamId: p.integer().nullable().index(),
    time: p.datetime(),
    /** Null for the server itself. */
    userId: p.integer().nullable().index(),
    /** The token that was used; null for a session. */
    tokenId: p.integer().nullable(),
    /** The mutation's name, or what else happened: `createToken`, `signInRefused`. */
    action: p.string(),
    /** Global id of what it was done to; empty where there is none. */
    subject: p.string(),
    /** What changed, for people to read; never a secret. */
    detail: p.json<Readonly<Record<string, unknown>>>(),
    requestId: p.string(),
  },
})
export type AuditRow = InferEntity<typeof AuditTable>
