// Makes a link that shows one thing to whoever has it; a native dialog, so that focus and Escape behave as everywhere.
import { useRef, useState } from 'react'
import { graphql } from '../graphql.js'
import { ChoiceField, DialogForm, FormField } from './form-field.js'
import { SecretBox } from './secret-box.js'
import { useDeed } from './use-deed.js'
import './people.css'
import '../settings/settings.css'

const CREATE = graphql(`
  mutation CreateShareLink($subject: ID!, $note: String, $expiresInDays: Int) {
    createShareLink(subject: $subject, note: $note, expiresInDays: $expiresInDays) {
      url
    }
  }
`)

const DAYS = [1, 7, 30, 365]

export function ShareButton({ subject, noun }: { subject: string; noun: string }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [note, setNote] = useState('')
  const [days, setDays] = useState('30')
  const [url, setUrl] = useState<string | null>(null)
  const { busy, problem, run, clear } = useDeed(CREATE)
  const create = async () => {
    const data = await run({ subject, note, expiresInDays: Number(days) })
    if (data) setUrl(data.createShareLink.url)
  }
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        onClick={() => {
          setUrl(null)
          clear()
          dialog.current?.showModal()
        }}
      >
        Share
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby="share-title">
        <h2 id="share-title">Share this {noun}</h2>
        <p>
          Whoever has the link sees it live, without signing in, and can change nothing. You can revoke it on the team’s
          page.
        </p>
        <DialogForm
          action="Make a link"
          close="Close"
          busy={busy}
          problem={problem}
          onClose={() => dialog.current?.close()}
          onSubmit={create}
        >
          <FormField label="For whom" value={note} onText={setNote} maxLength={200} placeholder="reviewers" />
          <ChoiceField
            label="Ends after"
            value={days}
            choices={DAYS.map((n) => ({ value: String(n), text: n === 1 ? 'a day' : `${n} days` }))}
            onChoice={setDays}
          />
          {url && <SecretBox label="The link." note="It is not shown again." secret={url} />}
        </DialogForm>
      </dialog>
    </>
  )
}
