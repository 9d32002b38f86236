// Tells of each run that appeared or changed, at most four times a second a run: what moves a list of runs.
import { RunTable, type RunRow } from './run.table.js'
import type { Store } from '../store/orm.js'
import { Mailbox, pause, stoppable, type Bells } from '../events/bells.js'

const CHANGE_MS = 250

export function runChanges({ store, bells }: { store: Store; bells: Bells }): AsyncGenerator<RunRow> {
  return stoppable(async function* (signal) {
    const mailbox = new Mailbox(bells, () => true, signal)
    try {
      while (!signal.aborted) {
        const ids = await mailbox.take()
        const changed = ids.length === 0 ? [] : await store.em.fork().find(RunTable, ids, { orderBy: { id: 'asc' } })
        for (const run of changed) {
          if (signal.aborted) return
          yield run
        }
        await pause(CHANGE_MS, signal)
      }
    } finally {
      mailbox.close()
    }
  })
}
