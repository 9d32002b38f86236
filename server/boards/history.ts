// How a board came to be what it is: what moved since yesterday, where an entry stood over time, the best of each team over time.
import DataLoader from 'dataloader'
import { rows, type EntityManager } from '../store/orm.js'
import { BoardEntryTable, type BoardEntryRow, type BoardRow } from './board.table.js'
import { rulesOf } from './find-board.js'
import { comparedValue } from './sort-key.js'
import { StandingTable, type StandingRow } from './standing.table.js'
import { rankOf } from './stretches.js'

const DAY = 86_400_000
/** Beyond so many changes a day, movements are not told. */
const MOST_CHANGES = 5_000
/** Beyond so many places ever taken, the rank over time is not told. */
const MOST_STANDINGS = 50_000

type Stood = Pick<StandingRow, 'entryId' | 'sortKey'>

interface Changes {
  /** Milliseconds since 1970. */
  readonly since: number
  /** What has come since then and stands now. */
  readonly came: readonly Stood[]
  /** What stood then and no longer does. */
  readonly left: readonly Stood[]
}

const fields = ['entryId', 'sortKey'] as const
const options = { fields, limit: MOST_CHANGES + 1, disableIdentityMap: true } as const

async function changesOf(em: EntityManager, boardId: number): Promise<Changes | null> {
  const since = Date.now() - DAY
  const came = await em.find(StandingTable, { boardId, since: { $gt: since }, isNow: true }, options)
  const left = await em.find(StandingTable, { boardId, until: { $gt: since }, since: { $lte: since } }, options)
  return came.length > MOST_CHANGES || left.length > MOST_CHANGES ? null : { since, came, left }
}

/** Read once for all entries of a page. */
const loaders = new WeakMap<EntityManager, DataLoader<number, Changes | null>>()

function changes(em: EntityManager, boardId: number): Promise<Changes | null> {
  const known = loaders.get(em)
  const loader = known ?? new DataLoader((ids) => Promise.all(ids.map((id) => changesOf(em, id))))
  if (!known) loaders.set(em, loader)
  return loader.load(boardId)
}

/** Places gained since 24 hours ago; negative for places lost. Null: was not ranked then, or is not now, or too much has changed. */
export async function movementOf(em: EntityManager, entry: BoardEntryRow, rank: number | null): Promise<number | null> {
  const changed = rank === null ? null : await changes(em, entry.boardId)
  if (rank === null || !changed) return null
  const isNew = changed.came.some(({ entryId }) => entryId === entry.id)
  const then = changed.left.find(({ entryId }) => entryId === entry.id)?.sortKey ?? (isNew ? null : entry.sortKey)
  if (then == null) return null
  const before = (stood: readonly Stood[]) => stood.filter(({ sortKey }) => sortKey < then).length
  const now = then === entry.sortKey ? rank : await rankOf(em, entry.boardId, then)
  return now - before(changed.came) + before(changed.left) - rank
}

export interface At {
  readonly time: Date
  readonly rank: number | null
  readonly score: number | null
}

/** Where it stood whenever it took or left a place, and at moments between, `points` in all or a few more. */
export async function historyOf(em: EntityManager, entry: BoardEntryRow, points: number): Promise<At[]> {
  const own = await em.find(
    StandingTable,
    { entryId: entry.id },
    { orderBy: { since: 'asc' }, disableIdentityMap: true },
  )
  if (own.length === 0) return []
  const known = own.slice(-points)
  const [begin, now] = [known[0]!.since, Date.now()]
  const between = Array.from({ length: points }, (_, i) => begin + ((now - begin) * (i + 1)) / points)
  const edges = known.flatMap(({ since, until }) => (until === null || until === undefined ? [since] : [since, until]))
  const times = [...new Set([...edges, ...between].map(Math.round))].sort((a, b) => a - b)
  const all = await standingsOf(em, entry.boardId)
  return times.map((time) => {
    const at = known.find((one) => one.since <= time && (one.until ?? Infinity) > time)
    return { time: new Date(time), score: at?.score ?? null, rank: at && all ? rankAt(all, time, at.sortKey) : null }
  })
}

interface Span {
  readonly since: number
  readonly until: number
  readonly key: string
}

async function standingsOf(em: EntityManager, boardId: number): Promise<Span[] | null> {
  const found = await rows<{ since: number; until: number | null; sort_key: string }>(
    em,
    'select since, until, sort_key from board_standing where board_id = ? limit ?',
    [boardId, MOST_STANDINGS + 1],
  )
  if (found.length > MOST_STANDINGS) return null
  return found.map(({ since, until, sort_key: key }) => ({
    since: Number(since),
    until: until === null ? Infinity : Number(until),
    key,
  }))
}

const rankAt = (all: readonly Span[], time: number, key: string): number =>
  all.filter((one) => one.key < key && one.since <= time && one.until > time).length + 1

export interface Best {
  readonly teamId: number
  readonly times: Float64Array
  readonly scores: Float64Array
}

const MOST_ENTRIES = 2_000

/** Of the teams that stand highest: the running best of their entries by the rules of now. */
export async function bestOverTime(em: EntityManager, board: BoardRow, teams: number): Promise<Best[]> {
  const { metric } = rulesOf(board)
  const better = (a: number, b: number) => (metric.direction === 'higher' ? a > b : a < b)
  const top = await firstTeams(em, board.id, teams)
  return Promise.all(
    top.map(async (teamId) => {
      const wanted = {
        boardId: board.id,
        teamId,
        state: 'STANDING' as const,
        evidence: 'THERE' as const,
        baseline: false,
      }
      const order = { orderBy: { submittedAt: 'asc' as const }, limit: MOST_ENTRIES, disableIdentityMap: true }
      const steps: { time: number; score: number }[] = []
      for (const entry of await em.find(BoardEntryTable, wanted, order)) {
        const score = comparedValue(metric, entry.values)
        const last = steps.at(-1)
        if (score !== null && (!last || better(score, last.score))) steps.push({ time: +entry.submittedAt, score })
      }
      return {
        teamId,
        times: Float64Array.from(steps, ({ time }) => time),
        scores: Float64Array.from(steps, ({ score }) => score),
      }
    }),
  )
}

/** How far down a board is looked for different teams. */
const FAR = 2_000

async function firstTeams(em: EntityManager, boardId: number, teams: number): Promise<number[]> {
  const sql = 'select team_id from board_standing where board_id = ? and is_now = ? order by sort_key limit ?'
  const found = await rows<{ team_id: number }>(em, sql, [boardId, true, FAR])
  return [...new Set(found.map((one) => one.team_id))].slice(0, teams)
}
