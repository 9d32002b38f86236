// A deed that wants a reason: a native dialog that stays open, with the sentence, where the server refuses.
import { useId, useRef, useState } from 'react'
import type { TadaDocumentNode } from '../graphql.js'
import { DialogForm, FormField } from '../people/form-field.js'
import { useDeed } from '../people/use-deed.js'

interface ReasonButtonProps {
  action: string
  title: string
  note: string
  id: string
  deed: TadaDocumentNode<object, { id: string; reason: string }>
  onDone: () => void
}

export function ReasonButton({ action, title, note, id, deed, onDone }: ReasonButtonProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const [reason, setReason] = useState('')
  const { busy, problem, run } = useDeed(deed)
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => dialog.current?.showModal()}>
        {action}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={titleId}>
        <h2 id={titleId}>{title}</h2>
        <p>{note}</p>
        <DialogForm
          action={action}
          close="Keep"
          busy={busy}
          problem={problem}
          onClose={() => dialog.current?.close()}
          onSubmit={async () => {
            if (!(await run({ id, reason }))) return
            dialog.current?.close()
            setReason('')
            onDone()
          }}
        >
          <FormField label="Reason" value={reason} onText={setReason} maxLength={500} required />
        </DialogForm>
      </dialog>
    </>
  )
}
