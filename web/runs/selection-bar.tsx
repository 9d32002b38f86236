// What can be done with the runs that are selected, and which of them it was not done with, and why.
import { useState } from 'react'
import { Link } from 'react-router'
import { useClient } from 'urql'
import { graphql } from '../graphql.js'
import { Confirm } from '../people/confirm.js'
import { isAtLeast, useViewer } from '../people/viewer.js'
import { changeEach, type Failures } from './change-each.js'
import type { Row } from './use-runs.js'

const TAG = graphql(`
  mutation TagRuns($runs: [ID!]!, $add: [String!], $remove: [String!]) {
    tagRuns(runs: $runs, add: $add, remove: $remove) {
      id
    }
  }
`)

const MOVE = graphql(`
  mutation MoveRuns($runs: [ID!]!, $project: ID!) {
    moveRuns(runs: $runs, project: $project) {
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

const runsText = (count: number) => (count === 1 ? '1 run' : `${count} runs`)

interface SelectionBarProps {
  /** At least one. */
  runs: readonly Row[]
  bin: boolean
  onDone: (done: string, failures: Failures) => void
  onClear: () => void
}

export function SelectionBar({ runs, bin, onDone, onClear }: SelectionBarProps) {
  const client = useClient()
  const viewer = useViewer()
  const [tag, setTag] = useState('')
  const [project, setProject] = useState('')
  const [busy, setBusy] = useState(false)
  const mayDelete = runs.every(({ project }) => isAtLeast(project?.role, 'MAINTAINER'))
  const projects = (viewer?.projects ?? []).filter(({ role }) => isAtLeast(role, 'MEMBER'))
  const change = async <Variables extends object>(
    done: string,
    wanted: Parameters<typeof changeEach<Variables>>[2],
  ) => {
    setBusy(true)
    const failures = await changeEach(client, runs, wanted)
    setBusy(false)
    onDone(`${runsText(runs.length - failures.size)} ${done}.`, failures)
  }
  const tagged = tag.trim()
  const isOn = runs.some(({ tags }) => tags.includes(tagged))
  const button = (text: string, onClick: () => void, disabled = false) => (
    <button type="button" className="button button-quiet button-small" disabled={busy || disabled} onClick={onClick}>
      {text}
    </button>
  )
  return (
    <div className="selection-bar" role="region" aria-label="Selected runs" aria-busy={busy}>
      <b>{runsText(runs.length)}</b>
      <Link
        className="button button-small"
        to={`/compare?runs=${runs
          .slice(0, MOST_COMPARED)
          .map(({ id }) => encodeURIComponent(id))
          .join(',')}`}
      >
        Compare
      </Link>
      {bin ? (
        <>
          {button('Restore', () => void change('restored', { document: RESTORE, variables: {} }))}
          {mayDelete && (
            <Confirm
              action="Delete for good"
              title="Delete for good?"
              onConfirm={() => change('deleted', { document: DELETE, variables: {} })}
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
              void change(`tagged ${tagged}`, { document: TAG, variables: { add: [tagged] } })
            }}
          >
            <input
              aria-label="Tag to add or take off"
              placeholder="tag"
              list="selected-tags"
              value={tag}
              maxLength={50}
              onChange={(event) => setTag(event.target.value)}
            />
            <datalist id="selected-tags">
              {[...new Set(runs.flatMap(({ tags }) => tags))].map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
            <button type="submit" className="button button-quiet button-small" disabled={busy || tagged === ''}>
              Tag
            </button>
            {button(
              'Untag',
              () => void change(`without ${tagged} now`, { document: TAG, variables: { remove: [tagged] } }),
              !isOn,
            )}
          </form>
          {projects.length > 1 && (
            <form
              className="tag-form"
              onSubmit={(event) => {
                event.preventDefault()
                void change('moved', { document: MOVE, variables: { project }, byGroup: true })
              }}
            >
              <select
                aria-label="Project to move to"
                value={project}
                onChange={(event) => setProject(event.target.value)}
              >
                <option value="">to project …</option>
                {projects.map(({ id, name, team }) => (
                  <option key={id} value={id}>
                    {team.name} / {name}
                  </option>
                ))}
              </select>
              <button type="submit" className="button button-quiet button-small" disabled={busy || project === ''}>
                Move
              </button>
            </form>
          )}
          {button('Into the bin', () => void change('put into the bin', { document: TRASH, variables: {} }))}
        </>
      )}
      {button('Clear', onClear)}
    </div>
  )
}
