// Entries in their places: a page of a board as it is or was at a moment, and which neighbours the spread cannot tell apart.
import { badInput } from '../errors.js'
import { rows, type EntityManager } from '../store/orm.js'
import type { Context } from '../graphql/context.js'
import { keyIn } from '../permissions/located.js'
import { BoardEntryTable, BoardTable, type BoardEntryRow, type BoardRow } from './board.table.js'
import { BoardEntry, type Placed } from './entry.type.js'
import { reveal, rulesOf } from './find-board.js'
import { comparedValue, valueName } from './sort-key.js'
import { StandingTable } from './standing.table.js'
import { placesFrom, rankOf, type Place } from './stretches.js'

export function shownEntry(placed: Placed): BoardEntry {
  const { rank, tiedAbove, tiedBelow, row } = placed
  const { title, subject: subjectKind, baseline, source, state, reason, verification, ruleVersion, submittedAt } = row
  const own = { title, subjectKind, baseline, source, state, reason, verification, ruleVersion, submittedAt }
  return Object.assign(new BoardEntry(), { placed, rank, tiedAbove, tiedBelow, ...own })
}

/** One that is shown without its neighbours. */
export async function alone(em: EntityManager, board: BoardRow, row: BoardEntryRow): Promise<BoardEntry> {
  const standing = await em.findOne(StandingTable, { entryId: row.id, isNow: true })
  const rank = standing && (await rankOf(em, board.id, standing.sortKey))
  if (!rank) return unplaced(board, row)
  const first = Math.max(1, rank - 1)
  const around = await showPlaces(em, board, await placesFrom(em, board.id, first, 3))
  return around.find(({ placed }) => placed.row.id === row.id) ?? unplaced(board, row)
}

/** Null where there is none that the viewer sees. */
export async function seenEntry(
  { em, rights }: Pick<Context, 'em' | 'rights'>,
  id: string,
): Promise<BoardEntry | null> {
  const key = keyIn('entry', id)
  const entry = key === null ? null : await em.findOne(BoardEntryTable, key)
  const board = entry && (await em.findOne(BoardTable, entry.boardId))
  return entry && board && rights.seesBoard(board) ? alone(em, await reveal(em, board), entry) : null
}

export const unplaced = (board: BoardRow, row: BoardEntryRow): BoardEntry =>
  shownEntry({ row, board, rank: null, tiedAbove: false, tiedBelow: false })

/** In the order of their places, which follow one another. */
export async function showPlaces(em: EntityManager, board: BoardRow, places: readonly Place[]): Promise<BoardEntry[]> {
  const found = await em.find(BoardEntryTable, { id: { $in: places.map(({ entryId }) => entryId) } })
  const byId = new Map(found.map((row) => [row.id, row]))
  const ranked = places.flatMap(({ entryId, rank }) => {
    const row = byId.get(entryId)
    return row ? [{ row, rank }] : []
  })
  return ranked.map(({ row, rank }, i) => {
    const [above, below] = [ranked[i - 1], ranked[i + 1]]
    const tiedAbove = above !== undefined && isTied(board, above.row, row)
    return shownEntry({ row, board, rank, tiedAbove, tiedBelow: below !== undefined && isTied(board, row, below.row) })
  })
}

/**
 * Whether the spread over seeds cannot tell two scores apart: their means lie within two standard errors of their difference, with
 * the variances of both taken for themselves (Welch 1947). Without spread on either side only equal scores are a tie.
 */
export function isTied(board: BoardRow, a: BoardEntryRow, b: BoardEntryRow): boolean {
  const { metric } = rulesOf(board)
  const [x, y] = [comparedValue(metric, a.values), comparedValue(metric, b.values)]
  if (x === null || y === null) return false
  if (x === y) return true
  const [of, other] = [a.values[valueName(metric)]!, b.values[valueName(metric)]!]
  const error = Math.sqrt(squaredError(of) + squaredError(other))
  return Math.abs(of.mean! - other.mean!) <= 2 * error
}

const squaredError = ({ deviation, n }: { deviation: number | null; n: number }) =>
  deviation === null || n < 2 ? 0 : deviation ** 2 / n

export interface Page {
  readonly most: number
  /** A sort key to go on after; null from `from` on. */
  readonly after: string | null
  /** A place, from 1. */
  readonly from: number
  /** Milliseconds since 1970; null for now. */
  readonly asOf: number | null
}

export interface PageOfPlaces {
  /** With the one before the page and the one after it, where there are such. */
  readonly places: readonly Place[]
  readonly first: number
}

/** A page and its two neighbours. */
export async function readPage(
  em: EntityManager,
  { id }: BoardRow,
  { most, after, from, asOf }: Page,
): Promise<PageOfPlaces> {
  if (asOf !== null) return readAsOf(em, id, { most, after, from, asOf })
  // Keys are of one length and differ before their end: nothing lies between a key and the same with one more letter.
  const first = after === null ? from : await rankOf(em, id, `${after}0`)
  const start = Math.max(1, first - 1)
  return { first, places: await placesFrom(em, id, start, most + (first - start) + 1) }
}

const STOOD = 'from board_standing where board_id = ? and since <= ? and (until is null or until > ?)'

async function readAsOf(
  em: EntityManager,
  boardId: number,
  { most, after, from, asOf }: Page & { readonly asOf: number },
): Promise<PageOfPlaces> {
  const stood = [boardId, asOf, asOf]
  const first = after === null ? from : (await countAsOf(em, boardId, { asOf, below: `${after}0` })) + 1
  const start = Math.max(1, first - 1)
  const found = await rows<{ entry_id: number; team_id: number | null; sort_key: string; score: number }>(
    em,
    `select entry_id, team_id, sort_key, score ${STOOD} order by sort_key limit ? offset ?`,
    [...stood, most + (first - start) + 1, start - 1],
  )
  const places = found.map((one, i) => ({
    ...{ rank: start + i, entryId: one.entry_id, teamId: one.team_id },
    ...{ sortKey: one.sort_key, score: one.score },
  }))
  return { first, places }
}

export async function countAsOf(
  em: EntityManager,
  boardId: number,
  { asOf, below }: { readonly asOf: number; readonly below?: string },
): Promise<number> {
  const sql = `select count(*) as n ${STOOD}${below === undefined ? '' : ' and sort_key < ?'}`
  const [found] = await rows<{ n: number }>(em, sql, [boardId, asOf, asOf, ...(below === undefined ? [] : [below])])
  return Number(found!.n)
}

const KEY = /^[0-9a-g]{44,200}$/

export const cursorOfKey = (key: string): string => Buffer.from(key).toString('base64url')

/** @throws BAD_USER_INPUT for what `cursorOfKey` did not write */
export function readKeyCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString()
  if (KEY.test(key)) return key
  const message = `Expected a cursor that this server gave out, but received "${cursor.slice(0, 60)}".`
  throw badInput(message, [{ path: 'after', message }])
}
