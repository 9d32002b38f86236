// What one can do with a run: pause it, take it up again, cancel it for good; and start one anew that ended without a result.
import type { RunState } from '@cellboard/schema/run-state'
import { isEnded } from '@cellboard/schema/run-state'
import { useEffect, useState } from 'react'
import { CancelRun } from './cancel-run.js'
import { RetryRun } from './retry-run.js'

type Act = (id: string) => Promise<RunState | null>

export interface RunActions {
  readonly cancel: Act
  readonly pause: Act
  readonly resume: Act
  /** Resolves to the id of the new run. */
  readonly retry: (id: string) => Promise<string>
}

interface RunControlsProps {
  id: string
  name: string
  noun: string
  state: RunState
  /** What was asked of it when the page was opened. */
  becoming: RunState | null
  actions: RunActions
}

export function RunControls({ id, name, noun, state, becoming, actions }: RunControlsProps) {
  const [asked, setAsked] = useState(becoming)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  // Once the engine has stopped, what was asked is done.
  useEffect(() => {
    if (state === 'PAUSED' || isEnded(state)) setAsked(null)
  }, [state])
  // What a program elsewhere computes can only be ended from here.
  const isLogged = noun === 'run'
  if (state === 'FINISHED' || (isLogged && isEnded(state))) return null
  if (isEnded(state)) return <RetryRun id={id} retry={actions.retry} />

  const act = async (action: Act): Promise<string | null> => {
    setBusy(true)
    const refusal = await action(id).then(
      (next) => {
        setAsked(next)
        return null
      },
      (error: Error) => error.message,
    )
    setBusy(false)
    return refusal
  }
  const stopping = state === 'RUNNING' && asked !== null
  const paused = state === 'PAUSED'
  return (
    <>
      {stopping && (
        <span className="becoming" role="status">
          <span className="spinner" aria-hidden="true" /> {asked === 'PAUSED' ? 'Pausing…' : 'Cancelling…'}
        </span>
      )}
      {asked !== 'CANCELLED' && !isLogged && (
        <button
          type="button"
          className={paused ? 'button' : 'button button-quiet'}
          disabled={busy || stopping}
          onClick={() => void act(paused ? actions.resume : actions.pause).then(setProblem)}
        >
          {paused ? 'Resume' : 'Pause'}
        </button>
      )}
      <CancelRun name={name} noun={noun} onCancel={() => act(actions.cancel)} />
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}
