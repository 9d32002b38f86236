// Boards and entries by their global ids, as in board-1 and entry-1; and a board held by one transaction at a time.
import { rulesInForce, type BoardRules } from '@cellboard/schema/board-rules'
import { conflict, notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { keyIn } from '../permissions/located.js'
import { rows, type EntityManager } from '../store/orm.js'
import { BoardEntryTable, BoardTable, type BoardEntryRow, type BoardRow } from './board.table.js'
import { rerank } from './standings.js'

type Asked = Pick<Context, 'em' | 'rights'>

export const boardId = (key: number): string => `board-${key}`
export const entryId = (key: number): string => `entry-${key}`

/** The rules that a board is ranked by now. */
export const rulesOf = ({ rules, revealed }: Pick<BoardRow, 'rules' | 'revealed'>): BoardRules =>
  rulesInForce(rules, revealed)

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
