// What narrows and orders the list of runs: text, state, tag, project, the bin, order, and conditions on settings and metrics.
import type { RunState } from '@cellboard/schema/run-state'
import { useEffect, useState } from 'react'
import { useViewer } from '../people/viewer.js'
import { ConditionField } from './condition-field.js'
import type { Names } from './condition.js'
import { changed, ordersOf, orderText, orderTitle, STATES, type View } from './view.js'

const TYPING_MS = 300

interface RunsBarProps {
  view: View
  names: Names
  /** `typing`: one more letter is no step to come back to. */
  onView: (view: View, typing?: boolean) => void
}

export function RunsBar({ view, names, onView }: RunsBarProps) {
  const viewer = useViewer()
  const [text, setText] = useState(view.text)
  useEffect(() => setText(view.text), [view.text])
  useEffect(() => {
    if (text === view.text) return
    const timer = setTimeout(() => onView(changed(view, { text }), true), TYPING_MS)
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
        onChange={(event) => onView(changed(view, { state: (event.target.value || null) as RunState | null }))}
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
          onChange={(event) => onView(changed(view, { project: event.target.value }))}
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
        value={orderText(view.order)}
        onChange={(event) => {
          const order = ordersOf(view).find((one) => orderText(one) === event.target.value)
          if (order) onView(changed(view, { order }))
        }}
      >
        {ordersOf(view).map((order) => (
          <option key={orderText(order)} value={orderText(order)}>
            {orderTitle(order)}
          </option>
        ))}
      </select>
      {view.tag && (
        <button
          type="button"
          className="tag"
          aria-label={`Show runs without the tag ${view.tag} too`}
          onClick={() => onView(changed(view, { tag: '' }))}
        >
          {view.tag} <span aria-hidden="true">×</span>
        </button>
      )}
      <label className="switch">
        <input
          type="checkbox"
          checked={view.bin}
          onChange={(event) => onView(changed(view, { bin: event.target.checked }))}
        />{' '}
        Bin
      </label>
      <ConditionField where={view.where} names={names} onWhere={(where) => onView(changed(view, { where }))} />
    </div>
  )
}
