// Teams, who belongs to them in which role, and who is invited.
import type { Role } from '@cellboard/schema/people'
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const TeamTable = defineEntity({
  name: 'Team',
  tableName: 'team',
  properties: {
    id: p.integer().primary().autoincrement(),
    slug: p.string().unique(),
    name: p.string(),
    createdAt: p.datetime(),
  },
})
export type TeamRow = InferEntity<typeof TeamTable>

export const MembershipTable = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    teamId: p.integer().primary(),
    userId: p.integer().primary(),
    role: p.string().$type<Role>(),
    since: p.datetime(),
  },
  indexes: [{ properties: ['userId'] }],
})
export type MembershipRow = InferEntity<typeof MembershipTable>

export const InvitationTable = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  properties: {
    id: p.integer().primary().autoincrement(),
    teamId: p.integer().index(),
    role: p.string().$type<Role>(),
    /** Whom it is meant for, as the inviter wrote it; only for people to read. */
    note: p.string(),
    secretHash: p.string().unique(),
    createdBy: p.integer(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    usedBy: p.integer().nullable(),
    revokedAt: p.datetime().nullable(),
  },
})
export type InvitationRow = InferEntity<typeof InvitationTable>
