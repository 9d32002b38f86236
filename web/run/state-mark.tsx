// The state of a run as a word with its colour; never by colour alone.
import type { RunState } from '@cellboard/schema/run-state'

const WORDS: Readonly<Record<RunState, string>> = {
  QUEUED: 'Queued',
  RUNNING: 'Running',
  PAUSED: 'Paused',
  FINISHED: 'Finished',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
}

export function StateMark({ state }: { state: RunState }) {
  return (
    <span className={`state state-${state.toLowerCase()}`}>
      <span className="state-dot" aria-hidden="true" />
      {WORDS[state]}
    </span>
  )
}
