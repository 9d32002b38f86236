// Teams: making them, who belongs to them, and what of them the viewer sees.
import { slugSchema, type Role } from '@cellboard/schema/people'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { badField, conflict, notFound } from '../errors.js'
import { checkedName } from '../graphql/checked-text.js'
import type { Context } from '../graphql/context.js'
import { cursorOf, PageArgs, pageOf, readKeyedArgs } from '../graphql/paging.js'
import { RoleEnum } from '../people/people.enums.js'
import { shownUser } from '../people/shown.js'
import { UserTable } from '../people/user.table.js'
import { User, Viewer } from '../people/viewer.type.js'
import { ProjectTable, type ProjectRow } from '../projects/project.table.js'
import { Project } from '../projects/project.type.js'
import { mergeTeams } from './merge.js'
import { findMembership, findTeam, keepAnOwner } from './rules.js'
import { MembershipTable, TeamTable, type MembershipRow, type TeamRow } from './team.table.js'
import { Membership, MembershipConnection, Team } from './team.type.js'

export const teamId = (key: number): string => `team-${key}`

@Resolver(() => Team)
export class TeamResolver {
  @Query(() => Team, { description: 'A team by its slug; NOT_FOUND where there is none that the viewer sees.' })
  async team(
    @Arg('slug', () => String, { description: 'As it stands in addresses.' }) slug: string,
    @Ctx() { em, rights }: Context,
  ): Promise<TeamRow> {
    const team = await em.findOne(TeamTable, { slug })
    if (!team || !rights.seesTeam(team.id)) throw notFound('a team', slug)
    return team
  }

  @Mutation(() => Team, { description: 'Makes a team, owned by the viewer, with a first project named main.' })
  async createTeam(
    @Arg('slug', () => String, { description: 'For addresses: 1 to 40 small letters, digits and dashes.' })
    slug: string,
    @Arg('name', () => String, { description: '1 to 100 characters.' }) name: string,
    @Ctx() { em, asker, rights, noted, house }: Context,
  ): Promise<TeamRow> {
    const parsed = slugSchema.safeParse(slug)
    if (!parsed.success) throw badField('slug', parsed.error.issues[0]!.message)
    const now = new Date()
    const known = checkedName(name)
    const team = await em.transactional(async (em) => {
      if (await em.findOne(TeamTable, { slug })) throw conflict(`Expected a slug that is free, but "${slug}" is taken.`)
      const row = em.create(TeamTable, { slug, name: known, createdAt: now })
      await em.persistAndFlush(row)
      await em.insert(MembershipTable, { teamId: row.id, userId: asker.user!.id, role: 'owner', since: now })
      const project = em.create(ProjectTable, { teamId: row.id, name: 'main', visibility: 'private', createdAt: now })
      await em.persistAndFlush(project)
      rights.join(row.id, 'owner')
      rights.see(project)
      return row
    })
    Object.assign(noted, { teamId: team.id, subject: teamId(team.id), detail: { name, slug } })
    house.lines.askAgain(`user:${asker.user!.id}`)
    return team
  }

  @Mutation(() => Team, { description: 'Changes the name of a team; its slug stays, so that addresses hold.' })
  async renameTeam(
    @Arg('id', () => ID, { description: 'The team.' }) id: string,
    @Arg('name', () => String, { description: '1 to 100 characters.' }) name: string,
    @Ctx() context: Context,
  ): Promise<TeamRow> {
    const team = await findTeam(context, id)
    Object.assign(context.noted, { subject: id, detail: { from: team.name, to: name } })
    context.em.assign(team, { name: checkedName(name) })
    await context.em.flush()
    return team
  }

  @Mutation(() => Team, {
    description:
      'Makes two teams one: members, projects, links and boards of the first belong to the second, entries too, and boards are ranked anew. It cannot be undone.',
  })
  async mergeTeams(
    @Arg('from', () => ID, { description: 'The team that ends.' }) from: string,
    @Arg('into', () => ID, { description: 'The team that stays.' }) into: string,
    @Ctx() context: Context,
  ): Promise<TeamRow> {
    const { em, house, noted } = context
    const [ends, stays] = [await findTeam(context, from), await findTeam(context, into)]
    const { boards, members } = await mergeTeams(em, ends, stays)
    for (const board of boards) house.boardBells.ring(board)
    for (const member of members) house.lines.askAgain(`user:${member}`)
    Object.assign(noted, {
      teamId: stays.id,
      subject: into,
      detail: { team: teamId(ends.id), name: ends.name, slug: ends.slug },
    })
    return stays
  }

