// Tells of each run that appeared or changed and that the viewer may see, at most four times a second a run: what moves a list of runs.
import { RunTable, type RunRow } from './run.table.js'
import { Mailbox, pause, stoppable } from '../events/bells.js'
import type { Context } from '../graphql/context.js'

const CHANGE_MS = 250

export function runChanges({
  house: { store, bells },
  rights,
}: Pick<Context, 'house' | 'rights'>): AsyncGenerator<RunRow> {
  return stoppable(async function* (signal) {
    const mailbox = new Mailbox(bells, () => true, signal)
    try {
      while (!signal.aborted) {
        const ids = await mailbox.take()
        const changed =
          ids.length === 0 ? [] : await store.em.fork().find(RunTable, { id: { $in: ids } }, { orderBy: { id: 'asc' } })
        for (const run of changed) {
          if (signal.aborted) return
          if (rights.seesRun(run)) yield run
        }
        await pause(CHANGE_MS, signal)
      }
    } finally {
      mailbox.close()
    }
  })
}
