// The states a run goes through, and which may follow which.

export const RUN_STATES = ['QUEUED', 'RUNNING', 'PAUSED', 'FINISHED', 'FAILED', 'CANCELLED'] as const
export type RunState = (typeof RUN_STATES)[number]

/** RUNNING goes back to QUEUED when the machine failed under a run, not the experiment. */
export const NEXT_STATES: Readonly<Record<RunState, readonly RunState[]>> = {
  QUEUED: ['RUNNING', 'PAUSED', 'CANCELLED', 'FAILED'],
  RUNNING: ['FINISHED', 'FAILED', 'CANCELLED', 'PAUSED', 'QUEUED'],
  PAUSED: ['QUEUED', 'CANCELLED'],
  FINISHED: [],
  FAILED: [],
  CANCELLED: [],
}

export const isEnded = (state: RunState): boolean => NEXT_STATES[state].length === 0
