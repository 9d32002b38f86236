// Who may sign in, and the service accounts that only tokens speak for.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const UserTable = defineEntity({
  name: 'User',
  tableName: 'user',
  properties: {
    id: p.integer().primary().autoincrement(),
    name: p.string(),
    /** What a person signs in with, in small letters; null until they chose one, and for service accounts. */
    email: p.string().nullable().unique(),
    /** Argon2id, with its parameters in it; null where no password was set. */
    passwordHash: p.string().nullable(),
    /** The team that a service account works for; null for people. */
    serviceOf: p.integer().nullable().index(),
    createdAt: p.datetime(),
    /** Since when nobody can sign in or ask with a token as this user. */
    disabledAt: p.datetime().nullable(),
  },
})
export type User = InferEntity<typeof UserTable>
