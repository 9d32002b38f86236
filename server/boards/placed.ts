// Entries in their places: a page of a board as it is or was at a moment, and which neighbours the spread cannot tell apart.
import { badField } from '../errors.js'
import { rows, type EntityManager } from '../store/orm.js'
import type { Context } from '../graphql/context.js'
import { keyIn } from '../permissions/located.js'
import { BoardEntryTable, BoardTable, type BoardEntryRow, type BoardRow } from './board.table.js'
import { BoardEntry, type Placed } from './entry.type.js'
import { reveal, rulesOf } from './find-board.js'
import { comparedValue, valueName } from './sort-key.js'
import { StandingTable } from './standing.table.js'
import { PLACE_COLUMNS, placesFrom, placesOf, rankOf, type FoundPlace, type Place } from './stretches.js'

/** As many as a board has: baselines.ts. */
export const MOST_BASELINES = 200

export function shownEntry(placed: Placed): BoardEntry {
  const { rank, above, below, row, board } = placed
  const { title, subject: subjectKind, baseline, source, state, reason, verification, ruleVersion, submittedAt } = row
  const own = { title, subjectKind, baseline, source, state, reason, verification, ruleVersion, submittedAt }
  const tiedAbove = above !== null && isTied(board, above, row)
  const tiedBelow = below !== null && isTied(board, row, below)
  return Object.assign(new BoardEntry(), { placed, rank, tiedAbove, tiedBelow, ...own })
}

/** From 1; null where it is not ranked. */
export async function rankNow(em: EntityManager, { id }: Pick<BoardEntryRow, 'id'>): Promise<number | null> {
  const standing = await em.findOne(StandingTable, { entryId: id, isNow: true })
  return standing && rankOf(em, standing.boardId, standing.sortKey)
}

/** One that is shown without its neighbours. */
export async function alone(em: EntityManager, board: BoardRow, row: BoardEntryRow): Promise<BoardEntry> {
  const rank = await rankNow(em, row)
  if (rank === null) return unplaced(board, row)
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
  shownEntry({ row, board, rank: null, above: null, below: null })

/** What is shown for comparison, the better first, without a score last. */
export async function baselinesOf(em: EntityManager, board: BoardRow): Promise<BoardEntry[]> {
  const found = await em.find(BoardEntryTable, { boardId: board.id, baseline: true }, { limit: MOST_BASELINES })
  const keyOf = ({ sortKey }: BoardEntryRow) => sortKey ?? 'z'
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map((row) => unplaced(board, row))
}

/** In the order of their places, which follow one another. */
export async function showPlaces(em: EntityManager, board: BoardRow, places: readonly Place[]): Promise<BoardEntry[]> {
  const found = await em.find(BoardEntryTable, { id: { $in: places.map(({ entryId }) => entryId) } })
  const byId = new Map(found.map((row) => [row.id, row]))
  const ranked = places.flatMap(({ entryId, rank }) => {
    const row = byId.get(entryId)
    return row ? [{ row, rank }] : []
  })
  return ranked.map(({ row, rank }, i) =>
    shownEntry({ row, board, rank, above: ranked[i - 1]?.row ?? null, below: ranked[i + 1]?.row ?? null }),
  )
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
  const found = await rows<FoundPlace>(em, `select ${PLACE_COLUMNS} ${STOOD} order by sort_key limit ? offset ?`, [
    ...stood,
    most + (first - start) + 1,
    start - 1,
  ])
  return { first, places: placesOf(found, start) }
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
  throw badField('after', `Expected a cursor that this server gave out, but received "${cursor.slice(0, 60)}".`)
}
