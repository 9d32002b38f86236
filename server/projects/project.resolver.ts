// Projects: making them, who sees them, and moving runs between them.
import type { Visibility } from '@cellboard/schema/people'
import type { Role } from '@cellboard/schema/people'
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { badField, conflict, forbidden, notFound } from '../errors.js'
import { checkedName } from '../graphql/checked-text.js'
import type { Context } from '../graphql/context.js'
import { checkLength } from '../graphql/paging.js'
import { RoleEnum, VisibilityEnum } from '../people/people.enums.js'
import { userByKey } from '../people/shown.js'
import { User } from '../people/viewer.type.js'
import { keyIn } from '../permissions/located.js'
import { RunGroupTable, type RunGroupRow } from '../runs/group.table.js'
import { RunGroup } from '../runs/group.type.js'
import { findRun } from '../runs/run-id.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import { Run } from '../runs/run.type.js'
import { findTeam } from '../teams/rules.js'
import { TeamTable, type TeamRow } from '../teams/team.table.js'
import { Team } from '../teams/team.type.js'
import { ProjectTable, type ProjectRow } from './project.table.js'
import { Project } from './project.type.js'

const MOST_MOVED = 200

export const projectId = (key: number): string => `project-${key}`

/** @throws NOT_FOUND, also where the viewer may not see it */
export async function findProject({ em, rights }: Pick<Context, 'em' | 'rights'>, id: string): Promise<ProjectRow> {
  const key = keyIn('project', id)
  const project = key === null ? null : await em.findOne(ProjectTable, key)
  if (!project || !rights.seesProject(project.id)) throw notFound('a project', id)
  return project
}

@Resolver(() => Project)
export class ProjectResolver {
  @Query(() => Project, {
    description: 'A project by the slug of its team and its name; NOT_FOUND where the viewer sees none.',
  })
  async project(
    @Arg('team', () => String, { description: 'Slug of the team.' }) slug: string,
    @Arg('name', () => String, { description: 'Name of the project.' }) name: string,
    @Ctx() { em, rights }: Context,
  ): Promise<ProjectRow> {
    const team = await em.findOne(TeamTable, { slug })
    const project = team && (await em.findOne(ProjectTable, { teamId: team.id, name }))
    if (!project || !rights.seesProject(project.id)) throw notFound('a project', `${slug}/${name}`)
    return project
  }

  @Mutation(() => Project, { description: 'Makes a project. Only owners make public ones.' })
  async createProject(
    @Arg('team', () => ID, { description: 'The team.' }) id: string,
    @Arg('name', () => String, { description: '1 to 100 characters, unique within the team.' }) name: string,
    @Arg('visibility', () => VisibilityEnum, {
      nullable: true,
      defaultValue: 'private',
      description: 'Who sees it besides the team.',
    })
    visibility: Visibility | null,
    @Ctx() context: Context,
  ): Promise<ProjectRow> {
    const { em, rights, house, noted } = context
    const team = await findTeam(context, id)
    const known = checkedName(name)
    if (visibility === 'public' && !rights.mayInTeam(team.id, 'owner')) throw onlyOwners()
    await claimName(context, team.id, known, null)
    const row = { teamId: team.id, name: known, visibility: visibility ?? 'private', createdAt: new Date() }
    const project = em.create(ProjectTable, row)
    await em.persistAndFlush(project)
    rights.see(project)
    Object.assign(noted, { subject: projectId(project.id), detail: { name, visibility: project.visibility } })
    house.lines.askAgain('everyone')
    return project
  }

  @Mutation(() => Project, {
    description: 'Changes the name of a project or who sees it; what is left out stays. Only owners make it public.',
  })
  async setProject(
    @Arg('id', () => ID, { description: 'The project.' }) id: string,
    @Arg('name', () => String, { nullable: true, description: '1 to 100 characters.' }) name: string | null,
    @Arg('visibility', () => VisibilityEnum, { nullable: true, description: 'Who sees it besides the team.' })
    visibility: Visibility | null,
    @Ctx() context: Context,
  ): Promise<ProjectRow> {
    const { em, rights, house, noted } = context
    const project = await findProject(context, id)
    const known = name == null ? project.name : checkedName(name)
    if (visibility === 'public' && !rights.mayInTeam(project.teamId, 'owner')) throw onlyOwners()
    await claimName(context, project.teamId, known, project.id)
    Object.assign(noted, { subject: id, detail: { name, visibility } })
    em.assign(project, { name: known, visibility: visibility ?? project.visibility })
    await em.flush()
    // Whoever saw it because it was public asks again, and finds nothing.
    if (visibility != null) house.lines.askAgain('everyone')
    return project
  }

