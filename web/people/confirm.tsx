// A button whose deed is asked about once more before it is done; a native dialog, so that focus and Escape behave as everywhere.
import { useId, useRef, useState, type ReactNode } from 'react'

interface ConfirmProps {
  /** What the button says. */
  action: string
  title: string
  children: ReactNode
  /** Names the button for who does not see what stands beside it. */
  label?: string
  /** Resolves to null where it was refused: then the dialog stays, with why. */
  onConfirm: () => Promise<unknown>
  onDone?: () => unknown
  /** Why it was refused. */
  problem?: string | null
}

export function Confirm({ action, title, children, label, onConfirm, onDone, problem }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState(false)
  const confirm = async () => {
    setBusy(true)
    const done = await onConfirm()
    setBusy(false)
    setRefused(done === null)
    if (done === null) return
    dialog.current?.close()
    onDone?.()
  }
  return (
    <>
      <button
        type="button"
        className="button button-quiet button-small"
        aria-label={label}
        onClick={() => {
          setRefused(false)
          dialog.current?.showModal()
        }}
      >
        {action}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={id}>
        <h2 id={id}>{title}</h2>
        <p>{children}</p>
        {refused && (
          <p className="problem" role="alert">
            {problem ?? 'The server refused it.'}
          </p>
        )}
        <div className="dialog-buttons">
          <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
            Keep
          </button>
          <button type="button" className="button button-danger" disabled={busy} onClick={() => void confirm()}>
            {action}
          </button>
        </div>
      </dialog>
    </>
  )
}
