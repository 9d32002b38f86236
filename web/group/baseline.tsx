// Random search at equal cost beside a group: its runs, or the button that starts it once all searches have ended.
import { isEnded } from '@cellboard/schema/run-state'
import { Link } from 'react-router'
import { durationText } from '../charts/number-text.js'
import type { Group } from './group-query.js'
import { GroupRuns } from './group-runs.js'
import { spreadText } from './spread.js'

interface BaselineProps {
  group: Group
  baseline: Group | null
  onStart: () => void
  starting: boolean
  refusal: string | null
}

export function Baseline({ group, baseline, onStart, starting, refusal }: BaselineProps) {
  const ended = group.runs.every((run) => isEnded(run.state))
  const can = ended && group.runs.some((run) => run.state === 'FINISHED')
  return (
    <section className="card" aria-labelledby="baseline-title">
      <div className="card-head">
        <h2 id="baseline-title">Random search beside it</h2>
        {baseline && <Link to={`/groups/${encodeURIComponent(baseline.id)}`}>Open its page</Link>}
      </div>
      {baseline ? (
        <>
          <p className="quiet">
            Computed {spreadText(baseline.cost, durationText)} a run, the searches{' '}
            {spreadText(group.cost, durationText)}. A random search’s accuracy is that of its best cell, trained; a
            search’s own is its supernet’s: what compares the two is the cells they found, trained alike.
          </p>
          <GroupRuns group={baseline} />
        </>
      ) : (
        <>
          <p className="quiet">
            As many random cells as these searches’ time allows, each trained, the best one taken: what a method has to
            beat.
          </p>
          {refusal && (
            <p className="problem" role="alert">
              {refusal}
            </p>
          )}
          <p>
            <button type="button" className="button button-quiet" disabled={!can || starting} onClick={onStart}>
              {starting ? 'Starting…' : 'Start random search at equal cost'}
            </button>
          </p>
          {!can && <p className="note">It can begin when all searches have ended and one has finished.</p>}
        </>
      )}
    </section>
  )
}
