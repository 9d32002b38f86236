// What can be done with the runs that are selected.
import { useState } from 'react'
import { Link } from 'react-router'
import { graphql } from '../graphql.js'
import { Confirm } from '../people/confirm.js'
import { useDeed } from '../people/use-deed.js'

const TAG = graphql(`
  mutation TagRuns($runs: [ID!]!, $add: [String!]) {
    tagRuns(runs: $runs, add: $add) {
      id
    }
  }
`)

const TRASH = graphql(`
  mutation TrashRuns($runs: [ID!]!) {
    trashRuns(runs: $runs) {
      id
    }
  }
`)

const RESTORE = graphql(`
  mutation RestoreRuns($runs: [ID!]!) {
    restoreRuns(runs: $runs) {
      id
    }
  }
`)

const DELETE = graphql(`
  mutation DeleteRuns($runs: [ID!]!) {
    deleteRuns(runs: $runs)
  }
`)

/** As many as the server puts side by side. */
const MOST_COMPARED = 50

interface SelectionBarProps {
  /** Global ids, at least one. */
  runs: readonly string[]
  bin: boolean
  /** Whether the viewer may delete all of them for good. */
  mayDelete: boolean
  onDone: () => void
  onClear: () => void
}

export function SelectionBar({ runs, bin, mayDelete, onDone, onClear }: SelectionBarProps) {
  const [tag, setTag] = useState('')
  const tagRuns = useDeed(TAG)
  const trash = useDeed(TRASH)
  const restore = useDeed(RESTORE)
  const remove = useDeed(DELETE)
  const ids = [...runs]
  const done = (data: unknown) => {
    if (data) onDone()
  }
  const problem = tagRuns.problem ?? trash.problem ?? restore.problem ?? remove.problem
  return (
    <div className="selection-bar" role="region" aria-label="Selected runs">
      <b>{runs.length === 1 ? '1 run' : `${runs.length} runs`}</b>
      <Link
        className="button button-small"
        to={`/compare?runs=${ids.slice(0, MOST_COMPARED).map(encodeURIComponent).join(',')}`}
      >
        Compare
      </Link>
      {bin ? (
        <>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => void restore.run({ runs: ids }).then(done)}
          >
            Restore
          </button>
          {mayDelete && (
            <Confirm
              action="Delete for good"
              title="Delete for good?"
              onConfirm={() => remove.run({ runs: ids }).then(done)}
            >
              Their logs, points and files go too. Nobody can bring them back.
            </Confirm>
          )}
        </>
      ) : (
        <>
          <form
            className="tag-form"
            onSubmit={(event) => {
              event.preventDefault()
              void tagRuns.run({ runs: ids, add: [tag.trim()] }).then((data) => {
                if (data) setTag('')
                done(data)
              })
            }}
          >
            <input
              aria-label="Tag to add"
              placeholder="tag"
              value={tag}
              maxLength={50}
              onChange={(event) => setTag(event.target.value)}
            />
            <button type="submit" className="button button-quiet button-small" disabled={tag.trim() === ''}>
              Tag
            </button>
          </form>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => void trash.run({ runs: ids }).then(done)}
          >
            Into the bin
          </button>
        </>
      )}
      <button type="button" className="button button-quiet button-small" onClick={onClear}>
        Clear
      </button>
      {problem && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}
