// Enters what a page shows into a board: the boards that take such a thing, the refusal in place, the place when it is in.
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { ChoiceField, DialogForm, FormField } from '../people/form-field.js'
import { useDeed } from '../people/use-deed.js'
import { useViewer } from '../people/viewer.js'
import { SUBMIT } from './board-deeds.js'
import { BOARDS } from './board-query.js'
import { SUBJECT_NOUNS } from './board-text.js'

interface SubmitButtonProps {
  /** Global id. */
  subject: string
  kind: keyof typeof SUBJECT_NOUNS
}

export function SubmitButton({ subject, kind }: SubmitButtonProps) {
  const viewer = useViewer()
  const dialog = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  if (!viewer) return null
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        onClick={() => {
          setOpen(true)
          dialog.current?.showModal()
        }}
      >
        Enter into a board
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby="submit-title" onClose={() => setOpen(false)}>
        <h2 id="submit-title">Enter into a board</h2>
        {open && <SubmitForm subject={subject} kind={kind} onClose={() => dialog.current?.close()} />}
      </dialog>
    </>
  )
}

function SubmitForm({ subject, kind, onClose }: SubmitButtonProps & { onClose: () => void }) {
  const viewer = useViewer()!
  const [{ data }] = useQuery({ query: BOARDS, variables: {} })
  const boards = (data?.boards.edges ?? [])
    .map(({ node }) => node)
    .filter((board) => board.mayEnter && board.rules.subject === kind)
  const [board, setBoard] = useState('')
  const [title, setTitle] = useState('')
  const teams = viewer.memberships.filter(({ role }) => role !== 'VIEWER').map(({ team }) => team)
  const [team, setTeam] = useState(teams[0]?.id ?? '')
  const { busy, problem, run } = useDeed(SUBMIT)
  const [entered, setEntered] = useState<{ id: string; why: string } | null>(null)
  const chosen = board || boards[0]?.id
  if (!data) return <p className="loading">Loading…</p>
  if (entered)
    return (
      <>
        <p role="status">
          It is in. {entered.why} <Link to={`/entries/${encodeURIComponent(entered.id)}`}>See the entry</Link>
        </p>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
        </div>
      </>
    )
  if (!chosen)
    return (
      <>
        <p>
          None of the boards that you may enter takes {SUBJECT_NOUNS[kind]}. <Link to="/new-board">Make one</Link>
        </p>
        <div className="dialog-buttons">
          <button type="button" className="button button-quiet" onClick={onClose}>
            Close
          </button>
        </div>
      </>
    )
  return (
    <DialogForm
      action="Enter"
      close="Close"
      busy={busy}
      problem={problem}
      onClose={onClose}
      onSubmit={async () => {
        const more = { title: title.trim() || null, team: kind === 'ARCHITECTURE' ? team : null }
        const done = await run({ board: chosen, subject, ...more })
        if (done) setEntered(done.submitEntry)
      }}
    >
      <ChoiceField
        label="Board"
        value={chosen}
        choices={boards.map(({ id, name, team }) => ({ value: id, text: `${name} (${team.name})` }))}
        onChoice={setBoard}
      />
      {kind === 'ARCHITECTURE' && (
        <ChoiceField
          label="For the team"
          value={team}
          choices={teams.map(({ id, name }) => ({ value: id, text: name }))}
          note="Its finished trainings of this architecture count."
          onChoice={setTeam}
        />
      )}
      <FormField label="Called" value={title} onText={setTitle} maxLength={200} note="Its own name when empty." />
    </DialogForm>
  )
}
