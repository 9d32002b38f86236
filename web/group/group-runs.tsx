// The runs of a group in numbers: each seed's result, state, verdict and cost; the last line has mean and deviation.
import type { CollapseReport } from '@cellboard/schema/events'
import { Link } from 'react-router'
import { durationText, percentText } from '../charts/number-text.js'
import { StateMark } from '../run/state-mark.js'
import { VerdictBadge } from '../run/verdict-badge.js'
import type { Group, GroupRun } from './group-query.js'
import { resultOf, spreads } from './run-result.js'
import { spreadText } from './spread.js'

const doneText = ({ state, progress }: GroupRun) =>
  state === 'RUNNING' && progress.total > 0 ? `${Math.floor((100 * progress.done) / progress.total)} %` : ''
const known = (value: number, text: (value: number) => string) => (Number.isFinite(value) ? text(value) : '–')
const lossText = (loss: number) => loss.toFixed(3)

export function GroupRuns({ group }: { group: Group }) {
  const { accuracy, loss } = spreads(group.runs)
  const random = group.method === 'RANDOM'
  const search = group.kind === 'SEARCH'
  return (
    <div className="scroll-x group-runs" tabIndex={0} role="region" aria-label={`Runs of ${group.name}`}>
      <table className="table number">
        <thead>
          <tr>
            <th scope="col">Seed</th>
            <th scope="col">{search ? 'Accuracy' : 'Test accuracy'}</th>
            {!random && <th scope="col">Loss</th>}
            <th scope="col">State</th>
            {search && !random && <th scope="col">Collapse</th>}
            <th scope="col">Computed</th>
          </tr>
        </thead>
        <tbody>
          {group.runs.map((run) => {
            const result = resultOf(run)
            return (
              <tr key={run.id}>
                <th scope="row">
                  <Link to={`/runs/${encodeURIComponent(run.id)}`}>seed {run.seed}</Link>
                </th>
                <td>{known(result.accuracy, percentText)}</td>
                {!random && <td>{known(result.loss, lossText)}</td>}
                <td>
                  <StateMark state={run.state} /> {doneText(run)}
                </td>
                {search && !random && (
                  <td>
                    {run.collapse ? (
                      <VerdictBadge
                        verdict={run.collapse.verdict.toLowerCase() as CollapseReport['verdict']}
                        since={run.collapse.since}
                      />
                    ) : (
                      '–'
                    )}
                  </td>
                )}
                <td>{durationText(run.cost.seconds)}</td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">mean</th>
            <td>
              <b>{spreadText(accuracy, percentText)}</b>
            </td>
            {!random && <td>{spreadText(loss, lossText)}</td>}
            <td className="quiet">{accuracy.n} finished</td>
            {search && !random && <td />}
            <td>{spreadText(group.cost, durationText)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
