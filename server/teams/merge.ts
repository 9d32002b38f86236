// Two teams become one: everything of the first belongs to the second from then on, and boards are ranked as if it always had.
import { isAtLeast } from '@cellboard/schema/people'
import { BoardEntryTable, BoardTable, BoardTeamTable } from '../boards/board.table.js'
import { rulesOf } from '../boards/find-board.js'
import { rerank } from '../boards/standings.js'
import { conflict } from '../errors.js'
import { UserTable } from '../people/user.table.js'
import { ProjectTable } from '../projects/project.table.js'
import { ShareLinkTable } from '../sharing/share-link.table.js'
import type { EntityManager } from '../store/orm.js'
import { FIRST_TEAM } from './first-team.js'
import { InvitationTable, MembershipTable, TeamTable, type TeamRow } from './team.table.js'

export interface Merged {
  /** Keys of the boards that were ranked anew. */
  readonly boards: readonly number[]
  /** Keys of all who see more or less from now on. */
  readonly members: readonly number[]
}

/** All or nothing. @throws CONFLICT for a team with itself, or for the first team, which new people's runs go to */
export async function mergeTeams(em: EntityManager, from: TeamRow, into: TeamRow, now = new Date()): Promise<Merged> {
  if (from.id === into.id) throw conflict('Expected two teams, but received one twice.')
  if (from.id === FIRST_TEAM)
    throw conflict(
      `Expected the team that every server begins with, "${from.name}", to stay: merge the other one into it.`,
    )
  return em.fork().transactional(async (em) => {
    const [theirs, own] = [{ teamId: from.id }, { teamId: into.id }]
    await moveProjects(em, from, into)
    const members = await moveMembers(em, from, into)
    await em.nativeUpdate(UserTable, { serviceOf: from.id }, { serviceOf: into.id })
    // What was promised was a place in the other team.
    await em.nativeUpdate(InvitationTable, { ...theirs, usedAt: null, revokedAt: null }, { revokedAt: now })
    await em.nativeUpdate(InvitationTable, theirs, own)
    await em.nativeUpdate(ShareLinkTable, theirs, own)
    await em.nativeUpdate(BoardTable, theirs, own)
    const open = await em.find(BoardTeamTable, theirs)
    await em.nativeDelete(BoardTeamTable, theirs)
    for (const { boardId } of open) await em.upsert(BoardTeamTable, { boardId, teamId: into.id })
    const boards = await moveEntries(em, from, into, now)
    await em.nativeDelete(TeamTable, from.id)
    return { boards, members }
  })
}

/** A name that the other team uses already gets the address of the team that it came from. */
async function moveProjects(em: EntityManager, from: TeamRow, into: TeamRow): Promise<void> {
  const taken = new Set((await em.find(ProjectTable, { teamId: into.id })).map(({ name }) => name))
  for (const project of await em.find(ProjectTable, { teamId: from.id }, { orderBy: { id: 'asc' } })) {
    let name = project.name
    for (let i = 1; taken.has(name); i++) name = `${project.name} (${from.slug}${i > 1 ? ` ${i}` : ''})`
    taken.add(name)
    em.assign(project, { teamId: into.id, name })
  }
  await em.flush()
}

/** Who was in both keeps the higher role. */
async function moveMembers(em: EntityManager, from: TeamRow, into: TeamRow): Promise<number[]> {
  const [theirs, own] = await Promise.all(
    [from, into].map(({ id }) => em.find(MembershipTable, { teamId: id }, { disableIdentityMap: true })),
  )
  for (const { userId, role, since } of theirs!) {
    const held = own!.find((one) => one.userId === userId)
    if (!held) await em.insert(MembershipTable, { teamId: into.id, userId, role, since })
    else if (!isAtLeast(held.role, role)) await em.nativeUpdate(MembershipTable, { teamId: into.id, userId }, { role })
  }
  await em.nativeDelete(MembershipTable, { teamId: from.id })
  return [...new Set([...theirs!, ...own!].map(({ userId }) => userId))]
}

/** Which entry of a team is ranked is decided anew, as both have become one. */
async function moveEntries(em: EntityManager, from: TeamRow, into: TeamRow, now: Date): Promise<number[]> {
  const entries = await em.find(BoardEntryTable, { teamId: from.id }, { fields: ['boardId'], disableIdentityMap: true })
  const ids = [...new Set(entries.map(({ boardId }) => boardId))]
  await em.nativeUpdate(BoardEntryTable, { teamId: from.id }, { teamId: into.id })
  for (const board of await em.find(BoardTable, { id: { $in: ids } })) await rerank(em, board, rulesOf(board), now)
  return ids
}
