// An entry of a board: where it stands and why, what would lift it, where it stood before, and what stands behind it.
import { Link, useNavigate, useParams } from 'react-router'
import { useQuery } from 'urql'
import { FLAG, REMOVE_BASELINE, RESTORE, VERIFY, WITHDRAW } from '../board/board-deeds.js'
import { ENTRY, type EntryFacts } from '../board/board-query.js'
import '../board/board.css'
import { meanText, metricText, moveClass, movementText, spreadText } from '../board/board-text.js'
import { ReasonButton } from '../board/reason-button.js'
import { SmallChart } from '../charts/small-chart.js'
import { clockText } from '../charts/number-text.js'
import { Confirm } from '../people/confirm.js'
import { useDeed } from '../people/use-deed.js'
import '../people/people.css'
import { NotShown } from './not-shown.js'
import { whyOf } from '../why.js'

const VERIFIED = {
  NONE: 'Nobody has repeated a run of it.',
  RUNNING: 'A run of it is being repeated.',
  AGREES: 'A repeated run agrees with it.',
  DISAGREES: 'A repeated run came to something else.',
} as const

export function Entry() {
  const { id = '' } = useParams()
  const navigate = useNavigate()
  const [{ data, error }, ask] = useQuery({ query: ENTRY, variables: { id } })
  const verify = useDeed(VERIFY)
  const remove = useDeed(REMOVE_BASELINE)
  const askAgain = () => ask({ requestPolicy: 'network-only' })
  if (error && !data) return <NotShown what="entry" why={whyOf(error)} />
  if (!data) return <p className="loading">Loading…</p>
  const { entry } = data
  const { board } = entry
  const boardPage = `/boards/${encodeURIComponent(board.id)}`
  const decimals = board.rules.decimalsShown
  const movement = entry.baseline ? { mark: '', said: '' } : movementText(entry.movement)
  return (
    <div className="page">
      <title>{`${entry.title} · Cellboard`}</title>
      <header className="run-header">
        <div className="page-head">
          <h1>{entry.title}</h1>
          {entry.state !== 'STANDING' && <span className="badge-plain">{entry.state.toLowerCase()}</span>}
          {entry.baseline && <span className="badge-plain">baseline</span>}
          <span className="bar-space" />
          {!entry.baseline && board.mayManage && entry.verification !== 'RUNNING' && (
            <button
              type="button"
              className="button button-quiet"
              disabled={verify.busy}
              onClick={() => void verify.run({ id }).then((done) => done && askAgain())}
            >
              Verify
            </button>
          )}
          {!entry.baseline && board.mayManage && entry.state === 'STANDING' && (
            <ReasonButton
              action="Flag"
              title="Flag this entry?"
              note="It is not ranked until somebody has looked at it."
              id={id}
              deed={FLAG}
              onDone={askAgain}
            />
          )}
          {!entry.baseline && entry.mayWithdraw && entry.state === 'STANDING' && (
            <ReasonButton
              action="Withdraw"
              title="Withdraw this entry?"
              note="It is kept, with its reason, and not ranked."
              id={id}
              deed={WITHDRAW}
              onDone={askAgain}
            />
          )}
          {!entry.baseline && entry.mayWithdraw && entry.state !== 'STANDING' && (
            <ReasonButton
              action="Restore"
              title="Restore this entry?"
              note="It takes its place again."
              id={id}
              deed={RESTORE}
              onDone={askAgain}
            />
          )}
          {entry.baseline && board.mayManage && (
            <Confirm
              action="Remove"
              title="Remove this baseline?"
              onConfirm={() => remove.run({ entry: id })}
              onDone={() => navigate(boardPage)}
              problem={remove.problem}
            >
              It can be loaded again.
            </Confirm>
          )}
        </div>
        <p className="quiet">
          On <Link to={boardPage}>{board.name}</Link>
          {entry.team && ` · ${entry.team.name}`}
          {entry.baseline
            ? ` · ${entry.source}`
            : ` · entered ${clockText(Date.parse(entry.submittedAt))} by ${entry.submittedBy?.name ?? 'the rule of the board'}`}
        </p>
        {verify.problem && (
          <p className="problem" role="alert">
            {verify.problem}
          </p>
        )}
      </header>
      <div className="pair">
        <section className="card" aria-labelledby="place-title">
          <h2 id="place-title">Place</h2>
          <p className="board-rank number">
            {entry.rank === null ? '–' : entry.rank}
            <span className="quiet"> of {board.length}</span>{' '}
            <span className={`board-move ${moveClass(entry.movement)}`}>
              <span aria-hidden="true">{entry.rank === null ? '' : movement.mark}</span>
              <span className="sr-only">{movement.said}</span>
            </span>
          </p>
          {entry.rank === null && entry.wouldRank !== null && (
            <p className="quiet">It would be at place {entry.wouldRank}.</p>
          )}
          <h3>Why</h3>
          <p>{entry.why}</p>
          <h3>What would lift it</h3>
          <p>{entry.lift}</p>
        </section>
        <section className="card" aria-labelledby="figures-title">
          <h2 id="figures-title">Figures</h2>
          <dl className="figures number">
            {entry.figures.map((figure) => (
              <div key={`${figure.name} ${figure.pick}`}>
                <dt>{metricText(figure)}</dt>
                <dd>
                  {meanText(figure, decimals)} <span className="board-spread">{spreadText(figure, decimals)}</span>
                </dd>
              </div>
            ))}
          </dl>
          <p className="quiet">
            Let in by version {entry.ruleVersion} of the rules. {VERIFIED[entry.verification]}{' '}
            {entry.verifyingRun && (
              <Link to={`/runs/${encodeURIComponent(entry.verifyingRun.id)}`}>{entry.verifyingRun.name}</Link>
            )}
          </p>
        </section>
      </div>
      <History entry={entry} />
      {!entry.baseline && (
        <section className="card" aria-labelledby="behind-title">
          <div className="card-head">
            <h2 id="behind-title">Behind it</h2>
          </div>
          {entry.runs.length === 0 ? (
            <p className="quiet">Its runs are not yours to see, or are gone.</p>
          ) : (
            <ul className="lines">
              {entry.runs.map((run) => (
                <li key={run.id}>
                  <Link to={`/runs/${encodeURIComponent(run.id)}`}>{run.name}</Link>
                  <span className="quiet number">seed {run.seed}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </div>
  )
}

function History({ entry }: { entry: EntryFacts }) {
  const { history, board } = entry
  const known = history.filter(({ rank, score }) => rank !== null || score !== null)
  if (known.length < 2) return null
  const at = (time: string) => Date.parse(time)
  const [begin, end] = [at(history[0]!.time), at(history.at(-1)!.time)]
  const ends = [
    // A little inside, so that both can be read whole.
    { x: begin + 0.06 * (end - begin), label: new Date(begin).toLocaleDateString() },
    { x: end - 0.02 * (end - begin), label: 'now' },
  ]
  const ranks = history.map(({ time, rank }) => ({ x: at(time), y: rank === null ? NaN : -rank }))
  const scores = history.map(({ time, score }) => ({ x: at(time), y: score ?? NaN }))
  const placeText = (x: number) => clockText(x)
  return (
    <div className="pair">
      <section className="card" aria-labelledby="ranks-title">
        <h2 id="ranks-title">Place over time</h2>
        <SmallChart
          label="Its place over time"
          lines={[{ label: 'place', points: ranks }]}
          valueText={(y) => (Number.isInteger(y) && y < 0 ? String(-y) : '')}
          placeText={placeText}
          ticks={ends}
        />
      </section>
      <section className="card" aria-labelledby="scores-title">
        <h2 id="scores-title">Score over time</h2>
        <SmallChart
          label="Its score over time"
          lines={[{ label: 'score', points: scores }]}
          valueText={(y) => meanText({ name: board.rules.metric.name, mean: y }, board.rules.decimalsShown)}
          placeText={placeText}
          ticks={ends}
        />
      </section>
    </div>
  )
}
