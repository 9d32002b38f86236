// Runs as a table with the columns that were chosen, ordered by its headers; as cards where the screen is narrow.
import { isEnded } from '@cellboard/schema/run-state'
import { useRef, type ReactNode } from 'react'
import { Link } from 'react-router'
import { agoText, clockText, durationText } from '../charts/number-text.js'
import { isAtLeast } from '../people/viewer.js'
import { StateMark } from '../run/state-mark.js'
import { useNow } from '../run/use-now.js'
import type { Failures } from './change-each.js'
import { keyOf, textOf, titleOf, type Column } from './column.js'
import type { Row } from './use-runs.js'
import type { Order } from './view.js'

function progressWords({ state, progress, startedAt, finishedAt }: Row): string {
  if (state === 'QUEUED') return 'waiting'
  if (state === 'PAUSED') return 'paused'
  if (state === 'RUNNING')
    return (
      progress.preparing ?? (progress.etaSeconds === null ? 'running' : `${durationText(progress.etaSeconds)} left`)
    )
  return startedAt && finishedAt ? `took ${durationText((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}` : ''
}

interface RunTableProps {
  rows: readonly Row[]
  columns: readonly Column[]
  order: Order
  onOrder: (by: string) => void
  /** Global ids. */
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
  onTag: (tag: string) => void
  onNote: (run: Row) => void
  /** Whether other rows are on their way. */
  loading: boolean
  /** Why a run was not changed by what was last done with the selected ones. */
  failures: Failures
}

export const mayChange = ({ project }: Row): boolean => isAtLeast(project?.role, 'MEMBER')

export function RunTable(props: RunTableProps) {
  const { rows, columns, order, onOrder, selected, onSelect, onTag, onNote, loading, failures } = props
  /** Where a selection by shift goes on from. */
  const last = useRef<number | null>(null)
  const select = (place: number, isChosen: boolean, isStretch: boolean) => {
    const from = isStretch && last.current !== null ? last.current : place
    const next = new Set(selected)
    for (const row of rows.slice(Math.min(from, place), Math.max(from, place) + 1).filter(mayChange)) {
      if (isChosen) next.add(row.id)
      else next.delete(row.id)
    }
    last.current = place
    onSelect(next)
  }
  const now = useNow(
    rows.some((row) => !isEnded(row.state) && row.state !== 'PAUSED'),
    5000,
  )
  const head = (by: string, title: string) => {
    const isBy = order.by === by
    return (
      <th key={by} scope="col" aria-sort={isBy ? (order.descends ? 'descending' : 'ascending') : undefined}>
        <button type="button" className="runs-sort" onClick={() => onOrder(by)}>
          {title} <span aria-hidden="true">{isBy ? (order.descends ? '↓' : '↑') : '↕'}</span>
        </button>
      </th>
    )
  }
  return (
    <div className="runs-scroll" tabIndex={0} role="region" aria-label="Table of runs" aria-busy={loading}>
      <table className="runs">
        <thead>
          <tr>
            <th scope="col" className="runs-select">
              <span className="sr-only">Selected</span>
            </th>
            {head('name', 'Name')}
            <th scope="col">State</th>
            <th scope="col">Progress</th>
            {columns.map((column) => head(keyOf(column), titleOf(column)))}
            {head('created', 'Created')}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={row.id}>
              <td className="runs-select">
                {mayChange(row) && (
                  <input
                    type="checkbox"
                    aria-label={`Select ${row.name}`}
                    checked={selected.has(row.id)}
                    onClick={(event) => select(place, event.currentTarget.checked, event.shiftKey)}
                    onChange={() => {}}
                  />
                )}
              </td>
              <td className="runs-name">
                <Link to={`/runs/${encodeURIComponent(row.id)}`}>{row.name}</Link>
                <Belonging row={row} />
                <span className="runs-tags">
                  {row.tags.map((tag) => (
                    <button
                      key={tag}
                      type="button"
                      className="tag"
                      aria-label={`Show runs with the tag ${tag}`}
                      onClick={() => onTag(tag)}
                    >
                      {tag}
                    </button>
                  ))}
                  {mayChange(row) && (
                    <button type="button" className="tag tag-quiet" onClick={() => onNote(row)}>
                      Tags and notes<span className="sr-only"> of {row.name}</span>
                    </button>
                  )}
                </span>
                {failures.has(row.id) && <span className="problem">{failures.get(row.id)}</span>}
              </td>
              <td className="runs-state">
                <StateMark state={row.state} />
              </td>
              <td className="runs-progress">
                <Progress row={row} />
              </td>
              {columns.map((column) => (
                <td key={keyOf(column)} className="runs-value number" data-label={titleOf(column)}>
                  {textOf(column, row) ?? '–'}
                </td>
              ))}
              <td className="runs-time quiet">
                <time dateTime={row.createdAt} title={clockText(Date.parse(row.createdAt))}>
                  {agoText(Date.parse(row.createdAt), now)}
                </time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Progress({ row }: { row: Row }): ReactNode {
  const { state, progress } = row
  const share = state === 'FINISHED' ? 1 : progress.total > 0 ? progress.done / progress.total : 0
  return (
    <>
      <div className={`meter meter-${state.toLowerCase()}`} aria-hidden="true">
        <div style={{ width: `${share * 100}%` }} />
      </div>
      <span className="number">
        {Math.floor(share * 100)} % <span className="quiet">{progressWords(row)}</span>
      </span>
    </>
  )
}

const KIND_TEXTS = { SEARCH: 'Search', TRAINING: 'Training', LOGGED: 'Logged' } as const

/** Its kind, space and data set; the search that found its cell; its group. */
function Belonging({ row }: { row: Row }): ReactNode {
  const space = 'space' in row ? row.space : undefined
  const dataset = 'dataset' in row ? row.dataset : undefined
  const search = 'search' in row ? row.search : null
  return (
    <span className="quiet">
      {[KIND_TEXTS[row.kind], space?.title, dataset?.title].filter(Boolean).join(' · ')}
      {search && (
        <>
          {' · cell of '}
          <Link className="runs-group" to={`/runs/${encodeURIComponent(search.id)}`}>
            {search.name}
          </Link>
        </>
      )}
      {row.group && (
        <>
          {' · group '}
          <Link className="runs-group" to={`/groups/${encodeURIComponent(row.group.id)}`}>
            {row.group.name}
          </Link>
        </>
      )}
    </span>
  )
}
