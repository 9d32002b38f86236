// One run, live: where it is, how well it learns, which operators win, and the cell that comes of it.
import '../without-eval.js'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { Link, useParams } from 'react-router'
import { client, socket } from '../client.js'
import { graphql } from '../graphql.js'
import { Candidates } from '../run/candidates.js'
import { Cells } from '../run/cells.js'
import { Clusters } from '../run/clusters.js'
import { CollapsePanel } from '../run/collapse-panel.js'
import { Curves } from '../run/curves.js'
import { DepthMatch } from '../run/depth-match.js'
import type { Wiring } from '@cellboard/schema/edge-text'
import { EventLog } from '../run/event-log.js'
import { FailureBox } from '../run/failure-box.js'
import { startLiveRun, type LoggedEvent, type SeriesColumns } from '../run/live-run.js'
import { METHOD_TITLES } from '../run/method-titles.js'
import { RunHeader } from '../run/run-header.js'
import { SettingsTable } from '../run/settings-table.js'
import { ShareMap } from '../run/share-map.js'
import { StageTrack } from '../run/stage-track.js'
import { useLiveRun, type LoadHistory } from '../run/use-live-run.js'
import '../run/run.css'

const RUN = graphql(`
  query Run($id: ID!) {
    run(id: $id) {
      id
      name
      state
      failure {
        code
        message
        hint
      }
      createdAt
      progress {
        done
        total
        preparing
        etaSeconds
      }
      settings
      metrics {
        name
      }
      group {
        id
        name
      }
      ... on Search {
        space {
          title
          network
          inputs
          nodes
        }
        dataset {
          title
        }
      }
    }
  }
`)

const SERIES = graphql(`
  query RunSeries($id: ID!, $name: String!) {
    run(id: $id) {
      series(name: $name) {
        name
        x
        min
        max
        last
        lastNumber
      }
    }
  }
`)

const EVENTS = graphql(`
  query RunEvents($id: ID!, $after: Float) {
    run(id: $id) {
      events(first: 1000, after: $after) {
        edges {
          node {
            number
            time
            type
            data
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

const CANCEL = graphql(`
  mutation CancelRun($id: ID!) {
    cancelRun(id: $id) {
      id
      state
    }
  }
`)

interface Facts {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly group: { readonly id: string; readonly name: string } | null
  readonly createdAt: string
  readonly settings: ResolvedSearchSettings
  readonly wiring: Wiring
}

type Asked<Data> = { data?: Data | undefined; error?: { graphQLErrors: readonly { message: string }[] } | undefined }

/** What was answered; throws the server's own sentence where it refused. */
function answer<Data>({ data, error }: Asked<Data>): Data {
  if (data) return data
  throw new Error(error?.graphQLErrors[0]?.message ?? 'The server does not answer.')
}

async function loadEvents(id: string): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = []
  for (let after: number | null = null; ;) {
    const page: {
      edges: readonly { node: LoggedEvent }[]
      pageInfo: { hasNextPage: boolean; endCursor: number | null }
    } = answer(await client.query(EVENTS, { id, after }).toPromise()).run.events
    events.push(...page.edges.map((edge) => edge.node))
    if (!page.pageInfo.hasNextPage) return events
    after = page.pageInfo.endCursor
  }
}

/** The server also keeps the epochs' means as metrics; here they are drawn from the epochs themselves. */
const EPOCH_METRIC = /^(train|validation)-/

const loadRun: LoadHistory<Facts> = async (id) => {
  const { run } = answer(await client.query(RUN, { id }).toPromise())
  const loadSeries = async ({ name }: { name: string }): Promise<SeriesColumns> =>
    answer(await client.query(SERIES, { id, name }).toPromise()).run.series
  const drawn = run.metrics.filter(({ name }) => !EPOCH_METRIC.test(name))
  const [series, events] = await Promise.all([Promise.all(drawn.map(loadSeries)), loadEvents(id)])
  if (!('space' in run)) throw new Error('This run is not a search.')
  const { title, network, inputs, nodes } = run.space
  return {
    facts: {
      id,
      name: run.name,
      summary: `${METHOD_TITLES[run.settings.method]} · space ${title} · ${run.dataset.title}`,
      group: run.group,
      createdAt: run.createdAt,
      settings: run.settings,
      wiring: { network: network as Wiring['network'], inputs, nodes },
    },
    live: startLiveRun(run, events, series),
  }
}

async function cancelRun(id: string): Promise<string | null> {
  const { error } = await client.mutation(CANCEL, { id }).toPromise()
  return error ? (error.graphQLErrors[0]?.message ?? 'The server does not answer.') : null
}

export function Run() {
  const { id = '' } = useParams()
  const { facts, live, error, reconnecting } = useLiveRun(id, loadRun, socket)
  if (error)
    return (
      <div className="centre">
        <title>Run · Cellboard</title>
        <h1>This run cannot be shown</h1>
        <p role="alert">{error}</p>
        <button type="button" className="button button-quiet" onClick={() => location.reload()}>
          Try again
        </button>
        <Link className="button" to="/">
          To the runs
        </Link>
      </div>
    )
  if (!facts || !live) return <p className="loading">Loading…</p>
  const { seen, points, events } = live
  const { settings, wiring } = facts
  const latest = seen.genotypes.at(-1)
  return (
    <div className="page run">
      <title>{`${seen.state === 'RUNNING' && seen.steps > 0 ? `${Math.floor((100 * seen.step) / seen.steps)} % · ` : ''}${facts.name} · Cellboard`}</title>
      <RunHeader
        name={facts.name}
        summary={facts.summary}
        group={facts.group}
        createdAt={facts.createdAt}
        live={live}
        reconnecting={reconnecting}
        onCancel={() => cancelRun(facts.id)}
      />
      {seen.failure && <FailureBox failure={seen.failure} />}
      <StageTrack seen={seen} settings={settings} network={wiring.network} />
      <Curves seen={seen} points={points} random={settings.method === 'random'} />
      <CollapsePanel seen={seen} />
      {settings.method === 'random' ? (
        <Candidates seen={seen} samples={settings.samples} />
      ) : (
        <ShareMap seen={seen} wiring={wiring} />
      )}
      <Cells
        genotype={seen.genotype}
        final={seen.genotypeFinal}
        when={
          latest
            ? settings.method === 'random'
              ? `the best of ${latest.epoch}`
              : `stage ${latest.stage}, epoch ${latest.epoch}`
            : ''
        }
      />
      {settings.method === 'stacnas' && <Clusters clusterings={seen.clusterings} />}
      <DepthMatch
        depths={seen.depths}
        matched={settings.confusionStatistic}
        unit={wiring.network === 'nas-bench-201' ? 'cells a block' : 'cells'}
      />
      <SettingsTable settings={settings} seen={seen} />
      <EventLog events={events} />
    </div>
  )
}
