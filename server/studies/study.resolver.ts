// Studies: making them, what groups they hold, and what these come to side by side.
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { conflict, notFound } from '../errors.js'
import { checkedName, checkedNotes } from '../graphql/checked-text.js'
import type { Context } from '../graphql/context.js'
import { PageArgs, readPage } from '../graphql/paging.js'
import { aggregate } from '../metrics/aggregate.js'
import { keyIn } from '../permissions/located.js'
import { findProject } from '../projects/project.resolver.js'
import type { ProjectRow } from '../projects/project.table.js'
import { Project } from '../projects/project.type.js'
import { findGroup } from '../runs/group-id.js'
import { Pick } from '../runs/group.type.js'
import { StudyGroupTable, StudyTable, type StudyRow } from './study.table.js'
import { Study, StudyConnection, StudyFigure, StudyGroup } from './study.type.js'

const MOST_GROUPS = 50
const VALUES = { LAST: 'last', MIN: 'min', MAX: 'max' } as const

export const studyId = (key: number): string => `study-${key}`

interface Asked {
  readonly em: Context['em']
  readonly rights: Context['rights']
}

/** @throws NOT_FOUND, also where the viewer may not see it */
async function findStudy({ em, rights }: Asked, id: string): Promise<StudyRow> {
  const key = keyIn('study', id)
  const study = key === null ? null : await em.findOne(StudyTable, key)
  if (!study || !rights.seesStudy(study)) throw notFound('a study', id)
  return study
}

@Resolver(() => Study)
export class StudyResolver {
  @Query(() => Study, { description: 'One study by its global id; NOT_FOUND where the viewer sees none.' })
  study(
    @Arg('id', () => ID, { description: 'As in study-1.' }) id: string,
    @Ctx() context: Context,
  ): Promise<StudyRow> {
    return findStudy(context, id)
  }

  @Mutation(() => Study, { description: 'Makes a study in a project.' })
  async createStudy(
    @Arg('project', () => ID, { description: 'Where it belongs.' }) project: string,
    @Arg('name', () => String, { description: '1 to 100 characters.' }) name: string,
    @Ctx() context: Context,
  ): Promise<StudyRow> {
    const { em, asker, noted } = context
    const { id: projectId } = await findProject(context, project)
    const made = { projectId, name: checkedName(name), createdBy: asker.user!.id, createdAt: new Date() }
    const study = em.create(StudyTable, made)
    await em.persistAndFlush(study)
    Object.assign(noted, { subject: studyId(study.id), detail: { name } })
    return study
  }

  @Mutation(() => Study, { description: 'Changes the name or the notes of a study; what is left out stays.' })
  async setStudy(
    @Arg('id', () => ID, { description: 'The study.' }) id: string,
    @Arg('name', () => String, { nullable: true, description: '1 to 100 characters.' }) name: string | null,
    @Arg('notes', () => String, { nullable: true, description: 'At most 20,000 characters.' }) notes: string | null,
    @Ctx() context: Context,
  ): Promise<StudyRow> {
    const study = await findStudy(context, id)
    context.em.assign(study, {
      ...(name != null && { name: checkedName(name) }),
      ...(notes != null && { notes: checkedNotes(notes) }),
    })
    await context.em.flush()
    return study
  }

  @Mutation(() => Boolean, { description: 'Removes a study; its groups stay as they are.' })
  async removeStudy(
    @Arg('id', () => ID, { description: 'The study.' }) id: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const study = await findStudy(context, id)
    context.noted.detail = { name: study.name }
    await context.em.transactional(async (em) => {
      await em.nativeDelete(StudyGroupTable, { studyId: study.id })
      await em.nativeDelete(StudyTable, study.id)
    })
    return true
  }

