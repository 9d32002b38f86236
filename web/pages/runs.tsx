// Runs, found, shown and ordered as one likes; the list moves by itself, and its address says what it shows.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../graphql.js'
import type { Failures } from '../runs/change-each.js'
import { keyOf } from '../runs/column.js'
import { ColumnsChoice } from '../runs/columns-choice.js'
import { NoRuns } from '../runs/no-runs.js'
import { rememberColumns, rememberedColumns } from '../runs/remembered-columns.js'
import { RunNotes } from '../runs/run-notes.js'
import { mayChange, RunTable } from '../runs/run-table.js'
import { RunsBar } from '../runs/runs-bar.js'
import { SelectionBar } from '../runs/selection-bar.js'
import { useRuns, type Row } from '../runs/use-runs.js'
import {
  changed,
  columnsOf,
  isPlain,
  isWhole,
  orderBy,
  parametersOf,
  questionOf,
  viewOf,
  type View,
} from '../runs/view.js'
import '../runs/runs.css'

const RUN_COLUMNS = graphql(`
  query RunColumns {
    runColumns {
      settings
      metrics
    }
  }
`)

const KINDS: readonly { readonly kind: View['kind']; readonly title: string }[] = [
  { kind: null, title: 'All' },
  { kind: 'SEARCH', title: 'Searches' },
  { kind: 'TRAINING', title: 'Trainings' },
  { kind: 'LOGGED', title: 'Logged' },
]
const NO_NAMES = { settings: [], metrics: [] }

interface Done {
  readonly text: string
  /** Names of the runs that were not changed, with why. */
  readonly failed: readonly (readonly [name: string, why: string])[]
  readonly failures: Failures
}

const NOTHING_DONE: Done = { text: '', failed: [], failures: new Map() }

export function Runs() {
  const [parameters, setParameters] = useSearchParams()
  const view = useMemo(() => viewOf(parameters), [parameters])
  const { problems, ...asked } = questionOf(view)
  const question = JSON.stringify(asked)
  const { rows, around, problem, loading, reconnecting, load } = useRuns({
    question,
    kind: view.kind,
    plain: isPlain(view),
  })
  const [{ data }] = useQuery({ query: RUN_COLUMNS })
  const names = data?.runColumns ?? NO_NAMES
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [noted, setNoted] = useState<Row | null>(null)
  const [done, setDone] = useState(NOTHING_DONE)
  useEffect(() => {
    setSelected(new Set())
    setDone(NOTHING_DONE)
  }, [question])
  const onView = useCallback(
    (next: View, typing = false) => setParameters(parametersOf(next), { replace: typing }),
    [setParameters],
  )
  // What this browser remembers goes into the address, so that whoever it is sent to sees the same.
  useEffect(() => {
    const columns = view.columns === null ? rememberedColumns() : null
    if (columns) onView({ ...view, columns }, true)
  }, [view, onView])
  const columns = columnsOf(view)
  const shown = rows ?? []
  const changeable = shown.filter(mayChange)
  const chosen = shown.filter(({ id }) => selected.has(id))
  const addressOf = (page: Partial<View>) => ({ search: `?${parametersOf(changed(view, page)).toString()}` })
  const problemNow = problem ?? problems[0]
  return (
    <div className="page">
      <title>Runs · Cellboard</title>
      <div className="page-head">
        <h1>Runs</h1>
        {reconnecting && (
          <span className="reconnecting" role="status">
            Reconnecting…
          </span>
        )}
        <div className="segments" role="group" aria-label="Kinds of run">
          {KINDS.map((one) => (
            <button
              key={one.title}
              type="button"
              aria-pressed={one.kind === view.kind}
              onClick={() => onView(changed(view, { kind: one.kind }))}
            >
              {one.title}
            </button>
          ))}
        </div>
        <span className="bar-space" />
        <Link className="button button-quiet" to="/new-training">
          New training
        </Link>
        <Link className="button" to="/new">
          New search
        </Link>
      </div>
      {(!isWhole(view) || shown.length > 0) && <RunsBar view={view} names={names} onView={onView} />}
      {problemNow && (
        <p className="problem" role="alert">
          {problemNow}
        </p>
      )}
      {shown.length > 0 && (
        <div className="runs-line">
          {changeable.length > 0 && (
            <label className="switch">
              <input
                type="checkbox"
                checked={changeable.every(({ id }) => selected.has(id))}
                onChange={(event) => setSelected(new Set(event.target.checked ? changeable.map(({ id }) => id) : []))}
              />{' '}
              All on this page
            </label>
          )}
          <span className="bar-space" />
          <ColumnsChoice
            columns={columns.map(keyOf)}
            names={names}
            onColumns={(columns) => {
              rememberColumns(columns)
              onView({ ...view, columns })
            }}
          />
        </div>
      )}
      {rows === null ? (
        !problem && <p className="loading">Loading…</p>
      ) : rows.length > 0 ? (
        <RunTable
          rows={rows}
          columns={columns}
          order={view.order}
          onOrder={(by) => onView(changed(view, { order: orderBy(view, by) }))}
          selected={selected}
          onSelect={setSelected}
          onTag={(tag) => onView(changed(view, { tag }))}
          onNote={setNoted}
          loading={loading}
          failures={done.failures}
        />
      ) : isWhole(view) ? (
        !problem && <NoRuns kind={view.kind} />
      ) : (
        !problem && <p className="note">{view.bin ? 'The bin is empty.' : 'No run is like this.'}</p>
      )}
      {(around?.hasPreviousPage || around?.hasNextPage) && (
        <nav className="runs-line" aria-label="Pages of runs">
          {around.hasPreviousPage && (
            <Link
              className="button button-quiet"
              to={addressOf(around.startCursor ? { before: around.startCursor } : {})}
            >
              Previous runs
            </Link>
          )}
          {around.hasNextPage && around.endCursor && (
            <Link className="button button-quiet" to={addressOf({ after: around.endCursor })}>
              More runs
            </Link>
          )}
        </nav>
      )}
      <div role="status">
        {done.text}
        {done.failed.length > 0 && (
          <ul className="runs-done">
            {done.failed.map(([name, why], i) => (
              <li key={i}>
                <b>{name}</b>: <span className="problem">{why}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {chosen.length > 0 && (
        <SelectionBar
          runs={chosen}
          bin={view.bin}
          onClear={() => setSelected(new Set())}
          onDone={(text, failures) => {
            const failed = chosen.flatMap(({ id, name }) =>
              failures.has(id) ? [[name, failures.get(id)!] as const] : [],
            )
            setDone({ text, failed, failures })
            setSelected(new Set(failures.keys()))
            void load()
          }}
        />
      )}
      {noted && <RunNotes key={noted.id} run={noted} onChanged={() => void load()} onClose={() => setNoted(null)} />}
    </div>
  )
}
