// Cancels a run after asking once more; a native dialog, so that focus and Escape behave as everywhere.
import { useRef, useState } from 'react'

interface CancelRunProps {
  name: string
  /** What kind of run it is. */
  noun: string
  onCancel: () => Promise<string | null>
}

/** @param onCancel resolves to null, or to the sentence that says why it could not be cancelled. */
export function CancelRun({ name, noun, onCancel }: CancelRunProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const cancel = async () => {
    setBusy(true)
    const refusal = await onCancel()
    setBusy(false)
    setProblem(refusal)
    if (refusal === null) dialog.current?.close()
  }
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => dialog.current?.showModal()}>
        Cancel {noun}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby="cancel-title">
        <h2 id="cancel-title">Cancel this {noun}?</h2>
        <p>
          {noun === 'run'
            ? `“${name}” takes no more points from the program that logs it. What it has logged so far is kept.`
            : `“${name}” stops within a second. What it has measured so far is kept; it cannot be taken up again: pause it for that.`}
        </p>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="dialog-buttons">
          <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
            Let it run
          </button>
          <button type="button" className="button button-danger" disabled={busy} onClick={() => void cancel()}>
            {busy ? 'Cancelling…' : `Cancel the ${noun}`}
          </button>
        </div>
      </dialog>
    </>
  )
}
