// The audit log of a team, for its owners.
import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { PageArgs, readPage } from '../graphql/paging.js'
import { keyIn } from '../permissions/located.js'
import { tokenId } from '../people/shown.js'
import { userByKey } from '../people/shown.js'
import { User } from '../people/viewer.type.js'
import type { TeamRow } from '../teams/team.table.js'
import { Team } from '../teams/team.type.js'
import { AuditTable, type AuditRow } from './audit.table.js'
import { AuditConnection, AuditEntry } from './audit.type.js'

@Resolver(() => Team)
export class AuditOfTeamResolver {
  @FieldResolver(() => AuditConnection, { description: 'Who did what, the newest first.' })
  audit(
    @Root() team: TeamRow,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('action', () => String, { nullable: true, description: 'Only of this mutation.' }) action: string | null,
    @Arg('user', () => ID, { nullable: true, description: 'Only by this one.' }) user: string | null,
    @Ctx() { em }: Context,
  ): Promise<AuditConnection> {
    const who = user == null ? {} : { userId: keyIn('user', user) ?? -1 }
    return readPage(em, AuditTable, { teamId: team.id, ...(action != null && { action }), ...who }, page)
  }
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
