// Stops a run for a person, for good or for a while, at whatever it is just now.
import type { Context } from '../graphql/context.js'
import { RunTable, type RunRow } from './run.table.js'
import { changeState } from './state.js'

/** What is computed elsewhere has no engine to wait for, and none that could be taken up again. */
const AT_ONCE = { computed: ['QUEUED', 'PAUSED'], logged: ['RUNNING'] } as const

const NOTES = { CANCELLED: { cancelRequested: true }, PAUSED: { pauseRequested: true } } as const

/**
 * What waits changes at once. Of a run that is computed it is noted first what is wanted, so that an engine that ends now, or a
 * server that dies, finds it; its end makes the change.
 * @returns false where the run is in no state from which it could
 */
export async function stopRun(
  { em, house }: Pick<Context, 'em' | 'house'>,
  run: RunRow,
  to: keyof typeof NOTES,
): Promise<boolean> {
  const isLogged = run.kind === 'logged'
  if (isLogged && to === 'PAUSED') return false
  for (;;) {
    const changed = await changeState(em, run.id, { to, from: AT_ONCE[isLogged ? 'logged' : 'computed'] })
    const noted =
      !changed && !isLogged && (await em.nativeUpdate(RunTable, { id: run.id, state: 'RUNNING' }, NOTES[to])) > 0
    if (noted) house.runner.stopRun(run.id, to === 'CANCELLED')
    if (changed || noted) house.bells.ring(run.id)
    await em.refresh(run)
    if (changed || noted) return true
    // Queued or running only now: it moved between the two looks.
    if (run.state !== 'RUNNING' && run.state !== 'QUEUED') return false
  }
}
