// What narrows and orders the list of runs: search, state, tag, project, order, the bin.
import { useEffect, useState } from 'react'
import { useViewer } from '../people/viewer.js'
import { ORDER_TEXTS, ORDERS, STATES, type OrderName, type StateName, type View } from './view.js'

const TYPING_MS = 300

export function RunsBar({ view, onView }: { view: View; onView: (view: View) => void }) {
  const viewer = useViewer()
  const [text, setText] = useState(view.text)
  useEffect(() => setText(view.text), [view.text])
  useEffect(() => {
    if (text === view.text) return
    const timer = setTimeout(() => onView({ ...view, text }), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, view, onView])
  const projects = viewer?.projects ?? []
  return (
    <div className="runs-bar" role="search" aria-label="Runs">
      <input
        type="search"
        value={text}
        placeholder="Search names and notes"
        aria-label="Search names and notes"
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
      />
      <select
        aria-label="State"
        value={view.state ?? ''}
        onChange={(event) => onView({ ...view, state: (event.target.value || null) as StateName | null })}
      >
        <option value="">any state</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {state.toLowerCase()}
          </option>
        ))}
      </select>
      {projects.length > 1 && (
        <select
          aria-label="Project"
          value={view.project}
          onChange={(event) => onView({ ...view, project: event.target.value })}
        >
          <option value="">all projects</option>
          {projects.map(({ id, name, team }) => (
            <option key={id} value={id}>
              {team.name} / {name}
            </option>
          ))}
        </select>
      )}
      <select
        aria-label="Order"
        value={view.order}
        onChange={(event) => onView({ ...view, order: event.target.value as OrderName })}
      >
        {ORDERS.map((order) => (
          <option key={order} value={order}>
            {ORDER_TEXTS[order]}
          </option>
        ))}
      </select>
      {view.tag && (
        <button
          type="button"
          className="tag"
          aria-label={`Show runs without the tag ${view.tag} too`}
          onClick={() => onView({ ...view, tag: '' })}
        >
          {view.tag} <span aria-hidden="true">×</span>
        </button>
      )}
      <label className="switch">
        <input
          type="checkbox"
          checked={view.bin}
          onChange={(event) => onView({ ...view, bin: event.target.checked })}
        />{' '}
        Bin
      </label>
    </div>
  )
}
