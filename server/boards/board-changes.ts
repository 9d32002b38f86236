// Tells what moved on a board: at each ring the first places are read anew and compared with those of before, at most six times a second.
import { Mailbox, pause, stoppable } from '../events/bells.js'
import type { Context } from '../graphql/context.js'
import { BoardEntryTable, BoardTable, type BoardRow } from './board.table.js'
import type { BoardChange, MovedEntry } from './board.type.js'
import { reveal } from './find-board.js'
import { showPlaces, unplaced } from './placed.js'
import { placesFrom } from './stretches.js'

const CHANGE_MS = 150

/** The first comes at once and tells of nothing moved, so that a client knows from where on it is told. */
export function boardChanges(
  { house: { store, boardBells }, rights }: Pick<Context, 'house' | 'rights'>,
  id: number,
  top: number,
): AsyncGenerator<BoardChange> {
  return stoppable(async function* (signal) {
    const mailbox = new Mailbox(boardBells, (rung) => rung === id, signal)
    /** By entry, its place. */
    let before: ReadonlyMap<number, number> | null = null
    mailbox.putBack(id)
    try {
      while (!signal.aborted) {
        if ((await mailbox.take()).length === 0) return
        const em = store.em.fork()
        const found: BoardRow | null = await em.findOne(BoardTable, id)
        if (!found || !rights.seesBoard(found)) return
        const board = await reveal(em, found)
        const places = await placesFrom(em, id, 1, top)
        const now = new Map(places.map(({ entryId, rank }) => [entryId, rank]))
        const moved: MovedEntry[] = []
        if (before) {
          const was = before
          for (const entry of await showPlaces(em, board, places)) {
            const previousRank = was.get(entry.placed.row.id) ?? null
            if (previousRank !== entry.rank) moved.push({ entry, previousRank })
          }
          const gone = [...was.keys()].filter((key) => !now.has(key))
          for (const row of await em.find(BoardEntryTable, { id: { $in: gone } }))
            moved.push({ entry: unplaced(board, row), previousRank: was.get(row.id)! })
        }
        before = now
        if (!signal.aborted) yield { board, moved, at: new Date() }
        await pause(CHANGE_MS, signal)
      }
    } finally {
      mailbox.close()
    }
  })
}
