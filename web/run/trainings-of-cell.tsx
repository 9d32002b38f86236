// What was trained of a cell, and the way to train it.
import type { RunState } from '@cellboard/schema/run-state'
import { Link } from 'react-router'
import { agoText, percentText } from '../charts/number-text.js'
import { StateMark } from './state-mark.js'
import { useNow } from './use-now.js'

export interface TrainingOfCell {
  readonly id: string
  readonly name: string
  readonly state: RunState
  readonly createdAt: string
  readonly dataset: { readonly title: string }
  readonly metrics: readonly { readonly name: string; readonly last: number | null }[]
}

interface TrainingsOfCellProps {
  /** A search that found it; null where there is none. */
  search: string | null
  trainings: readonly TrainingOfCell[]
  /** How many there are, where these are only the newest. */
  of?: number
}

export function TrainingsOfCell({ search, trainings, of = trainings.length }: TrainingsOfCellProps) {
  const now = useNow(false)
  return (
    <section className="card" aria-labelledby="trainings-title">
      <div className="card-head">
        <h2 id="trainings-title">Trainings of this cell</h2>
        {of > trainings.length && (
          <span className="quiet number">
            the newest {trainings.length} of {of}
          </span>
        )}
        {search && (
          <Link className="button" to={`/new-training?search=${encodeURIComponent(search)}`}>
            Train this cell
          </Link>
        )}
      </div>
      {trainings.length === 0 ? (
        <p className="note">A search is worth what its cell achieves after training from scratch: none so far.</p>
      ) : (
        <div className="scroll-x" tabIndex={0} role="region" aria-label="Table of trainings">
          <table className="table number">
            <thead>
              <tr>
                <th scope="col">Training</th>
                <th scope="col">State</th>
                <th scope="col">Images</th>
                <th scope="col">Test accuracy</th>
                <th scope="col">Started</th>
              </tr>
            </thead>
            <tbody>
              {trainings.map(({ id, name, state, createdAt, dataset, metrics }) => {
                const accuracy = metrics.find((metric) => metric.name === 'test-accuracy')?.last ?? null
                return (
                  <tr key={id}>
                    <th scope="row" className="table-name">
                      <Link to={`/runs/${encodeURIComponent(id)}`}>{name}</Link>
                    </th>
                    <td>
                      <StateMark state={state} />
                    </td>
                    <td>{dataset.title}</td>
                    <td>{accuracy === null ? '–' : percentText(accuracy)}</td>
                    <td>{agoText(Date.parse(createdAt), now)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
