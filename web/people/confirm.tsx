// A button whose deed is asked about once more before it is done; a native dialog, so that focus and Escape behave as everywhere.
import { useId, useRef, type ReactNode } from 'react'

interface ConfirmProps {
  /** What the button says. */
  action: string
  title: string
  children: ReactNode
  /** Names the button for who does not see what stands beside it. */
  label?: string
  onConfirm: () => Promise<unknown>
}

export function Confirm({ action, title, children, label, onConfirm }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const confirm = async () => {
    await onConfirm()
    dialog.current?.close()
  }
  return (
    <>
      <button
        type="button"
        className="button button-quiet button-small"
        aria-label={label}
        onClick={() => dialog.current?.showModal()}
      >
        {action}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={id}>
        <h2 id={id}>{title}</h2>
        <p>{children}</p>
        <div className="dialog-buttons">
          <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
            Keep
          </button>
          <button type="button" className="button button-danger" onClick={() => void confirm()}>
            {action}
          </button>
        </div>
      </dialog>
    </>
  )
}