  @Mutation(() => Membership, {
    description: 'Gives a member another role, with effect on what they have open. CONFLICT for the last owner.',
  })
  async setRole(
    @Arg('team', () => ID, { description: 'The team.' }) id: string,
    @Arg('user', () => ID, { description: 'The member.' }) user: string,
    @Arg('role', () => RoleEnum, { description: 'What they may from now on.' }) role: Role,
    @Ctx() context: Context,
  ): Promise<MembershipRow> {
    const { em, house, noted } = context
    const membership = await findMembership(em, (await findTeam(context, id)).id, user)
    await keepAnOwner(em, membership, role)
    Object.assign(noted, { subject: user, detail: { from: membership.role, to: role } })
    em.assign(membership, { role })
    await em.flush()
    house.lines.askAgain(`user:${membership.userId}`)
    return membership
  }

  @Mutation(() => Boolean, {
    description: 'Takes somebody out of a team: an owner anybody, everybody themselves. CONFLICT for the last owner.',
  })
  async removeMember(
    @Arg('team', () => ID, { description: 'The team.' }) id: string,
    @Arg('user', () => ID, { description: 'The member.' }) user: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const { em, house, noted, asker, rights } = context
    const team = await findTeam(context, id)
    const membership = await findMembership(em, team.id, user)
    const isOwn = membership.userId === asker.user!.id
    if (!isOwn && !rights.mayInTeam(team.id, 'owner')) throw notFound('a member of this team that you may remove', user)
    await keepAnOwner(em, membership, null)
    Object.assign(noted, { teamId: team.id, subject: user, detail: { role: membership.role } })
    await em.nativeDelete(MembershipTable, { teamId: team.id, userId: membership.userId })
    // A service account is nobody outside its team.
    await em.nativeUpdate(UserTable, { id: membership.userId, serviceOf: team.id }, { disabledAt: new Date() })
    house.lines.askAgain(`user:${membership.userId}`)
    return true
  }

  @FieldResolver(() => ID, { description: 'As in team-1.' })
  id(@Root() team: TeamRow): string {
    return teamId(team.id)
  }

  @FieldResolver(() => RoleEnum, {
    nullable: true,
    description: "The viewer's; null for who only sees a public project of it.",
  })
  role(@Root() team: TeamRow, @Ctx() { rights }: Context): Role | null {
    return rights.teams.get(team.id) ?? null
  }

  @FieldResolver(() => [Project], { description: 'Those that the viewer sees, by name; at most 200.' })
  projects(@Root() team: TeamRow, @Ctx() { em, rights }: Context): Promise<ProjectRow[]> {
    const seen = { teamId: team.id, id: { $in: rights.projects } }
    return em.find(ProjectTable, seen, { orderBy: { name: 'asc' }, limit: 200 })
  }

  @FieldResolver(() => MembershipConnection, { description: 'Who belongs to it, in the order in which they came.' })
  async members(
    @Root() team: TeamRow,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { em }: Context,
  ): Promise<MembershipConnection> {
    const reading = readKeyedArgs(page)
    const { isBackward, size, key } = reading
    const all = { teamId: team.id }
    const wanted = key === null ? all : { ...all, userId: isBackward ? { $lt: key } : { $gt: key } }
    const orderBy = { userId: isBackward ? 'desc' : 'asc' } as const
    const found = await em.find(MembershipTable, wanted, { orderBy, limit: size + 1 })
    return {
      ...pageOf(found, reading, ({ userId }) => cursorOf(userId)),
      totalCount: await em.count(MembershipTable, all),
    }
  }
}

@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => Team, { description: 'The team.' })
  team(@Root() { teamId }: MembershipRow, @Ctx() { loaders }: Context): Promise<TeamRow | null> {
    return loaders.team.load(teamId)
  }

  @FieldResolver(() => User, { description: 'The member.' })
  async user(@Root() { userId }: MembershipRow, @Ctx() { loaders }: Context): Promise<User> {
    return shownUser((await loaders.user.load(userId))!)
  }
}

@Resolver(() => Viewer)
export class ViewerTeamsResolver {
  @FieldResolver(() => [Membership], { description: 'The own teams, with the role in each; at most 200.' })
  async memberships(@Ctx() { em, asker, rights }: Context): Promise<MembershipRow[]> {
    const own = { userId: asker.user!.id, teamId: { $in: [...rights.teams.keys()] } }
    return em.find(MembershipTable, own, { orderBy: { teamId: 'asc' }, limit: 200 })
  }

  @FieldResolver(() => [Project], { description: 'Projects in which the viewer has a role, by name; at most 200.' })
  async projects(@Ctx() { em, rights }: Context): Promise<ProjectRow[]> {
    const own = rights.projects.filter((id) => rights.roleInProject(id) !== null)
    return em.find(ProjectTable, { id: { $in: own } }, { orderBy: { name: 'asc' }, limit: 200 })
  }
}
