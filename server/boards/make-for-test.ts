// Boards and entries for unit tests, written as the server writes them.
import { boardRulesSchema, type BoardRules, type BoardRulesInput } from '@cellboard/schema/board-rules'
import type { EntityManager } from '../store/orm.js'
import { BoardEntryTable, BoardTable, type BoardRow, type EntryValue } from './board.table.js'
import { orderOf, settle } from './standings.js'

export const ruled = (more: Partial<BoardRulesInput> = {}): BoardRules =>
  boardRulesSchema.parse({ subject: 'run', metric: { name: 'accuracy', direction: 'higher' }, ...more })

export async function makeBoard(em: EntityManager, rules: BoardRules): Promise<BoardRow> {
  const board = em.create(BoardTable, { teamId: 1, name: 'a board', rules, createdBy: 1, createdAt: new Date() })
  await em.persistAndFlush(board)
  return board
}

export interface Submission {
  readonly teamId: number | null
  readonly at: number
  readonly values: Readonly<Record<string, EntryValue>>
  readonly baseline?: boolean
}

export const value = (mean: number | null): EntryValue => ({ mean, deviation: null, n: 1 })

export async function submit(em: EntityManager, board: BoardRow, { teamId, at, values, baseline = false }: Submission) {
  const entry = em.create(BoardEntryTable, {
    boardId: board.id,
    teamId,
    title: 'an entry',
    subject: 'run',
    subjectId: null,
    values,
    baseline,
    ruleVersion: 1,
    submittedBy: 1,
    submittedAt: new Date(at),
  })
  await em.persistAndFlush(entry)
  em.assign(entry, orderOf(board.rules, entry))
  await em.flush()
  return { entry, moves: await settle(em, board, entry, new Date(at)) }
}
