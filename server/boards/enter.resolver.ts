// Entering a board, and judging what was entered.
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { badInput, forbidden, notFound } from '../errors.js'
import { checkedReason } from '../graphql/checked-text.js'
import type { Context } from '../graphql/context.js'
import { keyIn } from '../permissions/located.js'
import { announce } from '../runs/start-runs.js'
import { BoardEntryTable, type BoardEntryRow, type BoardRow, type EntryState } from './board.table.js'
import { enter, setState } from './enter.js'
import { BoardEntry } from './entry.type.js'
import { boardId, entryId, findBoard, findEntry } from './find-board.js'
import { told } from './manage.resolver.js'
import { alone } from './placed.js'
import { readSubject } from './subject.js'
import { startVerifying } from './verify.js'

const REASON = 'Why; 1 to 500 characters. It is shown with the entry and kept in the audit log.'
const ENTRY = 'As in entry-1.'

@Resolver(() => BoardEntry)
export class EnterResolver {
  @Mutation(() => BoardEntry, {
    description:
      'Enters something finished into a board, for the team whose project it lies in. What stands against it is quoted from the rules. The same thing with other figures takes the place of its former entry.',
  })
  async submitEntry(
    @Arg('board', () => ID, { description: 'The board.' }) id: string,
    @Arg('subject', () => ID, {
      description: 'A run, a group of runs, an architecture or a study: what the rules take.',
    })
    subject: string,
    @Arg('title', () => String, {
      nullable: true,
      description: 'What to call it, 1 to 200 characters; its own name when absent.',
    })
    title: string | null,
    @Arg('team', () => ID, {
      nullable: true,
      description: 'Of an architecture: the team whose trainings count. Default: the first of the own teams.',
    })
    team: string | null,
    @Ctx() context: Context,
  ): Promise<BoardEntry> {
    const { em, rights, asker, noted } = context
    const board = await findBoard(context, id)
    const teamId = team == null ? ownTeam(context, board) : keyIn('team', team)
    if (team != null && (teamId === null || !rights.mayInTeam(teamId, 'member')))
      throw notFound('a team that you may enter for', team)
    const entered = await readSubject(em, board.rules, rights, { subject, teamId })
    Object.assign(noted, { teamId: board.teamId, subject: boardId(board.id), detail: { entered: subject } })
    const given = title?.trim()
    if (given !== undefined && (given.length < 1 || given.length > 200))
      throw badInput(`Expected a title of 1 to 200 characters, but received ${given.length}.`, [
        { path: 'title', message: 'Expected 1 to 200 characters.' },
      ])
    const entry = await enter(em, board.id, {
      ...entered,
      subject,
      submittedBy: asker.user!.id,
      ...(given && { title: given }),
    })
    Object.assign(noted, { subject: entryId(entry.id), detail: { board: boardId(board.id), entered: subject } })
    told(context, board)
    return shown(context, board, entry)
  }

  @Mutation(() => BoardEntry, {
    description: 'Takes an entry out of the ranking: members of its team, maintainers of the board. It is kept.',
  })
  withdrawEntry(
    @Arg('id', () => ID, { description: ENTRY }) id: string,
    @Arg('reason', () => String, { description: REASON }) reason: string,
    @Ctx() context: Context,
  ): Promise<BoardEntry> {
    return judged(context, id, { state: 'WITHDRAWN', reason, byTeam: true })
  }

  @Mutation(() => BoardEntry, {
    description:
      'Puts a withdrawn entry back: members of its team. What a maintainer of the board flagged is put back by one.',
  })
  restoreEntry(
    @Arg('id', () => ID, { description: ENTRY }) id: string,
    @Arg('reason', () => String, { description: REASON }) reason: string,
    @Ctx() context: Context,
  ): Promise<BoardEntry> {
    return judged(context, id, { state: 'STANDING', reason, byTeam: true })
  }

  @Mutation(() => BoardEntry, { description: 'Takes an entry out of the ranking until somebody has looked at it.' })
  flagEntry(
    @Arg('id', () => ID, { description: ENTRY }) id: string,
    @Arg('reason', () => String, { description: REASON }) reason: string,
    @Ctx() context: Context,
  ): Promise<BoardEntry> {
    return judged(context, id, { state: 'FLAGGED', reason, byTeam: false })
  }

  @Mutation(() => BoardEntry, {
    description:
      "Repeats a run of an entry with its recorded settings and seed, where it lies; the verdict is by the board's tolerance.",
  })
  async verifyEntry(
    @Arg('id', () => ID, { description: ENTRY }) id: string,
    @Ctx() context: Context,
  ): Promise<BoardEntry> {
    const { em, asker, house, noted } = context
    const { entry, board } = await findEntry(context, id)
    const run = await startVerifying(em, entry, asker.user!.id)
    announce(house, [run])
    Object.assign(noted, { teamId: board.teamId, subject: id, detail: { run: `${run.kind}-${run.id}` } })
    told(context, board)
    return alone(em, board, entry)
  }
}

/** Whose trainings of an architecture count, where nobody says. */
function ownTeam({ rights }: Context, board: BoardRow): number | null {
  if (rights.mayInTeam(board.teamId, 'member')) return board.teamId
  return [...rights.teams.keys()].find((id) => rights.mayInTeam(id, 'member')) ?? null
}

interface Verdict {
  readonly state: EntryState
  readonly reason: string
  /** Whether members of the entry's own team may, besides maintainers of the board. */
  readonly byTeam: boolean
}

async function judged(context: Context, id: string, { state, reason, byTeam }: Verdict): Promise<BoardEntry> {
  const { em, rights, noted } = context
  const why = checkedReason(reason, 'reason')
  const { entry, board } = await findEntry(context, id)
  Object.assign(noted, { teamId: board.teamId, subject: id })
  const isJudge = rights.mayInTeam(board.teamId, 'maintainer')
  const isOwn = byTeam && entry.state !== 'FLAGGED' && entry.teamId != null && rights.mayInTeam(entry.teamId, 'member')
  if (!isJudge && !isOwn)
    throw forbidden(
      'Expected a maintainer of the board, or for withdrawing and restoring a member of the team whose entry it is.',
    )
  noted.detail = { title: entry.title, reason: why }
  if (entry.baseline)
    throw badInput('Expected an entry, but this is a baseline: it takes no place, and is removed with removeBaseline.')
  const changed = await setState(em, entry, { state, reason: state === 'STANDING' ? '' : why })
  told(context, board)
  return shown(context, board, changed)
}

/** As the store has it after the transaction. */
async function shown({ em }: Context, board: BoardRow, { id }: BoardEntryRow): Promise<BoardEntry> {
  return alone(em, board, await em.findOneOrFail(BoardEntryTable, id, { refresh: true }))
}
