// Name, state, progress and time left of a run, what it prepares, and the button that cancels it.
import type { RunState } from '@cellboard/schema/run-state'
import { isEnded } from '@cellboard/schema/run-state'
import { Link } from 'react-router'
import { agoText, clockText, countText, durationText } from '../charts/number-text.js'
import { CancelRun } from './cancel-run.js'
import type { LiveRun } from './live-run.js'
import { StateMark } from './state-mark.js'
import { VerdictBadge } from './verdict-badge.js'
import { useNow } from './use-now.js'

interface RunHeaderProps {
  name: string
  summary: string
  /** The group of seeds that the run is one of. */
  group: { readonly id: string; readonly name: string } | null
  createdAt: string
  live: LiveRun
  reconnecting: boolean
  onCancel: () => Promise<string | null>
}

/** Seconds from the first RUNNING to the end, or to now; null before it ran. */
function secondsRun(live: LiveRun, now: number): number | null {
  const changes = live.events.flatMap(({ data, time }) =>
    data.type === 'state-changed' ? [{ state: data.state, time: Date.parse(time) }] : [],
  )
  const began = changes.find((change) => change.state === 'RUNNING')
  const ended = changes.find((change) => isEnded(change.state))
  return began ? Math.max(0, ((ended?.time ?? now) - began.time) / 1000) : null
}

const timeLeft = (state: RunState, live: LiveRun): string => {
  const { etaSeconds } = live.seen
  if (state === 'QUEUED') return 'waiting for its turn'
  if (state !== 'RUNNING') return ''
  return etaSeconds === null ? 'time left not known yet' : `${durationText(etaSeconds)} left`
}

export function RunHeader({ name, summary, group, createdAt, live, reconnecting, onCancel }: RunHeaderProps) {
  const { seen } = live
  const report = seen.collapse.at(-1)
  const running = !isEnded(seen.state)
  const now = useNow(running)
  const share = seen.state === 'FINISHED' ? 1 : seen.steps > 0 ? Math.min(1, seen.step / seen.steps) : 0
  const took = secondsRun(live, now)
  const preparing = seen.state === 'RUNNING' ? seen.preparing : null
  return (
    <header className="run-header">
      <div className="run-title">
        <div>
          <h1>{name}</h1>
          <p className="quiet">
            {summary} · started{' '}
            <time dateTime={createdAt} title={clockText(Date.parse(createdAt))}>
              {agoText(Date.parse(createdAt), now)}
            </time>
            {group && (
              <>
                {' · one of '}
                <Link to={`/groups/${encodeURIComponent(group.id)}`}>{group.name}</Link>
              </>
            )}
          </p>
        </div>
        <div className="run-actions">
          {reconnecting && (
            <span className="reconnecting" role="status">
              Reconnecting…
            </span>
          )}
          {report && <VerdictBadge {...report} />}
          <StateMark state={seen.state} />
          {running && <CancelRun name={name} onCancel={onCancel} />}
        </div>
      </div>
      <div
        className={`meter meter-large meter-${seen.state.toLowerCase()}`}
        role="progressbar"
        aria-label="Progress of the search"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
      >
        <div style={{ width: `${share * 100}%` }} />
      </div>
      <p className="run-progress number">
        <span>
          {Math.floor(share * 100)} %
          {seen.steps > 0 && (
            <span className="quiet">
              {' '}
              · step {countText(seen.step)} of {countText(seen.steps)}
            </span>
          )}
        </span>
        <span>
          {took !== null && (
            <span className="quiet">
              {running ? 'runs for' : 'took'} {durationText(took)}
            </span>
          )}
          {timeLeft(seen.state, live) && `${took === null ? '' : ' · '}${timeLeft(seen.state, live)}`}
        </span>
      </p>
      {preparing && (
        <p className="preparing" role="status">
          <span className="spinner" aria-hidden="true" /> Preparing: {preparing}
          <span className="quiet number" aria-hidden="true">
            {live.preparingSince !== null && ` · for ${durationText((now - live.preparingSince) / 1000)}`}
          </span>
        </p>
      )}
    </header>
  )
}
