// All runs, the newest first; the list moves by itself.
import { useCallback, useEffect, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useClient } from 'urql'
import { socket } from '../client.js'
import { follow } from '../follow.js'
import { graphql, type ResultOf } from '../graphql.js'
import { RunList } from '../run/run-list.js'

const RUN_ROW = graphql(`
  fragment RunRow on Run {
    id
    name
    kind
    state
    createdAt
    startedAt
    finishedAt
    progress {
      done
      total
      preparing
      etaSeconds
    }
    metrics {
      name
      last
      max
    }
    group {
      id
      name
    }
    ... on Search {
      method
      space {
        title
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
`)

const RUNS = graphql(
  `
    query Runs($first: Int!, $after: String, $kind: RunKind) {
      runs(first: $first, after: $after, kind: $kind) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...RunRow
          }
        }
      }
    }
  `,
  [RUN_ROW],
)

const RUN_CHANGED = graphql(
  `
    subscription RunChanged {
      runChanged {
        ...RunRow
      }
    }
  `,
  [RUN_ROW],
)

type Row = ResultOf<typeof RUN_ROW>
type Kind = Row['kind'] | null

const KINDS: readonly { readonly kind: Kind; readonly title: string }[] = [
  { kind: null, title: 'All' },
  { kind: 'SEARCH', title: 'Searches' },
  { kind: 'TRAINING', title: 'Trainings' },
]
const PAGE = 50

const newestFirst = (rows: Row[]) => rows.sort((a, b) => b.createdAt.localeCompare(a.createdAt))
/** Rows with these in place of their older selves. */
const merged = (rows: readonly Row[], newer: readonly Row[]) => {
  const ids = new Set(newer.map((row) => row.id))
  return newestFirst([...newer, ...rows.filter((row) => !ids.has(row.id))])
}

export function Runs() {
  const client = useClient()
  const [parameters, setParameters] = useSearchParams()
  const kind = KINDS.find((one) => one.kind?.toLowerCase() === parameters.get('kind'))?.kind ?? null
  const [rows, setRows] = useState<readonly Row[] | null>(null)
  const [more, setMore] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [reconnecting, setReconnecting] = useState(false)

  const load = useCallback(
    async (after: string | null) => {
      const { data, error } = await client.query(RUNS, { first: PAGE, after, kind }).toPromise()
      if (!data) return setProblem(error?.graphQLErrors[0]?.message ?? 'The server does not answer.')
      const { edges, pageInfo } = data.runs
      setProblem(null)
      setRows((before) =>
        merged(
          before ?? [],
          edges.map((edge) => edge.node),
        ),
      )
      setMore((before) =>
        after === null && before !== null ? before : pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
      )
    },
    [client, kind],
  )
  useEffect(() => {
    setRows(null)
    setMore(null)
    void load(null)
    return follow(socket, RUN_CHANGED, {
      variables: () => ({}),
      data: ({ runChanged }) => {
        if (kind === null || runChanged.kind === kind) setRows((before) => merged(before ?? [], [runChanged]))
      },
      lost: (lost) => {
        setReconnecting(lost)
        // What changed while the line was lost is asked for.
        if (!lost) void load(null)
      },
    })
  }, [load, kind])

  // What was asked before the kind was changed may answer after it.
  const shown = rows?.filter((row) => kind === null || row.kind === kind) ?? []
  return (
    <div className="page">
      <title>Runs · Cellboard</title>
      <div className="page-head">
        <h1>Runs</h1>
        {reconnecting && (
          <span className="reconnecting" role="status">
            Reconnecting…
          </span>
        )}
        <div className="segments" role="group" aria-label="Kinds of run">
          {KINDS.map((one) => (
            <button
              key={one.title}
              type="button"
              aria-pressed={one.kind === kind}
              onClick={() =>
                setParameters(one.kind === null ? {} : { kind: one.kind.toLowerCase() }, { replace: true })
              }
            >
              {one.title}
            </button>
          ))}
        </div>
        <span className="bar-space" />
        <Link className="button button-quiet" to="/new-training">
          New training
        </Link>
        <Link className="button" to="/new">
          New search
        </Link>
      </div>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {rows === null ? !problem && <p className="loading">Loading…</p> : <RunList rows={shown} kind={kind} />}
      {more !== null && (
        <button type="button" className="button button-quiet" onClick={() => void load(more)}>
          Show older runs
        </button>
      )}
    </div>
  )
}
