// What an asker may see and do: roles in teams, visible projects, and the single things that share links show.
import { isAtLeast, type Role } from '@cellboard/schema/people'
import type { FilterQuery } from '@mikro-orm/core'
import type { BoardRow } from '../boards/board.table.js'
import type { RunGroupRow } from '../runs/group.table.js'
import type { RunRow } from '../runs/run.table.js'
import type { SharedKind } from '../sharing/share-link.table.js'
import { rows, type EntityManager } from '../store/orm.js'
import { StudyGroupTable } from '../studies/study.table.js'
import { MembershipTable } from '../teams/team.table.js'
import type { Asker } from './asker.js'

interface VisibleProject {
  readonly id: number
  readonly teamId: number
  /** Null: seen because it is public. */
  readonly role: Role | null
}

type Shared = Readonly<Record<SharedKind, Set<number>>>

export class Rights {
  readonly #projects: Map<number, VisibleProject>

  constructor(
    /** Roles by team; empty for who asks with a token that is limited to a project. */
    readonly teams: Map<number, Role>,
    projects: readonly VisibleProject[],
    readonly shared: Shared,
    /** Boards of other teams that are open to a team of one's own. */
    readonly openBoards: ReadonlySet<number> = new Set(),
    /** Whether there are boards that everybody sees. */
    readonly hasPublicBoards = false,
  ) {
    this.#projects = new Map(projects.map((project) => [project.id, project]))
  }

  /** What the request that asks has made itself, seen for the rest of it. */
  see(project: { readonly id: number; readonly teamId: number }): void {
    this.#projects.set(project.id, {
      id: project.id,
      teamId: project.teamId,
      role: this.teams.get(project.teamId) ?? null,
    })
  }

  /** As `see`, of a team that the request has made or joined. */
  join(teamId: number, role: Role): void {
    this.teams.set(teamId, role)
  }

  /** As `see`, of what a share link shows that the request has opened. */
  share(kind: SharedKind, subjectId: number): void {
    this.shared[kind].add(subjectId)
  }

  /** Whether there is nothing at all to see. */
  get isEmpty(): boolean {
    return (
      this.teams.size === 0 &&
      this.#projects.size === 0 &&
      !this.hasPublicBoards &&
      Object.values(this.shared).every(({ size }) => size === 0)
    )
  }

  /** Keys of the projects that may be seen whole; private ones first, the oldest before. */
  get projects(): number[] {
    return [...this.#projects.keys()]
  }

  seesProject(id: number): boolean {
    return this.#projects.has(id)
  }

  /** Of a member of its team; null for those who see it because it is public, and for those who do not see it. */
  roleInProject(id: number): Role | null {
    return this.#projects.get(id)?.role ?? null
  }

  /** Null for a project that is not seen. */
  teamOfProject(id: number | null): number | null {
    return id === null ? null : (this.#projects.get(id)?.teamId ?? null)
  }

  mayInProject(id: number, least: Role): boolean {
    const role = this.roleInProject(id)
    return role !== null && isAtLeast(role, least)
  }

  mayInTeam(id: number, least: Role): boolean {
    const role = this.teams.get(id)
    return role !== undefined && isAtLeast(role, least)
  }

  /** A team shows itself to its members, and its name to those who see one of its projects. */
  seesTeam(id: number): boolean {
    return this.teams.has(id) || [...this.#projects.values()].some(({ teamId }) => teamId === id)
  }

  seesRun({ id, projectId, groupId }: Pick<RunRow, 'id' | 'projectId' | 'groupId'>): boolean {
    return this.seesProject(projectId) || this.shared.run.has(id) || (groupId != null && this.shared.group.has(groupId))
  }

  seesGroup({ id, projectId }: Pick<RunGroupRow, 'id' | 'projectId'>): boolean {
    return this.seesProject(projectId) || this.shared.group.has(id)
  }

  seesStudy({ id, projectId }: { readonly id: number; readonly projectId: number }): boolean {
    return this.seesProject(projectId) || this.shared.study.has(id)
  }

  seesBoard({ id, teamId, visibility }: Pick<BoardRow, 'id' | 'teamId' | 'visibility'>): boolean {
    return this.teams.has(teamId) || visibility === 'public' || this.openBoards.has(id) || this.shared.board.has(id)
  }

  /** The boards that may be seen, for a query of the store. */
  get whereBoards(): FilterQuery<BoardRow> {
    const ids = [...this.openBoards, ...this.shared.board]
    return { $or: [{ teamId: { $in: [...this.teams.keys()] } }, { visibility: 'public' }, { id: { $in: ids } }] }
  }

  /** The runs that may be seen, for a query of the store. */
  get whereRuns(): FilterQuery<RunRow> {
    const { run, group } = this.shared
    return {
      $or: [{ projectId: { $in: this.projects } }, { id: { $in: [...run] } }, { groupId: { $in: [...group] } }],
    }
  }

  /** The groups that may be seen, for a query of the store. */
  get whereGroups(): FilterQuery<RunGroupRow> {
    return { $or: [{ projectId: { $in: this.projects } }, { id: { $in: [...this.shared.group] } }] }
  }
}

export async function rightsOf(em: EntityManager, asker: Asker): Promise<Rights> {
  const { user, token } = asker
  const memberships = user ? await em.find(MembershipTable, { userId: user.id }, { disableIdentityMap: true }) : []
  const roles = new Map<number, Role>(memberships.map(({ teamId, role }) => [teamId, role]))
  const places = [...roles.keys()].map(() => '?').join(', ')
  const found = await rows<{ id: number; team_id: number }>(
    em,
    `select id, team_id from project where visibility = 'public' or team_id in (${places || 'null'})
     order by case visibility when 'public' then 1 else 0 end, id`,
    [...roles.keys()],
  )
  const limit = token?.projectId
  const projects = found
    .filter(({ id }) => limit == null || id === limit)
    .map(({ id, team_id }) => ({ id, teamId: team_id, role: roles.get(team_id) ?? null }))
  const teams = limit == null ? roles : new Map<number, Role>()
  const opened = await openBoards(em, [...teams.keys()])
  const isStranger = teams.size === 0 && projects.length === 0
  return new Rights(teams, projects, await sharedWith(em, asker), opened, isStranger && (await hasPublicBoards(em)))
}

async function hasPublicBoards(em: EntityManager): Promise<boolean> {
  return (await rows(em, "select 1 from board where visibility = 'public' limit 1")).length > 0
}

async function openBoards(em: EntityManager, teams: readonly number[]): Promise<ReadonlySet<number>> {
  if (teams.length === 0) return new Set()
  const places = teams.map(() => '?').join(', ')
  const sql = `select board_id from board_team join board on board.id = board_id where visibility <> 'team' and board_team.team_id in (${places})`
  const found = await rows<{ board_id: number }>(em, sql, teams)
  return new Set(found.map(({ board_id }) => board_id))
}

async function sharedWith(em: EntityManager, { shares }: Asker): Promise<Shared> {
  const of = (kind: SharedKind) => shares.flatMap((link) => (link.kind === kind ? [link.subjectId] : []))
  const studies = of('study')
  const groups = studies.length === 0 ? [] : await em.find(StudyGroupTable, { studyId: { $in: studies } })
  return {
    run: new Set(of('run')),
    group: new Set([...of('group'), ...groups.map(({ groupId }) => groupId)]),
    study: new Set(studies),
    board: new Set(of('board')),
  }
}
