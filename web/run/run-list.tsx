// Runs as a table, and as cards where the screen is narrow.
import { isEnded, type RunState } from '@cellboard/schema/run-state'
import { useRef } from 'react'
import { Link } from 'react-router'
import { isAtLeast, type RoleName } from '../people/viewer.js'
import { agoText, clockText, durationText, percentText } from '../charts/number-text.js'
import { StateMark } from './state-mark.js'
import { useNow } from './use-now.js'

export type RunKind = 'SEARCH' | 'TRAINING'

export interface RunListRow {
  readonly id: string
  readonly name: string
  readonly kind: RunKind
  readonly state: RunState
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly progress: {
    readonly done: number
    readonly total: number
    readonly preparing: string | null
    readonly etaSeconds: number | null
  }
  readonly metrics: readonly { readonly name: string; readonly last: number | null; readonly max: number | null }[]
  readonly tags: readonly string[]
  readonly project: { readonly role: RoleName | null } | null
  readonly group: { readonly id: string; readonly name: string } | null
  readonly method?: string
  readonly space?: { readonly title: string }
  readonly dataset?: { readonly title: string }
  /** The search that found the cell of a training. */
  readonly search?: { readonly id: string; readonly name: string } | null
}

/** Test accuracy of a training; of a search validation where it is measured, else the last step's; the best cell of a random search. */
function accuracyOf({ kind, metrics, method }: RunListRow): number | null {
  if (kind === 'TRAINING') return metrics.find((metric) => metric.name === 'test-accuracy')?.last ?? null
  const named = metrics.filter((metric) => metric.name.toLowerCase().includes('accuracy'))
  const validation = named.find((metric) => metric.name.toLowerCase().includes('validation'))
  if (method === 'RANDOM') return validation?.max ?? null
  return (validation ?? named[0])?.last ?? null
}

function progressWords({ state, progress, startedAt, finishedAt }: RunListRow): string {
  if (state === 'QUEUED') return 'waiting'
  if (state === 'PAUSED') return 'paused'
  if (state === 'RUNNING')
    return (
      progress.preparing ?? (progress.etaSeconds === null ? 'running' : `${durationText(progress.etaSeconds)} left`)
    )
  return startedAt && finishedAt ? `took ${durationText((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}` : ''
}

interface RunListProps {
  rows: readonly RunListRow[]
  kind: RunKind | null
  /** Global ids. */
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
  onTag: (tag: string) => void
}

export function RunList({ rows, kind, selected, onSelect, onTag }: RunListProps) {
  /** Where a selection by shift goes on from. */
  const last = useRef<number | null>(null)
  const select = (place: number, isChosen: boolean, isStretch: boolean) => {
    const from = isStretch && last.current !== null ? last.current : place
    const next = new Set(selected)
    for (const { id } of rows.slice(Math.min(from, place), Math.max(from, place) + 1)) {
      if (isChosen) next.add(id)
      else next.delete(id)
    }
    last.current = place
    onSelect(next)
  }
  const now = useNow(
    rows.some((row) => !isEnded(row.state) && row.state !== 'PAUSED'),
    5000,
  )
  if (rows.length === 0)
    return (
      <div className="centre centre-small">
        <img src="/favicon.svg" width="48" height="48" alt="" />
        <h2>{kind === 'TRAINING' ? 'No trainings yet' : 'No runs yet'}</h2>
        {kind === 'TRAINING' ? (
          <>
            <p>Train the cell that a search found, or a published one, and take the network away.</p>
            <Link className="button" to="/new-training">
              Start the first training
            </Link>
          </>
        ) : (
          <>
            <p>Start a search and watch its curves grow, operators compete and a cell take shape.</p>
            <Link className="button" to="/new">
              Start the first search
            </Link>
          </>
        )}
      </div>
    )
  return (
    <table className="runs">
      <thead>
        <tr>
          <th scope="col" className="runs-select">
            <span className="sr-only">Selected</span>
          </th>
          <th scope="col">Name</th>
          <th scope="col">State</th>
          <th scope="col">Progress</th>
          <th scope="col">Accuracy</th>
          <th scope="col">Started</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, place) => {
          const { id, name, state, progress, createdAt } = row
          const share = state === 'FINISHED' ? 1 : progress.total > 0 ? progress.done / progress.total : 0
          const accuracy = accuracyOf(row)
          return (
            <tr key={id}>
              <td className="runs-select">
                {isAtLeast(row.project?.role, 'MEMBER') && (
                  <input
                    type="checkbox"
                    aria-label={`Select ${name}`}
                    checked={selected.has(id)}
                    onClick={(event) => select(place, event.currentTarget.checked, event.shiftKey)}
                    onChange={() => {}}
                  />
                )}
              </td>
              <td className="runs-name">
                <Link to={`/runs/${encodeURIComponent(id)}`}>{name}</Link>
                <span className="quiet">
                  {[row.kind === 'SEARCH' ? 'Search' : 'Training', row.space?.title, row.dataset?.title]
                    .filter(Boolean)
                    .join(' · ')}
                  {row.search && (
                    <>
                      {' · cell of '}
                      <Link className="runs-group" to={`/runs/${encodeURIComponent(row.search.id)}`}>
                        {row.search.name}
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
                {row.tags.length > 0 && (
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
                  </span>
                )}
              </td>
              <td className="runs-state">
                <StateMark state={state} />
              </td>
              <td className="runs-progress">
                <div className={`meter meter-${state.toLowerCase()}`} aria-hidden="true">
                  <div style={{ width: `${share * 100}%` }} />
                </div>
                <span className="number">
                  {Math.floor(share * 100)} % <span className="quiet">{progressWords(row)}</span>
                </span>
              </td>
              <td className="runs-accuracy number" data-label="Accuracy">
                {accuracy === null ? '–' : percentText(accuracy)}
                {accuracy !== null && row.kind === 'TRAINING' && <span className="quiet"> test</span>}
              </td>
              <td className="runs-time quiet">
                <time dateTime={createdAt} title={clockText(Date.parse(createdAt))}>
                  {agoText(Date.parse(createdAt), now)}
                </time>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
