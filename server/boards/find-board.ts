// Boards and entries by their global ids, as in board-1 and entry-1; and a board held by one transaction at a time.
import { namedFigures, rulesInForce, type BoardRules } from '@cellboard/schema/board-rules'
import { conflict, notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { keyIn } from '../permissions/located.js'
import { rows, type EntityManager } from '../store/orm.js'
import { batched } from '../store/batched.js'
import {
  BoardEntryTable,
  BoardTable,
  BoardTeamTable,
  EntryRunTable,
  type BoardEntryRow,
  type BoardRow,
} from './board.table.js'
import { rerank } from './standings.js'

type Asked = Pick<Context, 'em' | 'rights'>

export const boardId = (key: number): string => `board-${key}`
export const entryId = (key: number): string => `entry-${key}`

/** The rules that a board is ranked by now. */
export const rulesOf = ({ rules, revealed }: Pick<BoardRow, 'rules' | 'revealed'>): BoardRules =>
  rulesInForce(rules, revealed)

/** What of an entry may be shown: all that the rules name, but for what is hidden until its moment. */
export function shownFigures({ rules, revealed }: Pick<BoardRow, 'rules' | 'revealed'>) {
  const hidden = revealed ? undefined : rules.reveal?.metric.name
  return namedFigures(rules).filter(({ name }) => name !== hidden)
}

/** Keys of the teams that may enter: the board's own, and those that it is open to. */
export const enteringTeams: (em: EntityManager, board: BoardRow) => Promise<readonly number[]> = batched(
  async (em, boards) => {
    const ids = boards.filter(({ visibility }) => visibility !== 'team').map(({ id }) => id)
    const open = await em.find(BoardTeamTable, { boardId: { $in: ids } }, { disableIdentityMap: true })
    return boards.map(({ id, teamId }) => [
      teamId,
      ...open.filter(({ boardId }) => boardId === id).map((one) => one.teamId),
    ])
  },
)

/** Keys of the finished runs that an entry's figures were taken from, the oldest first; `most` of them where there is a bound. */
export async function runsBehind(em: EntityManager, entryId: number, most?: number): Promise<number[]> {
  const order = { orderBy: { runId: 'asc' as const }, disableIdentityMap: true, ...(most && { limit: most }) }
  return (await em.find(EntryRunTable, { entryId }, order)).map(({ runId }) => runId)
}

/** @throws NOT_FOUND, also where the viewer may not see it */
export async function findBoard({ em, rights }: Asked, id: string): Promise<BoardRow> {
  const key = keyIn('board', id)
  const board = key === null ? null : await em.findOne(BoardTable, key)
  if (!board || !rights.seesBoard(board)) throw notFound('a board', id)
  return reveal(em, board)
}

/** @throws NOT_FOUND, also where the viewer may not see its board */
export async function findEntry({ em, rights }: Asked, id: string): Promise<{ entry: BoardEntryRow; board: BoardRow }> {
  const key = keyIn('entry', id)
  const entry = key === null ? null : await em.findOne(BoardEntryTable, key)
  const board = entry && (await em.findOne(BoardTable, entry.boardId))
  if (!entry || !board || !rights.seesBoard(board)) throw notFound('an entry', id)
  return { entry, board: await reveal(em, board) }
}

/** Once its moment has come, the hidden metric is ranked by: whoever looks first puts it in force. */
export async function reveal(em: EntityManager, board: BoardRow, now = new Date()): Promise<BoardRow> {
  const { reveal: hidden } = board.rules
  if (!hidden || board.revealed || now < new Date(hidden.at)) return board
  await withBoard(em, board.id, async (em, held) => {
    if (held.revealed) return
    em.assign(held, { revealed: true })
    await em.flush()
    await rerank(em, held, rulesOf(held), now)
  })
  board.revealed = true
  return board
}

/**
 * Does something with a board that nobody else changes meanwhile, in this process or another: the first statement takes the row,
 * so that whoever comes second waits, and reads what the first one wrote.
 */
export const withBoard = <Result>(
  em: EntityManager,
  id: number,
  change: (em: EntityManager, board: BoardRow) => Promise<Result>,
): Promise<Result> =>
  em.fork().transactional(async (em) => {
    await rows(em, 'update board set id = id where id = ?', [id])
    return change(em, await em.findOneOrFail(BoardTable, id))
  })

/** @throws CONFLICT for a board that takes nothing any more */
export function refuseArchived(board: BoardRow): void {
  if (board.archivedAt) throw conflict(`Expected a board that takes entries, but "${board.name}" is archived.`)
}
