// Name, state, progress and time left of a run, what it prepares, and what one can do with it.
import type { RunState } from '@cellboard/schema/run-state'
import { isEnded } from '@cellboard/schema/run-state'
import { Link } from 'react-router'
import { SubmitButton } from '../board/submit-button.js'
import { ShareButton } from '../people/share-button.js'
import { isAtLeast, type RoleName } from '../people/viewer.js'
import { agoText, clockText, countText, durationText } from '../charts/number-text.js'
import type { LiveRun } from './live-run.js'
import { RunControls, type RunActions } from './run-controls.js'
import { StateMark } from './state-mark.js'
import { VerdictBadge } from './verdict-badge.js'
import { useNow } from './use-now.js'

interface Named {
  readonly id: string
  readonly name: string
}

export interface ProjectFacts {
  readonly name: string
  readonly role: RoleName | null
  readonly team: { readonly slug: string; readonly name: string }
}

export interface HeaderFacts extends Named {
  readonly summary: string
  /** The group of seeds that the run is one of. */
  readonly group: Named | null
  /** The run without a result that was started anew as this one. */
  readonly retriedFrom: Named | null
  /** The search that found the cell of a training. */
  readonly search?: Named | null
  readonly createdAt: string
  readonly becoming: RunState | null
  /** Where it belongs, and the viewer's role there; null for who sees it by a share link. */
  readonly project: ProjectFacts | null
}

interface RunHeaderProps {
  facts: HeaderFacts
  /** What kind of run it is. */
  noun: 'search' | 'training' | 'run'
  live: LiveRun
  reconnecting: boolean
  actions: RunActions
}

/** Seconds in which it was RUNNING, to its end or to now; null before it ran. */
function secondsRun(live: LiveRun, now: number): number | null {
  const changes = live.events.flatMap(({ data, time }) =>
    data.type === 'state-changed' ? [{ state: data.state, time: Date.parse(time) }] : [],
  )
  const spans = changes.flatMap(({ state, time }, i) =>
    state === 'RUNNING' ? [Math.max(0, (changes[i + 1]?.time ?? now) - time)] : [],
  )
  return spans.length === 0 ? null : spans.reduce((sum, span) => sum + span, 0) / 1000
}

const timeLeft = (state: RunState, live: LiveRun, isLogged: boolean): string => {
  const { etaSeconds } = live.seen
  if (state === 'QUEUED') return 'waiting for its turn'
  if (state === 'PAUSED') return 'paused: it goes on where it stopped when it is resumed'
  if (state !== 'RUNNING') return ''
  if (isLogged) return 'logged by a program elsewhere'
  return etaSeconds === null ? 'time left not known yet' : `${durationText(etaSeconds)} left`
}

export function RunHeader({ facts, noun, live, reconnecting, actions }: RunHeaderProps) {
  const { id, name, summary, group, retriedFrom, search, createdAt, becoming, project } = facts
  const { seen } = live
  // How far it has to go, only the program knows that logs it.
  const isLogged = noun === 'run'
  const left = timeLeft(seen.state, live, isLogged)
  const report = seen.collapse.at(-1)
  const running = !isEnded(seen.state) && seen.state !== 'PAUSED'
  const now = useNow(running)
  const share = seen.state === 'FINISHED' ? 1 : seen.steps > 0 ? Math.min(1, seen.step / seen.steps) : 0
  const took = secondsRun(live, now)
  const preparing = seen.state === 'RUNNING' ? seen.preparing : null
  return (
    <header className="run-header">
      {project === null && <p className="read-only">Shared with you, for reading.</p>}
      <div className="run-title">
        <div>
          <h1>{name}</h1>
          <p className="quiet">
            {summary} · started{' '}
            <time dateTime={createdAt} title={clockText(Date.parse(createdAt))}>
              {agoText(Date.parse(createdAt), now)}
            </time>
            {project && (
              <>
                {' · '}
                <Link to={`/teams/${project.team.slug}`}>{project.team.name}</Link> / {project.name}
              </>
            )}
            {group && (
              <>
                {' · one of '}
                <Link to={`/groups/${encodeURIComponent(group.id)}`}>{group.name}</Link>
              </>
            )}
            {retriedFrom && (
              <>
                {' · once more after '}
                <Link to={`/runs/${encodeURIComponent(retriedFrom.id)}`}>{retriedFrom.name}</Link>
              </>
            )}
            {search && (
              <>
                {' · cell of '}
                <Link to={`/runs/${encodeURIComponent(search.id)}`}>{search.name}</Link>
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
          {seen.state === 'FINISHED' && isAtLeast(project?.role, 'MEMBER') && <SubmitButton subject={id} kind="RUN" />}
          {isAtLeast(project?.role, 'MAINTAINER') && <ShareButton subject={id} noun={noun} />}
          {isAtLeast(project?.role, 'MEMBER') && (
            <RunControls id={id} name={name} noun={noun} state={seen.state} becoming={becoming} actions={actions} />
          )}
        </div>
      </div>
      {!isLogged && (
        <div
          className={`meter meter-large meter-${seen.state.toLowerCase()}`}
          role="progressbar"
          aria-label={`Progress of the ${noun}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(share * 100)}
        >
          <div style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <p className="run-progress number">
        <span>
          {isLogged ? `step ${countText(seen.step)}` : `${Math.floor(share * 100)} %`}
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
              {isEnded(seen.state) ? 'took' : running ? 'runs for' : 'ran for'} {durationText(took)}
            </span>
          )}
          {left && `${took === null ? '' : ' · '}${left}`}
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
