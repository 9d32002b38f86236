// What was trained of the cell that a search found, and the way to train it.
import type { RunState } from '@cellboard/schema/run-state'
import { Link } from 'react-router'
import { agoText, percentText } from '../charts/number-text.js'
import { StateMark } from './state-mark.js'
import { useNow } from './use-now.js'

export interface TrainingOfSearch {
  readonly id: string
  readonly name: string
  readonly state: RunState
  readonly createdAt: string
  readonly dataset: { readonly title: string }
  readonly metrics: readonly { readonly name: string; readonly last: number | null }[]
}

interface TrainingsOfSearchProps {
  search: string
  trainings: readonly TrainingOfSearch[]
}

export function TrainingsOfSearch({ search, trainings }: TrainingsOfSearchProps) {
  const now = useNow(false)
  return (
    <section className="card" aria-labelledby="trainings-title">
      <div className="card-head">
        <h2 id="trainings-title">Trainings of this cell</h2>
        <Link className="button" to={`/new-training?search=${encodeURIComponent(search)}`}>
          Train this cell
        </Link>
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
                <th scope="col">Test accuracy</th>
                <th scope="col">Started</th>
              </tr>
            </thead>
            <tbody>
              {trainings.map(({ id, name, state, createdAt, metrics }) => {
                const accuracy = metrics.find((metric) => metric.name === 'test-accuracy')?.last ?? null
                return (
                  <tr key={id}>
                    <th scope="row">
                      <Link to={`/runs/${encodeURIComponent(id)}`}>{name}</Link>
                    </th>
                    <td>
                      <StateMark state={state} />
                    </td>
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