  @Mutation(() => Study, {
    description: 'Puts a group of the same project into a study, or gives it another label there.',
  })
  async putIntoStudy(
    @Arg('study', () => ID, { description: 'The study.' }) id: string,
    @Arg('group', () => ID, { description: 'The group.' }) group: string,
    @Arg('label', () => String, {
      nullable: true,
      defaultValue: '',
      description: 'As in a legend; at most 100 characters.',
    })
    label: string | null,
    @Ctx() context: Context,
  ): Promise<StudyRow> {
    const { em } = context
    const study = await findStudy(context, id)
    const { id: groupId, projectId } = await findGroup(context, group)
    if (projectId !== study.projectId)
      throw conflict('Expected a group of the project of this study, but it is of another.')
    const held = await em.find(StudyGroupTable, { studyId: study.id })
    if (held.length >= MOST_GROUPS && !held.some((one) => one.groupId === groupId))
      throw conflict(`Expected at most ${MOST_GROUPS} groups in a study.`)
    const place = Math.max(0, ...held.map((one) => one.place)) + 1
    const known = held.find((one) => one.groupId === groupId)
    const row = { studyId: study.id, groupId, label: (label ?? '').slice(0, 100), place: known?.place ?? place }
    await em.upsert(StudyGroupTable, row)
    return study
  }

  @Mutation(() => Study, { description: 'Takes a group out of a study.' })
  async takeOutOfStudy(
    @Arg('study', () => ID, { description: 'The study.' }) id: string,
    @Arg('group', () => ID, { description: 'The group.' }) group: string,
    @Ctx() context: Context,
  ): Promise<StudyRow> {
    const study = await findStudy(context, id)
    const { id: groupId } = await findGroup(context, group)
    await context.em.nativeDelete(StudyGroupTable, { studyId: study.id, groupId })
    return study
  }

  @FieldResolver(() => ID, { description: 'As in study-1.' })
  id(@Root() study: StudyRow): string {
    return studyId(study.id)
  }

  @FieldResolver(() => Project, {
    nullable: true,
    description: 'Where it belongs; null for who sees it by a share link.',
  })
  async project(@Root() { projectId }: StudyRow, @Ctx() { loaders, rights }: Context): Promise<ProjectRow | null> {
    return rights.seesProject(projectId) ? loaders.project.load(projectId) : null
  }

  @FieldResolver(() => [StudyGroup], { description: 'In the order in which they were put in; at most 50.' })
  groups(@Root() study: StudyRow, @Ctx() context: Context): Promise<StudyGroup[]> {
    return groupsOf(context, study)
  }

  @FieldResolver(() => [StudyFigure], { description: 'One metric of all groups, side by side.' })
  async figures(
    @Root() study: StudyRow,
    @Arg('metric', () => String, { description: 'Name of the metric.' }) metric: string,
    @Arg('pick', () => Pick, { nullable: true, defaultValue: Pick.LAST, description: 'Which value stands for a run.' })
    pick: Pick | null,
    @Ctx() context: Context,
  ): Promise<StudyFigure[]> {
    const { loaders } = context
    const held = await groupsOf(context, study)
    return Promise.all(
      held.map(async (of) => {
        const runs = await loaders.runsOfGroup.load(of.group.id)
        const finished = runs.filter(({ state, trashedAt }) => state === 'FINISHED' && !trashedAt)
        const summaries = await Promise.all(finished.map(({ id }) => loaders.summaries.load(id)))
        const values = summaries.map(
          (all) => all.find((one) => one.metric === metric)?.[VALUES[pick ?? Pick.LAST]] ?? undefined,
        )
        return { of, ...aggregate(values) }
      }),
    )
  }
}

async function groupsOf({ em, loaders, rights }: Context, study: StudyRow): Promise<StudyGroup[]> {
  const held = await em.find(StudyGroupTable, { studyId: study.id }, { orderBy: { place: 'asc' } })
  const groups = await Promise.all(held.map(({ groupId }) => loaders.group.load(groupId)))
  return held.flatMap(({ label }, i) => {
    const group = groups[i]
    return group && rights.seesGroup(group) ? [{ group, label }] : []
  })
}

@Resolver(() => Project)
export class StudiesOfProjectResolver {
  @FieldResolver(() => StudyConnection, { description: 'Studies of the project, the newest first.' })
  studies(
    @Root() project: ProjectRow,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { em }: Context,
  ): Promise<StudyConnection> {
    return readPage(em, StudyTable, { projectId: project.id }, page)
  }
}
