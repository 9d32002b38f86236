// What keeps a team whole: somebody always owns it.
import type { Role } from '@cellboard/schema/people'
import { conflict, notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { keyIn } from '../permissions/located.js'
import type { EntityManager } from '../store/orm.js'
import { MembershipTable, TeamTable, type MembershipRow, type TeamRow } from './team.table.js'

/** @throws NOT_FOUND, also where the viewer may not see it */
export async function findTeam({ em, rights }: Pick<Context, 'em' | 'rights'>, id: string): Promise<TeamRow> {
  const key = keyIn('team', id)
  const team = key === null ? null : await em.findOne(TeamTable, key)
  if (!team || !rights.seesTeam(team.id)) throw notFound('a team', id)
  return team
}

/** @throws NOT_FOUND */
export async function findMembership(em: EntityManager, teamId: number, user: string): Promise<MembershipRow> {
  const key = keyIn('user', user)
  const membership = key === null ? null : await em.findOne(MembershipTable, { teamId, userId: key })
  if (!membership) throw notFound('a member of this team', user)
  return membership
}

/** @throws CONFLICT where nobody would own the team any more */
export async function keepAnOwner(em: EntityManager, { teamId, userId, role }: MembershipRow, next: Role | null) {
  if (role !== 'owner' || next === 'owner') return
  const others = await em.count(MembershipTable, { teamId, role: 'owner', userId: { $ne: userId } })
  if (others === 0)
    throw conflict('Expected another owner to stay, but this is the only one. Make somebody else an owner first.')
}
