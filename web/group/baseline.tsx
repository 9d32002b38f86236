// Random search at equal cost beside a group: its runs, or the button that starts it once all searches have ended.
import { isEnded } from '@cellboard/schema/run-state'
import { useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { durationText } from '../charts/number-text.js'
import type { Group } from './group-query.js'
import { GroupRuns } from './group-runs.js'
import { spreadText } from './spread.js'

interface BaselineProps {
  group: Group
  baseline: Group | null
  /** Epochs of each cell; null: as the server thinks fit. */
  onStart: (epochs: number | null) => void
  starting: boolean
  refusal: string | null
}

export function Baseline({ group, baseline, ...start }: BaselineProps) {
  return (
    <section className="card" aria-labelledby="baseline-title">
      <div className="card-head">
        <h2 id="baseline-title">Random search beside it</h2>
        {baseline && <Link to={`/groups/${encodeURIComponent(baseline.id)}`}>Open its page</Link>}
      </div>
      {baseline ? (
        <>
          <p className="quiet">
            It computed {spreadText(baseline.cost, durationText)} a run, the searches{' '}
            {spreadText(group.cost, durationText)}. Its accuracy is that of its best cell, trained; a search’s own is
            its supernet’s. What compares the two is the cells they found, trained alike.
          </p>
          <GroupRuns group={baseline} />
        </>
      ) : (
        <StartBaseline group={group} {...start} />
      )}
    </section>
  )
}

function StartBaseline({ group, onStart, starting, refusal }: Omit<BaselineProps, 'baseline'>) {
  const [epochs, setEpochs] = useState('')
  const ended = group.runs.every((run) => isEnded(run.state))
  const can = ended && group.runs.some((run) => run.state === 'FINISHED')
  const number = epochs.trim() === '' ? null : Number(epochs)
  const wrong = number !== null && !(Number.isInteger(number) && number > 0)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!wrong) onStart(number)
  }
  return (
    <>
      <p className="quiet">
        As many random cells as these searches’ time allows, each trained, the best one taken: what a method has to
        beat.
      </p>
      <form className="baseline-form" onSubmit={submit}>
        <label>
          Epochs of each cell{' '}
          <input
            type="text"
            inputMode="numeric"
            className="number"
            placeholder="10"
            autoComplete="off"
            value={epochs}
            aria-invalid={wrong ? true : undefined}
            onChange={(event) => setEpochs(event.target.value)}
          />
        </label>
        <button type="submit" className="button button-quiet" disabled={!can || starting || wrong}>
          {starting ? 'Starting…' : 'Start random search at equal cost'}
        </button>
      </form>
      {refusal && (
        <p className="problem" role="alert">
          {refusal}
        </p>
      )}
      {!can && <p className="note">It can begin when all searches have ended and one has finished.</p>}
    </>
  )
}
