// Runs, found and ordered as one likes; the list moves by itself.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useClient } from 'urql'
import { socket } from '../client.js'
import { follow } from '../follow.js'
import { graphql, type ResultOf } from '../graphql.js'
import { RunList } from '../run/run-list.js'
import { RunsBar } from '../runs/runs-bar.js'
import { SelectionBar } from '../runs/selection-bar.js'
import { filterOf, isPlain, orderOf, parametersOf, viewOf, type View } from '../runs/view.js'
import '../runs/runs.css'

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
    tags
    project {
      role
    }
    trashedAt
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
    query Runs($first: Int!, $after: String, $filter: RunFilter, $order: RunOrder) {
      runs(first: $first, after: $after, filter: $filter, order: $order) {
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

const KINDS: readonly { readonly kind: View['kind']; readonly title: string }[] = [
  { kind: null, title: 'All' },
  { kind: 'SEARCH', title: 'Searches' },
  { kind: 'TRAINING', title: 'Trainings' },
]
const PAGE = 50
/** A list that is narrowed or ordered otherwise is asked anew when something has changed, not more often than this. */
const AGAIN_MS = 1_000

const newestFirst = (rows: Row[]) => rows.sort((a, b) => b.createdAt.localeCompare(a.createdAt))
/** Rows with these in place of their older selves. */
const merged = (rows: readonly Row[], newer: readonly Row[]) => {
  const ids = new Set(newer.map((row) => row.id))
  return newestFirst([...newer, ...rows.filter((row) => !ids.has(row.id))])
}
/** More rows of the same order behind those that there are. */
const appended = (rows: readonly Row[], more: readonly Row[]) => {
  const ids = new Set(rows.map((row) => row.id))
  return [...rows, ...more.filter((row) => !ids.has(row.id))]
}

/** The rows of a view, page by page, moving by themselves. */
function useRuns(view: View) {
  const client = useClient()
  const [rows, setRows] = useState<readonly Row[] | null>(null)
  const [more, setMore] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [reconnecting, setReconnecting] = useState(false)
  const plain = isPlain(view)
  const load = useCallback(
    async (after: string | null, current: () => boolean) => {
      const asked = { first: PAGE, after, filter: filterOf(view), order: orderOf(view) }
      const { data, error } = await client.query(RUNS, asked).toPromise()
      // What was asked for another view may answer after it was left.
      if (!current()) return
      if (!data) return setProblem(error?.graphQLErrors[0]?.message ?? 'The server does not answer.')
      const found = data.runs.edges.map((edge) => edge.node)
      setProblem(null)
      setRows((before) => {
        if (before === null || (after === null && !plain)) return found
        return plain ? merged(before, found) : appended(before, found)
      })
      const next = data.runs.pageInfo.hasNextPage ? (data.runs.pageInfo.endCursor ?? null) : null
      setMore((before) => (after === null && before !== null && plain ? before : next))
    },
    [client, view, plain],
  )
  useEffect(() => {
    let isCurrent = true
    const current = () => isCurrent
    let timer: ReturnType<typeof setTimeout> | undefined
    setRows(null)
    setMore(null)
    void load(null, current)
    const leave = follow(socket, RUN_CHANGED, {
      variables: () => ({}),
      data: ({ runChanged }) => {
        const isShown = view.kind === null || runChanged.kind === view.kind
        if (plain) {
          const keep = isShown && !runChanged.trashedAt
          setRows((before) =>
            merged(before ?? [], keep ? [runChanged] : []).filter((row) => keep || row.id !== runChanged.id),
          )
        } else if (isShown) {
          clearTimeout(timer)
          timer = setTimeout(() => void load(null, current), AGAIN_MS)
        }
      },
      lost: (lost) => {
        setReconnecting(lost)
        // What changed while the line was lost is asked for.
        if (!lost) void load(null, current)
      },
    })
    return () => {
      isCurrent = false
      clearTimeout(timer)
      leave()
    }
  }, [load, view.kind, plain])
  return { rows, more, problem, reconnecting, load: (after: string | null) => load(after, () => true) }
}

export function Runs() {
  const [parameters, setParameters] = useSearchParams()
  const view = useMemo(() => viewOf(parameters), [parameters])
  const { rows, more, problem, reconnecting, load } = useRuns(view)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const onView = useCallback(
    (next: View) => {
      setSelected(new Set())
      setParameters(parametersOf(next), { replace: true })
    },
    [setParameters],
  )
  const isNarrowed = Object.keys(parametersOf({ ...view, kind: null, order: 'newest' })).length > 0
  const chosen = (rows ?? []).flatMap(({ id }) => (selected.has(id) ? [id] : []))
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
              aria-pressed={one.kind === view.kind}
              onClick={() => onView({ ...view, kind: one.kind })}
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
      {(isNarrowed || (rows?.length ?? 0) > 0) && <RunsBar view={view} onView={onView} />}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {rows === null ? (
        !problem && <p className="loading">Loading…</p>
      ) : rows.length === 0 && isNarrowed ? (
        <p className="note">{view.bin ? 'The bin is empty.' : 'No run is like this.'}</p>
      ) : (
        <RunList
          rows={rows}
          kind={view.kind}
          selected={selected}
          onSelect={setSelected}
          onTag={(tag) => onView({ ...view, tag })}
        />
      )}
      {more !== null && (
        <button type="button" className="button button-quiet" onClick={() => void load(more)}>
          Show more runs
        </button>
      )}
      {chosen.length > 0 && (
        <SelectionBar
          runs={chosen}
          bin={view.bin}
          onClear={() => setSelected(new Set())}
          onDone={() => {
            setSelected(new Set())
            void load(null)
          }}
        />
      )}
    </div>
  )
}
