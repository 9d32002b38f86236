// Service accounts: users of a team for whom only tokens speak.
import { isAtLeast, type Role } from '@cellboard/schema/people'
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql'
import { forbidden } from '../errors.js'
import { checkedName } from '../graphql/checked-text.js'
import type { Context } from '../graphql/context.js'
import { RoleEnum } from '../people/people.enums.js'
import { shownToken, shownUser, userId } from '../people/shown.js'
import { TokenTable } from '../people/token.table.js'
import { UserTable } from '../people/user.table.js'
import { Token } from '../people/viewer.type.js'
import { keyIn } from '../permissions/located.js'
import { findTeam } from './rules.js'
import { MembershipTable, type TeamRow } from './team.table.js'
import { ServiceAccount, Team } from './team.type.js'

@Resolver(() => ServiceAccount)
export class ServiceAccountResolver {
  @Mutation(() => ServiceAccount, {
    description: 'Makes an account for programs of a team, with a role no higher than the own.',
  })
  async createServiceAccount(
    @Arg('team', () => ID, { description: 'The team.' }) id: string,
    @Arg('name', () => String, { description: '1 to 100 characters.' }) name: string,
    @Arg('role', () => RoleEnum, { description: 'What it may.' }) role: Role,
    @Ctx() context: Context,
  ): Promise<ServiceAccount> {
    const { em, rights, noted } = context
    const team = await findTeam(context, id)
    if (!isAtLeast(rights.teams.get(team.id)!, role)) throw forbidden('Expected a role no higher than your own.')
    const now = new Date()
    const user = em.create(UserTable, { name: checkedName(name), serviceOf: team.id, createdAt: now })
    await em.transactional(async (em) => {
      await em.persistAndFlush(user)
      await em.insert(MembershipTable, { teamId: team.id, userId: user.id, role, since: now })
    })
    Object.assign(noted, { subject: userId(user.id), detail: { name, role } })
    return { user: shownUser(user), role }
  }

  @FieldResolver(() => [Token], { description: 'Its tokens, the newest first; at most 100.' })
  async tokens(@Root() { user }: ServiceAccount, @Ctx() { em }: Context): Promise<Token[]> {
    const row = await em.findOneOrFail(UserTable, keyIn('user', user.id)!)
    const found = await em.find(TokenTable, { userId: row.id }, { orderBy: { id: 'desc' }, limit: 100 })
    return found.map((token) => shownToken(token, row))
  }
}

@Resolver(() => Team)
export class ServiceAccountsOfTeamResolver {
  @FieldResolver(() => [ServiceAccount], { description: 'By name; at most 100. They are taken out as members are.' })
  async serviceAccounts(@Root() team: TeamRow, @Ctx() { em }: Context): Promise<ServiceAccount[]> {
    const live = { serviceOf: team.id, disabledAt: null }
    const users = await em.find(UserTable, live, { orderBy: { name: 'asc' }, limit: 100 })
    const members = await em.find(MembershipTable, { teamId: team.id, userId: { $in: users.map(({ id }) => id) } })
    return users.flatMap((user) => {
      const role = members.find((one) => one.userId === user.id)?.role
      return role ? [{ user: shownUser(user), role }] : []
    })
  }
}
