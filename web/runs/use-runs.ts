// The runs of one page of a view, moving by themselves.
import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { socket } from '../client.js'
import { follow } from '../follow.js'
import { graphql, type ResultOf, type VariablesOf } from '../graphql.js'
import { whyOf } from '../why.js'

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
      min
      max
    }
    settings @include(if: $withSettings)
    tags
    project {
      id
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
    query Runs(
      $first: Int
      $after: String
      $last: Int
      $before: String
      $filter: RunFilter
      $order: RunOrder
      $withSettings: Boolean!
    ) {
      runs(first: $first, after: $after, last: $last, before: $before, filter: $filter, order: $order) {
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
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
    subscription RunChanged($withSettings: Boolean!) {
      runChanged {
        ...RunRow
      }
    }
  `,
  [RUN_ROW],
)

export type Row = ResultOf<typeof RUN_ROW>
type Around = ResultOf<typeof RUNS>['runs']['pageInfo']

/** A list that is narrowed or ordered otherwise is asked anew when something has changed, not more often than this. */
const AGAIN_MS = 1_000

/** Runs are numbered as they are asked for; those of one group are so at the same moment. */
const ageOf = ({ id }: Row) => Number(id.split('-')[1])
const newestFirst = (rows: Row[]) => rows.sort((a, b) => ageOf(b) - ageOf(a))
/** Rows with these in place of their older selves. */
const merged = (rows: readonly Row[], newer: readonly Row[]) => {
  const ids = new Set(newer.map((row) => row.id))
  return newestFirst([...newer, ...rows.filter((row) => !ids.has(row.id))])
}

interface Wanted {
  /** The query's variables as JSON: what is the same is not asked again. */
  readonly question: string
  readonly kind: Row['kind'] | null
  /** Whether a run that changes can be put in its place without asking. */
  readonly plain: boolean
}

export function useRuns({ question, kind, plain }: Wanted) {
  const client = useClient()
  const [rows, setRows] = useState<readonly Row[] | null>(null)
  const [around, setAround] = useState<Around | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [loading, setLoading] = useState(true)
  const [reconnecting, setReconnecting] = useState(false)
  /** What was told live, and when: an answer that was asked for before is older. */
  const told = useRef({ now: 0, rows: new Map<string, { readonly row: Row; readonly at: number }>() })
  /** The oldest of a page that others follow: what is older stands on these. */
  const oldest = useRef(0)
  /** Of the view that is shown: what was asked for another may answer after it was left. */
  const asking = useRef<AbortController | null>(null)

  const load = useCallback(async () => {
    const asked = asking.current
    const began = ++told.current.now
    const { data, error } = await client.query(RUNS, JSON.parse(question) as VariablesOf<typeof RUNS>).toPromise()
    if (asked?.signal.aborted) return
    if (!data) {
      const refused = (error?.graphQLErrors.length ?? 0) > 0
      setRows((before) => (refused || before === null ? [] : before))
      setLoading(false)
      return setProblem(whyOf(error))
    }
    const { edges, pageInfo } = data.runs
    const newer = (row: Row) => {
      const live = told.current.rows.get(row.id)
      return live && live.at > began ? live.row : row
    }
    const found = edges.map((edge) => newer(edge.node))
    setProblem(null)
    oldest.current = pageInfo.hasNextPage ? Math.min(...found.map(ageOf)) : 0
    setRows((before) => {
      if (!plain || before === null) return found
      // A run that appeared while this was asked for is not among it.
      return merged(
        before.filter((row) => (told.current.rows.get(row.id)?.at ?? 0) > began),
        found,
      )
    })
    setAround(pageInfo)
    setLoading(false)
  }, [client, question, plain])
  useEffect(() => {
    const controller = new AbortController()
    asking.current = controller
    let timer: ReturnType<typeof setTimeout> | undefined
    // Until the answer is there the rows before stay: who orders by a header keeps it under the hand.
    setLoading(true)
    void load()
    const leave = follow(socket, RUN_CHANGED, {
      variables: () => ({ withSettings: (JSON.parse(question) as { withSettings: boolean }).withSettings }),
      data: ({ runChanged }) => {
        if (kind !== null && runChanged.kind !== kind) return
        const { current } = told
        current.rows.set(runChanged.id, { row: runChanged, at: ++current.now })
        if (plain) {
          const keep = !runChanged.trashedAt && ageOf(runChanged) >= oldest.current
          setRows((before) =>
            merged(before ?? [], keep ? [runChanged] : []).filter((row) => keep || row.id !== runChanged.id),
          )
        } else {
          clearTimeout(timer)
          timer = setTimeout(() => void load(), AGAIN_MS)
        }
      },
      lost: (lost) => {
        setReconnecting(lost)
        // What changed while the line was lost is asked for.
        if (!lost) void load()
      },
    })
    return () => {
      controller.abort()
      clearTimeout(timer)
      leave()
    }
  }, [load, question, kind, plain])
  return { rows, around, problem, loading, reconnecting, load }
}
