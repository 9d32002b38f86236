// One run, live: a search with the cell that comes of it, a training with what it came to, or what a program elsewhere logs.
import '../without-eval.js'
import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { socket } from '../client.js'
import { TrainingBody } from '../result/training-body.js'
import { EventLog } from '../run/event-log.js'
import { FailureBox } from '../run/failure-box.js'
import type { LiveRun } from '../run/live-run.js'
import { LoggedBody } from '../run/logged-body.js'
import { useRunChanges } from '../run/run-changes.js'
import { RunHeader } from '../run/run-header.js'
import { loadRun, runActions, RUN_FILES, TRAININGS, type SearchFacts, type TrainingFacts } from '../run/run-query.js'
import { SearchBody } from '../run/search-body.js'
import { useLiveRun } from '../run/use-live-run.js'
import { NotShown } from './not-shown.js'
import '../run/run.css'

const NOUNS = { SEARCH: 'search', TRAINING: 'training', LOGGED: 'run' } as const

export function Run() {
  const { id = '' } = useParams()
  const { facts, live, error, reconnecting } = useLiveRun(id, loadRun, socket)
  if (error)
    return (
      <NotShown what="run" why={error}>
        <button type="button" className="button button-quiet" onClick={() => location.reload()}>
          Try again
        </button>
      </NotShown>
    )
  if (!facts || !live) return <p className="loading">Loading…</p>
  const { seen } = live
  const noun = NOUNS[facts.kind]
  return (
    <div className="page run">
      <title>{`${seen.state === 'RUNNING' && seen.steps > 0 ? `${Math.floor((100 * seen.step) / seen.steps)} % · ` : ''}${facts.name} · Cellboard`}</title>
      <RunHeader facts={facts} noun={noun} live={live} reconnecting={reconnecting} actions={runActions} />
      {seen.failure && <FailureBox failure={seen.failure} noun={noun} />}
      {facts.kind === 'SEARCH' && <Search facts={facts} live={live} />}
      {facts.kind === 'TRAINING' && <Training facts={facts} live={live} />}
      {facts.kind === 'LOGGED' && <LoggedBody facts={facts} live={live} />}
      <EventLog events={live.events} />
    </div>
  )
}

/** The files with their addresses, asked for once the log says that they are written. */
function useFiles(id: string, live: LiveRun) {
  const [{ data }] = useQuery({ query: RUN_FILES, variables: { id }, pause: live.seen.files.length === 0 })
  return data?.run.files ?? []
}

function Search({ facts, live }: { facts: SearchFacts; live: LiveRun }) {
  const [{ data }, ask] = useQuery({ query: TRAININGS, variables: { id: facts.id } })
  useRunChanges(
    (run) => 'search' in run && run.search?.id === facts.id,
    () => ask({ requestPolicy: 'network-only' }),
  )
  const trainings = data && 'trainings' in data.run ? data.run.trainings : []
  return <SearchBody facts={facts} live={live} files={useFiles(facts.id, live)} trainings={trainings} />
}

function Training({ facts, live }: { facts: TrainingFacts; live: LiveRun }) {
  return <TrainingBody facts={facts} live={live} files={useFiles(facts.id, live)} />
}
