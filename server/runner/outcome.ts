// How an engine's end becomes the run's next state: whose move is next decides, not how loud the end was.
import type { Failure } from '@cellboard/schema/error-codes'
import type { RunState } from '@cellboard/schema/run-state'

export type Outcome =
  | { readonly kind: 'finished' }
  /** Told to stop: by a person who cancelled or paused, or by a server that goes down. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly stack?: string }
  /** The process ended without a word. */
  | { readonly kind: 'died'; readonly how: string }

/** A run goes back into the queue so often before it is given up. */
export const MOST_MACHINE_FAILURES = 3

export function judge(
  outcome: Outcome,
  run: { cancelRequested: boolean; pauseRequested: boolean; machineFailures: number; most: number },
): { to: RunState; failure?: Failure } {
  if (outcome.kind === 'finished') return { to: 'FINISHED' }
  if (outcome.kind === 'failed') return { to: 'FAILED', failure: outcome.failure }
  if (run.cancelRequested) return { to: 'CANCELLED' }
  if (run.pauseRequested) return { to: 'PAUSED' }
  if (outcome.kind === 'stopped' || run.machineFailures <= run.most) return { to: 'QUEUED' }
  return {
    to: 'FAILED',
    failure: {
      code: 'ENGINE_DIED',
      message: `Expected the engine to come to an end, but it died ${run.machineFailures} times, the last time because ${outcome.how}.`,
      hint: 'Often the memory was not enough: try a smaller batch, fewer channels or fewer cells. What was found so far is kept.',
    },
  }
}
