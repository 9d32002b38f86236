// Tokens that programs ask with: what of their holder's rights they carry, and until when. Kept as hashes.
import type { Scope } from '@cellboard/schema/people'
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const TokenTable = defineEntity({
  name: 'Token',
  tableName: 'token',
  properties: {
    id: p.integer().primary().autoincrement(),
    secretHash: p.string().unique(),
    /** Its first characters, by which a person knows it again. */
    beginning: p.string(),
    userId: p.integer().index(),
    name: p.string(),
    scopes: p.json<readonly Scope[]>(),
    /** The only project that it sees; null for all that its holder does. */
    projectId: p.integer().nullable(),
    createdBy: p.integer(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
})
export type Token = InferEntity<typeof TokenTable>
