// What the page of a run asks for: the run, its log and its curves, and what can be done with it.
import type { Wiring } from '@cellboard/schema/edge-text'
import type { RunState } from '@cellboard/schema/run-state'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { client } from '../client.js'
import { graphql, type ResultOf } from '../graphql.js'
import { startLiveRun, type LoggedEvent, type SeriesColumns } from './live-run.js'
import { METHOD_TITLES } from './method-titles.js'
import type { LoadHistory } from './use-live-run.js'
import { whyOf } from '../why.js'

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
      kind
      becoming
      settings
      project {
        id
        name
        role
        team {
          slug
          name
        }
      }
      metrics {
        name
      }
      group {
        id
        name
      }
      retriedFrom {
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
      ... on Training {
        dataset {
          title
        }
        search {
          id
          name
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
      becoming
    }
  }
`)

const PAUSE = graphql(`
  mutation PauseRun($id: ID!) {
    pauseRun(id: $id) {
      becoming
    }
  }
`)

const RESUME = graphql(`
  mutation ResumeRun($id: ID!) {
    resumeRun(id: $id) {
      becoming
    }
  }
`)

const RETRY = graphql(`
  mutation RetryRun($id: ID!) {
    retryRun(id: $id) {
      id
    }
  }
`)

export const RUN_FILES = graphql(`
  query RunFiles($id: ID!) {
    run(id: $id) {
      files {
        name
        bytes
        url
      }
    }
  }
`)

export const TRAININGS = graphql(`
  query TrainingsOfSearch($id: ID!) {
    run(id: $id) {
      ... on Search {
        trainings {
          id
          name
          state
          createdAt
          dataset {
            title
          }
          metrics {
            name
            last
          }
        }
      }
    }
  }
`)

interface Link {
  readonly id: string
  readonly name: string
}

interface AnyFacts extends Link {
  readonly summary: string
  readonly group: Link | null
  /** The run without a result that was started anew as this one. */
  readonly retriedFrom: Link | null
  readonly createdAt: string
  /** What was asked of it when it was loaded and its engine had yet to do. */
  readonly becoming: RunState | null
  /** Where it belongs; null for who sees it by a share link. */
  readonly project: ResultOf<typeof RUN>['run']['project']
}

export interface SearchFacts extends AnyFacts {
  readonly kind: 'SEARCH'
  readonly settings: ResolvedSearchSettings
  readonly wiring: Wiring
}

export interface TrainingFacts extends AnyFacts {
  readonly kind: 'TRAINING'
  readonly settings: ResolvedTrainingSettings
  /** That found its cell. */
  readonly search: Link | null
}

export interface LoggedFacts extends AnyFacts {
  readonly kind: 'LOGGED'
  /** Of the program's own naming. */
  readonly settings: Readonly<Record<string, unknown>>
}

export type RunFacts = SearchFacts | TrainingFacts | LoggedFacts

type Asked<Data> = { data?: Data | undefined; error?: { graphQLErrors: readonly { message: string }[] } | undefined }

/** What was answered; throws the server's own sentence where it refused. */
function answer<Data>({ data, error }: Asked<Data>): Data {
  if (data) return data
  throw new Error(whyOf(error))
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
const EPOCH_METRIC = /^(train|validation|test)-/

export const loadRun: LoadHistory<RunFacts> = async (id) => {
  const { run } = answer(await client.query(RUN, { id }).toPromise())
  const loadSeries = async ({ name }: { name: string }): Promise<SeriesColumns> =>
    answer(await client.query(SERIES, { id, name }).toPromise()).run.series
  const drawn = run.metrics.filter(({ name }) => run.kind === 'LOGGED' || !EPOCH_METRIC.test(name))
  const [series, events] = await Promise.all([Promise.all(drawn.map(loadSeries)), loadEvents(id)])
  return { facts: factsOf(id, run), live: startLiveRun(run, events, series) }
}

function factsOf(id: string, run: ResultOf<typeof RUN>['run']): RunFacts {
  const { name, group, retriedFrom, createdAt, becoming, project } = run
  const about = { id, name, group, retriedFrom, createdAt, becoming, project }
  if ('space' in run) {
    const settings = run.settings as ResolvedSearchSettings
    const { title, network, inputs, nodes } = run.space
    const summary = `${METHOD_TITLES[settings.method]} · space ${title} · ${run.dataset.title}`
    const wiring = { network: network as Wiring['network'], inputs, nodes }
    return { ...about, kind: 'SEARCH', summary, settings, wiring }
  }
  if (!('search' in run)) {
    const settings = run.settings as LoggedFacts['settings']
    return { ...about, kind: 'LOGGED', summary: `Logged · seed ${String(settings.seed)}`, settings }
  }
  const settings = run.settings as ResolvedTrainingSettings
  const summary = `Training · ${run.dataset.title} · ${settings.cells} cells, ${settings.channels} channels · seed ${settings.seed}`
  return { ...about, kind: 'TRAINING', summary, settings, search: run.search }
}

/** What a person can ask of a run; each resolves to what the run is becoming, or to the id of its next try, or rejects with the sentence that says why not. */
export const runActions = {
  cancel: async (id: string) => answer(await client.mutation(CANCEL, { id }).toPromise()).cancelRun.becoming,
  pause: async (id: string) => answer(await client.mutation(PAUSE, { id }).toPromise()).pauseRun.becoming,
  resume: async (id: string) => answer(await client.mutation(RESUME, { id }).toPromise()).resumeRun.becoming,
  retry: async (id: string) => answer(await client.mutation(RETRY, { id }).toPromise()).retryRun.id,
}
