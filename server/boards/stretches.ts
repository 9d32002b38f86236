// Ranks of a board without sorting it: its keys are counted in stretches of some thousand, so a rank is a sum over stretches and a
// count within one. Taking a place or leaving it changes one count.
import { batched } from '../store/batched.js'
import { rows, type EntityManager } from '../store/orm.js'
import type { StandingRow } from './standing.table.js'

/** A stretch is split where it holds twice as many. */
const USUAL = 1000

const RANKED = 'from board_standing where board_id = ? and is_now = ?'

interface Stretch {
  readonly low: string
  readonly count: number
}

async function stretchOf(em: EntityManager, boardId: number, key: string): Promise<Stretch | undefined> {
  const [found] = await rows<Stretch>(
    em,
    'select low, count from board_stretch where board_id = ? and low <= ? order by low desc limit 1',
    [boardId, key],
  )
  return found
}

/** Within the transaction that inserts the standing. */
export async function countIn(em: EntityManager, boardId: number, key: string): Promise<void> {
  const stretch = await stretchOf(em, boardId, key)
  if (!stretch)
    return void (await rows(em, 'insert into board_stretch (board_id, low, count) values (?, ?, 1)', [boardId, '']))
  const count = stretch.count + 1
  if (count < 2 * USUAL) return setCount(em, boardId, stretch.low, count)
  const [next] = await rows<{ sort_key: string }>(
    em,
    `select sort_key ${RANKED} and sort_key >= ? order by sort_key limit 1 offset ?`,
    [boardId, true, stretch.low, USUAL],
  )
  await setCount(em, boardId, stretch.low, USUAL)
  await rows(em, 'insert into board_stretch (board_id, low, count) values (?, ?, ?)', [
    boardId,
    next!.sort_key,
    count - USUAL,
  ])
}

/** Within the transaction that ends the standing. */
export async function countOut(em: EntityManager, boardId: number, key: string): Promise<void> {
  const stretch = await stretchOf(em, boardId, key)
  if (!stretch) return
  if (stretch.count > 1 || stretch.low === '') return setCount(em, boardId, stretch.low, stretch.count - 1)
  await rows(em, 'delete from board_stretch where board_id = ? and low = ?', [boardId, stretch.low])
}

const setCount = async (em: EntityManager, boardId: number, low: string, count: number): Promise<void> => {
  await rows(em, 'update board_stretch set count = ? where board_id = ? and low = ?', [count, boardId, low])
}

/** Counts a whole board anew, after its keys have changed. */
export async function countAnew(em: EntityManager, boardId: number): Promise<void> {
  await rows(em, 'delete from board_stretch where board_id = ?', [boardId])
  const keys = await rows<{ low: string; at: number }>(
    em,
    `select sort_key as low, at from (select sort_key, row_number() over (order by sort_key) - 1 as at ${RANKED}) numbered
     where at % ? = 0 order by at`,
    [boardId, true, USUAL],
  )
  const total = await rankedCount(em, boardId)
  for (const [i, { low, at }] of keys.entries())
    await rows(em, 'insert into board_stretch (board_id, low, count) values (?, ?, ?)', [
      boardId,
      i === 0 ? '' : low,
      (keys[i + 1]?.at ?? total) - at,
    ])
}

async function rankedCount(em: EntityManager, boardId: number): Promise<number> {
  const [found] = await rows<{ n: number }>(em, `select count(*) as n ${RANKED}`, [boardId, true])
  return Number(found!.n)
}

/** How many are ranked on a board. */
export const lengthOf: (em: EntityManager, boardId: number) => Promise<number> = batched(async (em, ids) => {
  const sql = `select board_id, sum(count) as n from board_stretch where board_id in (${ids.map(() => '?').join(', ')}) group by board_id`
  const found = await rows<{ board_id: number; n: number }>(em, sql, [...ids])
  return ids.map((id) => Number(found.find((one) => one.board_id === id)?.n ?? 0))
})

/** The place that this key has or would have, from 1. */
export async function rankOf(em: EntityManager, boardId: number, key: string): Promise<number> {
  const stretch = await stretchOf(em, boardId, key)
  if (!stretch) return 1
  const [before] = await rows<{ n: number | null }>(
    em,
    'select sum(count) as n from board_stretch where board_id = ? and low < ?',
    [boardId, stretch.low],
  )
  const [within] = await rows<{ n: number }>(em, `select count(*) as n ${RANKED} and sort_key >= ? and sort_key < ?`, [
    boardId,
    true,
    stretch.low,
    key,
  ])
  return Number(before?.n ?? 0) + Number(within!.n) + 1
}

export type Place = Pick<StandingRow, 'entryId' | 'teamId' | 'sortKey' | 'score'> & { readonly rank: number }

/** Those in the places `from` to `from + most - 1`, in order. */
export async function placesFrom(em: EntityManager, boardId: number, from: number, most: number): Promise<Place[]> {
  const stretches = await rows<Stretch>(em, 'select low, count from board_stretch where board_id = ? order by low', [
    boardId,
  ])
  let [before, low] = [0, '']
  for (const stretch of stretches) {
    low = stretch.low
    if (before + Number(stretch.count) >= from) break
    before += Number(stretch.count)
  }
  const found = await rows<FoundPlace>(
    em,
    `select ${PLACE_COLUMNS} ${RANKED} and sort_key >= ? order by sort_key limit ? offset ?`,
    [boardId, true, low, most, from - 1 - before],
  )
  return placesOf(found, from)
}

/** A standing as `PLACE_COLUMNS` reads it. */
export interface FoundPlace {
  readonly entry_id: number
  readonly team_id: number | null
  readonly sort_key: string
  readonly score: number
}
export const PLACE_COLUMNS = 'entry_id, team_id, sort_key, score'

/** Standings in order, the first of them in the place `first`. */
export const placesOf = (found: readonly FoundPlace[], first: number): Place[] =>
  found.map((one, i) => ({
    ...{ rank: first + i, entryId: one.entry_id, teamId: one.team_id },
    ...{ sortKey: one.sort_key, score: one.score },
  }))
