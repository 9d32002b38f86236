// From a global id to the team and project that it belongs to: what the permission table asks of an argument.
import { BoardEntryTable, BoardTable, type BoardRow } from '../boards/board.table.js'
import { parseGroupId } from '../runs/group-id.js'
import { RunGroupTable, type RunGroupRow } from '../runs/group.table.js'
import { parseRunId } from '../runs/run-id.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import { ProjectTable, type ProjectRow } from '../projects/project.table.js'
import { StudyTable, type StudyRow } from '../studies/study.table.js'
import { InvitationTable, TeamTable, type TeamRow } from '../teams/team.table.js'
import { ShareLinkTable } from '../sharing/share-link.table.js'
import type { Context } from '../graphql/context.js'
import type { EntityManager } from '../store/orm.js'

type Asked = Pick<Context, 'em' | 'rights'>

/** Kinds of things that can be named in an argument, as a refusal calls them. */
export const NAMED = {
  run: 'a run',
  group: 'a group of runs',
  project: 'a project',
  team: 'a team',
  study: 'a study',
  board: 'a board',
  entry: 'an entry',
  invitation: 'an invitation',
  shareLink: 'a share link',
} as const
export type Kind = keyof typeof NAMED

export interface Place {
  readonly teamId: number | null
  readonly projectId: number | null
}

/** The key in a global id like `team-7`; null where it is no such id. */
export function keyIn(kind: string, id: string): number | null {
  const [, prefix, number] = /^([a-z-]+)-([1-9]\d{0,14})$/.exec(id) ?? []
  return prefix === kind && number ? Number(number) : null
}

const inProject = ({ projectId }: { projectId: number }): Place => ({ projectId, teamId: null })

/** What each kind looks up; null where it is not there or may not be seen, which is the same. */
const LOOKS: Readonly<Record<Kind, (context: Asked, id: string) => Promise<Place | null>>> = {
  run: async ({ em, rights }, id) => {
    const key = parseRunId(id)
    const run: RunRow | null = key && (await em.findOne(RunTable, { ...key }))
    return run && rights.seesRun(run) ? inProject(run) : null
  },
  group: async ({ em, rights }, id) => {
    const key = parseGroupId(id)
    const group: RunGroupRow | null = key === null ? null : await em.findOne(RunGroupTable, key)
    return group && rights.seesGroup(group) ? inProject(group) : null
  },
  project: async ({ em, rights }, id) => {
    const key = keyIn('project', id)
    const project: ProjectRow | null = key === null ? null : await em.findOne(ProjectTable, key)
    return project && rights.seesProject(project.id) ? { projectId: project.id, teamId: project.teamId } : null
  },
  team: async ({ em, rights }, id) => {
    const key = keyIn('team', id)
    const team: TeamRow | null = key === null ? null : await em.findOne(TeamTable, key)
    return team && rights.seesTeam(team.id) ? { teamId: team.id, projectId: null } : null
  },
  study: async ({ em, rights }, id) => {
    const key = keyIn('study', id)
    const study: StudyRow | null = key === null ? null : await em.findOne(StudyTable, key)
    return study && rights.seesStudy(study) ? inProject(study) : null
  },
  board: async (asked, id) => placeOfBoard(asked, keyIn('board', id)),
  // An entry is judged where its board belongs.
  entry: async (asked, id) => {
    const key = keyIn('entry', id)
    const entry = key === null ? null : await asked.em.findOne(BoardEntryTable, key)
    return placeOfBoard(asked, entry && entry.boardId)
  },
  // These are told to maintainers and owners of their team alone: for all others they are not there.
  invitation: async ({ em, rights }, id) => {
    const key = keyIn('invitation', id)
    const invitation = key === null ? null : await em.findOne(InvitationTable, key)
    return invitation && rights.mayInTeam(invitation.teamId, 'owner')
      ? { teamId: invitation.teamId, projectId: null }
      : null
  },
  shareLink: async ({ em, rights }, id) => {
    const key = keyIn('share', id)
    const link = key === null ? null : await em.findOne(ShareLinkTable, key)
    return link && rights.mayInTeam(link.teamId, 'maintainer') ? { teamId: link.teamId, projectId: null } : null
  },
}

async function placeOfBoard({ em, rights }: Asked, key: number | null): Promise<Place | null> {
  const board: BoardRow | null = key === null ? null : await em.findOne(BoardTable, key)
  return board && rights.seesBoard(board) ? { teamId: board.teamId, projectId: null } : null
}

/** What there is by a global id, whoever may see it: only what guards its answers may ask. */
export async function findNode(em: EntityManager, id: string): Promise<object | null> {
  const [run, group] = [parseRunId(id), parseGroupId(id)]
  if (run !== null) return em.findOne(RunTable, { ...run })
  if (group !== null) return em.findOne(RunGroupTable, group)
  const [project, team] = [keyIn('project', id), keyIn('team', id)]
  if (project !== null) return em.findOne(ProjectTable, project)
  if (team !== null) return em.findOne(TeamTable, team)
  const [study, board] = [keyIn('study', id), keyIn('board', id)]
  if (board !== null) return em.findOne(BoardTable, board)
  return study === null ? null : em.findOne(StudyTable, study)
}

export const locate = (context: Asked, kind: Kind, id: string): Promise<Place | null> => LOOKS[kind](context, id)
