// The tags and the notes of one run, changed without leaving the list.
import { useEffect, useId, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { graphql } from '../graphql.js'
import { useDeed } from '../people/use-deed.js'
import { whyOf } from '../why.js'

const NOTED = graphql(`
  query NotedRun($id: ID!) {
    run(id: $id) {
      id
      tags
      notes
    }
  }
`)

const SET_TAGS = graphql(`
  mutation SetTags($run: ID!, $add: [String!], $remove: [String!]) {
    tagRuns(runs: [$run], add: $add, remove: $remove) {
      id
      tags
    }
  }
`)

const SET_NOTES = graphql(`
  mutation SetNotes($id: ID!, $notes: String!) {
    setRun(id: $id, notes: $notes) {
      id
    }
  }
`)

interface RunNotesProps {
  run: { readonly id: string; readonly name: string }
  /** The list shows what was changed. */
  onChanged: () => void
  onClose: () => void
}

export function RunNotes({ run, onChanged, onClose }: RunNotesProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [{ data, error }] = useQuery({ query: NOTED, variables: { id: run.id } })
  const [changedTags, setTags] = useState<readonly string[] | null>(null)
  const [changedNotes, setNotes] = useState<string | null>(null)
  const [tag, setTag] = useState('')
  const tagging = useDeed(SET_TAGS)
  const noting = useDeed(SET_NOTES)
  useEffect(() => dialog.current?.showModal(), [])
  const tags = changedTags ?? data?.run.tags ?? []
  const notes = changedNotes ?? data?.run.notes ?? ''
  const change = async (tagged: { add?: string[]; remove?: string[] }) => {
    const answer = await tagging.run({ run: run.id, ...tagged })
    if (!answer) return
    setTags(answer.tagRuns[0]?.tags ?? [])
    setTag('')
    onChanged()
  }
  const save = async () => {
    if (changedNotes !== null && !(await noting.run({ id: run.id, notes: changedNotes }))) return
    onChanged()
    dialog.current?.close()
  }
  const problem = error ? whyOf(error) : (tagging.problem ?? noting.problem)
  return (
    <dialog ref={dialog} className="dialog notes-dialog" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>Tags and notes of {run.name}</h2>
      <div className="runs-tags">
        {tags.map((one) => (
          <button
            key={one}
            type="button"
            className="tag"
            aria-label={`Take off the tag ${one}`}
            disabled={tagging.busy}
            onClick={() => void change({ remove: [one] })}
          >
            {one} <span aria-hidden="true">×</span>
          </button>
        ))}
        {data && tags.length === 0 && <span className="quiet">No tags yet.</span>}
      </div>
      <form
        className="tag-form"
        onSubmit={(event) => {
          event.preventDefault()
          void change({ add: [tag.trim()] })
        }}
      >
        <input
          aria-label="New tag"
          placeholder="tag"
          value={tag}
          maxLength={50}
          onChange={(event) => setTag(event.target.value)}
        />
        <button type="submit" className="button button-quiet button-small" disabled={tag.trim() === ''}>
          Add tag
        </button>
      </form>
      <label htmlFor={`${id}-notes`}>Notes</label>
      <textarea
        id={`${id}-notes`}
        rows={6}
        maxLength={20_000}
        disabled={!data}
        value={notes}
        onChange={(event) => setNotes(event.target.value)}
      />
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="dialog-buttons">
        <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
          Close
        </button>
        <button type="button" className="button" disabled={!data || noting.busy} onClick={() => void save()}>
          Save
        </button>
      </div>
    </dialog>
  )
}
