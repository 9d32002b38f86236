// Puts entries into a board and takes them out of the ranking, one at a time: the limits, the same thing twice, and what it moves.
import { namedFigures } from '@cellboard/schema/board-rules'
import { conflict } from '../errors.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import { insertRows, type EntityManager } from '../store/orm.js'
import { BoardEntryTable, type BoardEntryRow, type BoardRow, type EntryState, type Evidence } from './board.table.js'
import { figuresOf, refuseByFigures, type Values } from './figures.js'
import { enteringTeams, entryId, refuseArchived, rulesOf, runsBehind, withBoard } from './find-board.js'
import { valueName } from './sort-key.js'
import { orderOf, settle } from './standings.js'
import type { Entered } from './subject.js'

const DAY = 86_400_000

export interface Submission extends Entered {
  /** Global id of what is entered. */
  readonly subject: string
  readonly submittedBy: number | null
  readonly now?: Date
}

/** @throws BAD_USER_INPUT and CONFLICT with the rule that stands against it; then nothing has changed */
export const enter = (em: EntityManager, board: number, submission: Submission): Promise<BoardEntryRow> =>
  withBoard(em, board, async (em, board) => {
    const { subject, title, teamId, runs, submittedBy, now = new Date() } = submission
    refuseArchived(board)
    await refuseTeam(em, board, teamId)
    const values = await figuresOf(em, board.rules, runs)
    await refuseByFigures(em, rulesOf(board), { values, runs })
    const before = await em.find(BoardEntryTable, { boardId: board.id, teamId, subjectId: subject })
    const same = before.find((one) => isSame(one.values, values) && (one.state !== 'WITHDRAWN' || submittedBy === null))
    if (same)
      throw conflict(
        `Expected something new, but ${entryId(same.id)} is the same ${board.rules.subject} with the same figures.`,
      )
    await refuseBeyondLimits(em, board, teamId, now)
    const entry = em.create(BoardEntryTable, {
      ...{ boardId: board.id, teamId, title, subject: board.rules.subject, subjectId: subject, values },
      ...{ ruleVersion: board.ruleVersion, submittedBy, submittedAt: now },
    })
    await em.persistAndFlush(entry)
    const pairs = runs.map((run) => [entry.id, run.id])
    await insertRows(em, 'board_entry_run', ['entry_id', 'run_id'], pairs)
    for (const old of before.filter(({ state }) => state !== 'WITHDRAWN'))
      await change(em, board, old, { state: 'WITHDRAWN', reason: `Replaced by ${entryId(entry.id)}.` })
    em.assign(entry, orderOf(rulesOf(board), entry))
    await em.flush()
    await settle(em, board, entry, now)
    return entry
  })

const isSame = (before: Values, now: Values): boolean =>
  Object.keys(now).every((name) => before[name]?.mean === now[name]!.mean && before[name]?.n === now[name]!.n)

/** The board's own team, and those that it is open to. */
async function refuseTeam(em: EntityManager, board: BoardRow, teamId: number): Promise<void> {
  if (!(await enteringTeams(em, board)).includes(teamId))
    throw conflict(
      `The board "${board.name}" takes entries of its own team and of those that it was opened to; this team is none of them.`,
    )
}

/** Withdrawn entries count: whoever may take back and try again has no limit. */
async function refuseBeyondLimits(
  em: EntityManager,
  { id, rules }: BoardRow,
  teamId: number,
  now: Date,
): Promise<void> {
  const own = { boardId: id, teamId, baseline: false }
  if (rules.inAll !== null && (await em.count(BoardEntryTable, own)) >= rules.inAll)
    throw conflict(`The rules let a team enter ${rules.inAll} times in all, and this team has done so.`)
  if (rules.perDay === null) return
  const today = { ...own, submittedAt: { $gt: new Date(+now - DAY) } }
  const first = await em.find(BoardEntryTable, today, { orderBy: { submittedAt: 'desc' }, limit: rules.perDay })
  if (first.length >= rules.perDay)
    throw conflict(
      `The rules let a team enter ${rules.perDay} times in 24 hours, and this team has done so: the next may come after ${new Date(+first.at(-1)!.submittedAt + DAY).toISOString()}.`,
    )
}

interface Changed {
  readonly state?: EntryState
  readonly reason?: string
  readonly evidence?: Evidence
}

/** Within the board's transaction. */
export async function change(
  em: EntityManager,
  board: BoardRow,
  entry: BoardEntryRow,
  changed: Changed,
): Promise<void> {
  em.assign(entry, changed)
  await em.flush()
  await settle(em, board, entry, new Date())
}

/** Withdraws, flags or restores an entry. @throws CONFLICT where it is so already */
export const setState = (
  em: EntityManager,
  { id, boardId }: BoardEntryRow,
  { state, reason }: { readonly state: EntryState; readonly reason: string },
): Promise<BoardEntryRow> =>
  withBoard(em, boardId, async (em, board) => {
    const entry = await em.findOneOrFail(BoardEntryTable, id)
    if (entry.state === state)
      throw conflict(`Expected an entry that is not ${state.toLowerCase()}, but ${entryId(id)} is.`)
    if (state === 'STANDING') await refuseTwice(em, entry)
    await change(em, board, entry, { state, reason })
    return entry
  })

/** What a later entry of the same thing has replaced stays replaced. */
async function refuseTwice(em: EntityManager, { id, boardId, teamId, subjectId }: BoardEntryRow): Promise<void> {
  if (subjectId == null) return
  const other = await em.findOne(BoardEntryTable, { boardId, teamId, subjectId, state: 'STANDING', id: { $ne: id } })
  if (other)
    throw conflict(
      `Expected an entry that was not replaced, but ${entryId(other.id)} has taken its place: withdraw that first.`,
    )
}

/** Whether the runs behind an entry are all there: what is in the bin or deleted holds up no rank. */
export async function evidenceOf(em: EntityManager, entryId: number): Promise<Evidence> {
  const held = await runsBehind(em, entryId)
  const runs: RunRow[] = await em.find(RunTable, { id: { $in: held } }, { disableIdentityMap: true })
  if (runs.length < held.length) return 'DELETED'
  return runs.some(({ trashedAt }) => trashedAt) ? 'IN_BIN' : 'THERE'
}

const AT_ONCE = 200

/** Reads what new rules name and entries have not kept yet, off their runs; what they have kept stays as it was let in. */
export async function refigure(em: EntityManager, board: BoardRow): Promise<void> {
  const names = namedFigures(board.rules).map(valueName)
  for (let after = 0; ;) {
    const wanted = { boardId: board.id, baseline: false, id: { $gt: after } }
    const some = await em.find(BoardEntryTable, wanted, { orderBy: { id: 'asc' }, limit: AT_ONCE })
    if (some.length === 0) return
    after = some.at(-1)!.id
    for (const entry of some.filter(({ values }) => names.some((name) => !(name in values)))) {
      const runs = await em.find(RunTable, { id: { $in: await runsBehind(em, entry.id) } })
      em.assign(entry, { values: { ...(await figuresOf(em, board.rules, runs)), ...entry.values } })
    }
    await em.flush()
  }
}
