// Runs, found and ordered as one likes; the list moves by itself.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useClient } from 'urql'
import { socket } from '../client.js'
import { follow } from '../follow.js'
import { graphql, type ResultOf } from '../graphql.js'
import { isAtLeast } from '../people/viewer.js'
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
/** As many as the server gives at once. */
const MOST = 200
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
  const shown = useRef(0)
  shown.current = rows?.length ?? 0
  /** What was told live, and when: an answer that was asked for before is older. */
  const told = useRef({ now: 0, rows: new Map<string, { readonly row: Row; readonly at: number }>() })
  /** Of the view that is shown: what was asked for another may answer after it was left. */
  const asking = useRef<AbortController | null>(null)

  const load = useCallback(
    async (after: string | null) => {
      const asked = asking.current
      const began = ++told.current.now
      // Asked anew, a list keeps its length: what was shown by "more" stays.
      const first = after === null ? Math.min(MOST, Math.max(PAGE, shown.current)) : PAGE
      const { data, error } = await client
        .query(RUNS, { first, after, filter: filterOf(view), order: orderOf(view) })
        .toPromise()
      if (asked?.signal.aborted) return
      if (!data) return setProblem(error?.graphQLErrors[0]?.message ?? 'The server does not answer.')
      const { edges, pageInfo } = data.runs
      const newer = (row: Row) => {
        const live = told.current.rows.get(row.id)
        return live && live.at > began ? live.row : row
      }
      const found = edges.map((edge) => newer(edge.node))
      setProblem(null)
      setRows((before) => {
        if (after !== null) return appended(before ?? [], found)
        if (!plain || before === null) return found
        // A run that appeared while this was asked for is not among it.
        return merged(
          before.filter((row) => (told.current.rows.get(row.id)?.at ?? 0) > began),
          found,
        )
      })
      setMore(pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null)
    },
    [client, view, plain],
  )
  useEffect(() => {
    const controller = new AbortController()
    asking.current = controller
    let timer: ReturnType<typeof setTimeout> | undefined
    shown.current = 0
    setRows(null)
    setMore(null)
    void load(null)
    const leave = follow(socket, RUN_CHANGED, {
      variables: () => ({}),
      data: ({ runChanged }) => {
        if (view.kind !== null && runChanged.kind !== view.kind) return
        const { current } = told
        current.rows.set(runChanged.id, { row: runChanged, at: ++current.now })
        if (plain) {
          const keep = !runChanged.trashedAt
          setRows((before) =>
            merged(before ?? [], keep ? [runChanged] : []).filter((row) => keep || row.id !== runChanged.id),
          )
        } else {
          clearTimeout(timer)
          timer = setTimeout(() => void load(null), AGAIN_MS)
        }
      },
      lost: (lost) => {
        setReconnecting(lost)
        // What changed while the line was lost is asked for.
        if (!lost) void load(null)
      },
    })
    return () => {
      controller.abort()
      clearTimeout(timer)
      leave()
    }
  }, [load, view.kind, plain])
  return { rows, more, problem, reconnecting, load }
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
  const chosen = (rows ?? []).filter(({ id }) => selected.has(id))
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
          runs={chosen.map(({ id }) => id)}
          bin={view.bin}
          mayDelete={chosen.every(({ project }) => isAtLeast(project?.role, 'MAINTAINER'))}
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
