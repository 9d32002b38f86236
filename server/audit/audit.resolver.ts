// The audit log of a team, for its owners.
import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { PageArgs, readPage } from '../graphql/paging.js'
import { keyIn } from '../permissions/located.js'
import { tokenId } from '../people/shown.js'
import { userByKey } from '../people/shown.js'
import { User } from '../people/viewer.type.js'
import type { EntityManager } from '../store/orm.js'
import type { TeamRow } from '../teams/team.table.js'
import { Team } from '../teams/team.type.js'
import { AuditTable, type AuditRow } from './audit.table.js'
import { AuditConnection, AuditEntry } from './audit.type.js'

@Resolver(() => Team)
export class AuditOfTeamResolver {
  @FieldResolver(() => AuditConnection, { description: 'Who did what, the newest first.' })
  async audit(
    @Root() team: TeamRow,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('action', () => String, { nullable: true, description: 'Only of this mutation.' }) action: string | null,
    @Arg('user', () => ID, { nullable: true, description: 'Only by this one.' }) user: string | null,
    @Ctx() { em, rights }: Context,
  ): Promise<AuditConnection> {
    const who = user == null ? {} : { userId: keyIn('user', user) ?? -1 }
    const teams = await teamsIn(em, team.id)
    for (const id of teams) rights.join(id, rights.teams.get(team.id)!)
    return readPage(em, AuditTable, { teamId: { $in: teams }, ...(action != null && { action }), ...who }, page)
  }
}

/** The team, and those that were merged into it: what was done in them stays written as it was. */
async function teamsIn(em: EntityManager, id: number): Promise<number[]> {
  const teams = [id]
  for (const teamId of teams) {
    const merged = await em.find(AuditTable, { teamId, action: 'mergeTeams' }, { disableIdentityMap: true })
    for (const { detail } of merged) {
      const key = typeof detail.team === 'string' ? keyIn('team', detail.team) : null
      if (key !== null && !teams.includes(key)) teams.push(key)
    }
  }
  return teams
}

@Resolver(() => AuditEntry)
export class AuditEntryResolver {
  @FieldResolver(() => ID, { description: 'As in audit-1.' })
  id(@Root() { id }: AuditRow): string {
    return `audit-${id}`
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who; null for the server itself.' })
  user(@Root() { userId }: AuditRow, @Ctx() context: Context): Promise<User | null> {
    return userByKey(context, userId)
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The token that spoke for them; null where they were signed in.',
  })
  token(@Root() { tokenId: key }: AuditRow): string | null {
    return key == null ? null : tokenId(key)
  }
}
