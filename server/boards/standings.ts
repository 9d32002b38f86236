// Keeps a board in order, one change at a time: which entry of a team is ranked, since when, and what that moves.
import type { BoardRules } from '@cellboard/schema/board-rules'
import { insertRows, rows, type EntityManager } from '../store/orm.js'
import { BoardEntryTable, type BoardEntryRow, type BoardRow } from './board.table.js'
import { comparedValue, sortKey } from './sort-key.js'
import { StandingTable, type StandingRow } from './standing.table.js'
import { countAnew, countIn, countOut, rankOf } from './stretches.js'

/** What a change did to the places of the entries that it was about; those between them moved by one. */
export interface Move {
  readonly entryId: number
  /** Null: was not ranked. */
  readonly from: number | null
  /** Null: is no longer ranked. */
  readonly to: number | null
}

type Ordered = Pick<BoardEntryRow, 'values' | 'submittedAt' | 'id'>

/** The columns by which an entry is ordered under these rules. */
export function orderOf(rules: BoardRules, entry: Ordered): Pick<BoardEntryRow, 'sortKey' | 'score'> {
  const score = comparedValue(rules.metric, entry.values)
  return { score, sortKey: score === null ? null : sortKey(rules, entry) }
}

const isRankable = ({ baseline, state, evidence, sortKey }: BoardEntryRow) =>
  !baseline && state === 'STANDING' && evidence === 'THERE' && sortKey != null

/**
 * Brings the standings in line after an entry came, changed its state or its values; within a transaction. Baselines take no place.
 * Nothing but the entries of its team can change whether they are ranked.
 */
export async function settle(em: EntityManager, board: BoardRow, entry: BoardEntryRow, now: Date): Promise<Move[]> {
  const standing = await standingsOf(em, board, entry)
  const wanted = await wantedOf(em, board, entry, standing)
  const moves = new Map<number, { from: number | null; to: number | null }>()
  for (const old of standing) {
    if (wanted.some((one) => one.id === old.entryId && one.sortKey === old.sortKey)) continue
    moves.set(old.entryId, { from: await rankOf(em, board.id, old.sortKey), to: null })
  }
  const added = wanted.filter((one) => !standing.some((old) => old.entryId === one.id && old.sortKey === one.sortKey))
  for (const old of standing) if (moves.has(old.entryId)) await leave(em, old, now)
  for (const one of added) await take(em, board.id, one, now)
  for (const one of added)
    moves.set(one.id, {
      from: moves.get(one.id)?.from ?? null,
      to: await rankOf(em, board.id, one.sortKey!),
    })
  return [...moves].map(([entryId, move]) => ({ entryId, ...move }))
}

/** What stands now of what the entry could displace: its team's, or only itself where all of a team's are ranked. */
function standingsOf(em: EntityManager, { id, rules }: BoardRow, entry: BoardEntryRow): Promise<StandingRow[]> {
  // An entry's own board is not named: SQLite would take the index of all that stands on it.
  const own = rules.perTeam === 'all' || entry.baseline ? { entryId: entry.id } : { boardId: id, teamId: entry.teamId }
  return em.find(StandingTable, { ...own, isNow: true })
}

async function wantedOf(
  em: EntityManager,
  { id, rules }: BoardRow,
  entry: BoardEntryRow,
  standing: readonly StandingRow[],
): Promise<BoardEntryRow[]> {
  if (entry.baseline) return []
  if (rules.perTeam === 'all') return isRankable(entry) ? [entry] : []
  const [held] = standing
  const isBetter = (one: StandingRow) =>
    rules.perTeam === 'best' ? entry.sortKey! < one.sortKey : entry.id > one.entryId
  // A newcomer only has to be compared with what stands; where that goes itself, the next of its team is looked up.
  if (held && held.entryId !== entry.id) {
    const stays = await em.findOneOrFail(BoardEntryTable, held.entryId)
    return [isRankable(entry) && isBetter(held) ? entry : stays]
  }
  const ranked = {
    boardId: id,
    teamId: entry.teamId,
    state: 'STANDING' as const,
    evidence: 'THERE' as const,
    baseline: false,
    sortKey: { $ne: null },
  }
  return em.find(BoardEntryTable, ranked, {
    orderBy: rules.perTeam === 'best' ? { sortKey: 'asc' } : { id: 'desc' },
    limit: 1,
  })
}

async function take(em: EntityManager, boardId: number, entry: BoardEntryRow, now: Date): Promise<void> {
  await em.insert(StandingTable, {
    boardId,
    entryId: entry.id,
    teamId: entry.teamId,
    sortKey: entry.sortKey!,
    score: entry.score!,
    since: now.getTime(),
    until: null,
    isNow: true,
  })
  await countIn(em, boardId, entry.sortKey!)
}

async function leave(em: EntityManager, { id, boardId, sortKey: key }: StandingRow, now: Date): Promise<void> {
  await em.nativeUpdate(StandingTable, id, { until: now.getTime(), isNow: false })
  await countOut(em, boardId, key)
}

const AT_ONCE = 1000

/** Orders a whole board by new rules, within a transaction: every place before is closed and every place after opened at this moment. */
export async function rerank(em: EntityManager, board: BoardRow, rules: BoardRules, now: Date): Promise<void> {
  const time = now.getTime()
  await rows(em, 'update board_standing set until = ?, is_now = ? where board_id = ? and is_now = ?', [
    time,
    false,
    board.id,
    true,
  ])
  const firstOfTeam = new Map<number, BoardEntryRow>()
  for (let after = 0; ;) {
    const some = await em.find(
      BoardEntryTable,
      { boardId: board.id, id: { $gt: after } },
      { orderBy: { id: 'asc' }, limit: AT_ONCE, disableIdentityMap: true },
    )
    if (some.length === 0) break
    after = some.at(-1)!.id
    const ordered = some.map((entry) => Object.assign(entry, orderOf(rules, entry)))
    await writeOrder(em, ordered)
    const ranked = ordered.filter(isRankable)
    if (rules.perTeam === 'all') await standAll(em, ranked, time)
    else
      for (const entry of ranked) {
        const first = firstOfTeam.get(entry.teamId!)
        if (!first || rules.perTeam === 'latest' || entry.sortKey! < first.sortKey!)
          firstOfTeam.set(entry.teamId!, entry)
      }
  }
  const firsts = [...firstOfTeam.values()]
  for (let i = 0; i < firsts.length; i += AT_ONCE) await standAll(em, firsts.slice(i, i + AT_ONCE), time)
  await countAnew(em, board.id)
}

const COLUMNS = ['board_id', 'entry_id', 'team_id', 'sort_key', 'score', 'since', 'until', 'is_now'] as const

const standAll = (em: EntityManager, entries: readonly BoardEntryRow[], time: number): Promise<void> =>
  insertRows(
    em,
    'board_standing',
    COLUMNS,
    entries.map((one) => [one.boardId, one.id, one.teamId ?? null, one.sortKey!, one.score!, time, null, true]),
  )

async function writeOrder(em: EntityManager, entries: readonly BoardEntryRow[]): Promise<void> {
  for (const { id, sortKey: key, score } of entries)
    await rows(em, 'update board_entry set sort_key = ?, score = ? where id = ?', [key ?? null, score ?? null, id])
}