  @Mutation(() => [Run], {
    description: 'Moves runs into another project in which the viewer is a member too; groups only whole.',
  })
  async moveRuns(
    @Arg('runs', () => [ID], { description: `1 to ${MOST_MOVED} runs.` }) ids: string[],
    @Arg('project', () => ID, { description: 'Where to.' }) to: string,
    @Ctx() context: Context,
  ): Promise<RunRow[]> {
    const { em, rights, house, noted } = context
    checkLength('runs', ids, MOST_MOVED)
    const project = await findProject(context, to)
    if (!rights.mayInProject(project.id, 'member'))
      throw forbidden('Expected the role member or above in that project.')
    const runs = await Promise.all(ids.map((id) => findRun(context, id)))
    const keys = new Set(runs.map(({ id }) => id))
    for (const groupId of new Set(runs.flatMap((run) => run.groupId ?? []))) {
      const left = (await em.find(RunTable, { groupId })).filter(({ id }) => !keys.has(id))
      if (left.length === 0) continue
      throw badField('runs', `Expected all runs of a group, but ${left.length} of its runs would stay behind.`)
    }
    await em.transactional(async (em) => {
      await em.nativeUpdate(RunTable, { id: { $in: [...keys] } }, { projectId: project.id })
      const groups = runs.flatMap((run) => run.groupId ?? [])
      await em.nativeUpdate(RunGroupTable, { id: { $in: groups } }, { projectId: project.id })
    })
    Object.assign(noted, { teamId: project.teamId, subject: to, detail: { runs: ids } })
    // Who may no longer see them is told nothing more of them.
    house.lines.askAgain('everyone')
    return em.find(RunTable, { id: { $in: [...keys] } }, { refresh: true })
  }

  @FieldResolver(() => ID, { description: 'As in project-1.' })
  id(@Root() project: ProjectRow): string {
    return projectId(project.id)
  }

  @FieldResolver(() => Team, { description: 'Whose it is.' })
  team(@Root() project: ProjectRow, @Ctx() { loaders }: Context): Promise<TeamRow | null> {
    return loaders.team.load(project.teamId)
  }

  @FieldResolver(() => RoleEnum, {
    nullable: true,
    description: "The viewer's; null for who sees it because it is public.",
  })
  role(@Root() project: ProjectRow, @Ctx() { rights }: Context): Role | null {
    return rights.roleInProject(project.id)
  }
}

const onlyOwners = () => forbidden('Expected the role owner in this team, to show a project to everybody.')

async function claimName({ em }: Context, teamId: number, name: string, own: number | null): Promise<void> {
  const holder = await em.findOne(ProjectTable, { teamId, name })
  if (holder && holder.id !== own)
    throw conflict(`Expected a name that no project of this team has, but "${name}" is taken.`)
}

@Resolver(() => Run)
export class ProjectOfRunResolver {
  @FieldResolver(() => Project, {
    nullable: true,
    description: 'Where it belongs; null for who sees the run by a share link.',
  })
  project(@Root() run: RunRow, @Ctx() context: Context): Promise<ProjectRow | null> {
    return projectOf(context, run)
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who asked for it; null where the server did, and for who is not of its team.',
  })
  createdBy(@Root() run: RunRow, @Ctx() context: Context): Promise<User | null> {
    return makerOf(context, run)
  }
}

@Resolver(() => RunGroup)
export class ProjectOfGroupResolver {
  @FieldResolver(() => Project, {
    nullable: true,
    description: 'Where it belongs; null for who sees the group by a share link.',
  })
  project(@Root() group: RunGroupRow, @Ctx() context: Context): Promise<ProjectRow | null> {
    return projectOf(context, group)
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who asked for it; null where the server did, and for who is not of its team.',
  })
  createdBy(@Root() group: RunGroupRow, @Ctx() context: Context): Promise<User | null> {
    return makerOf(context, group)
  }
}

type Made = Pick<RunRow, 'projectId' | 'createdBy'>

const projectOf = async ({ loaders, rights }: Context, { projectId }: Made): Promise<ProjectRow | null> =>
  rights.seesProject(projectId) ? loaders.project.load(projectId) : null

const makerOf = async (context: Context, { projectId, createdBy }: Made): Promise<User | null> =>
  context.rights.roleInProject(projectId) === null ? null : userByKey(context, createdBy)
