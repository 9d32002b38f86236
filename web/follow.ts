// Follows one subscription for as long as one wants, through every lost line: each time it is asked anew, from where one is by then.
import type { ExecutionResult, GraphQLError } from 'graphql'
import type { Sink } from 'graphql-ws'
import { stringifyDocument } from 'urql'
import type { TadaDocumentNode } from './graphql.js'
import { hashOfOperation } from './operation-hashes.js'

/** What follow needs of a graphql-ws client; tests hand in their own. */
export interface Subscriber {
  subscribe(
    request: { query: string; variables?: Record<string, unknown>; extensions?: Record<string, unknown> },
    sink: Sink<ExecutionResult>,
  ): () => void
  on?(event: 'connected', listener: () => void): () => void
}

export interface Follower<Data, Variables> {
  /** Asked at the start and after each lost line, so that a cursor can have moved. */
  variables: () => Variables
  data: (data: Data) => void
  /** `true`: the line is lost and will be tried again; `false`: it stands, for the first time or again. */
  lost?: (lost: boolean) => void
  /** Asked whenever the server says the subscription is complete: is there nothing more to come? */
  done?: () => boolean
  /** Told once, with the server's sentence, where what is followed is not there for who asks; nothing is tried again then. */
  refused?: (why: string) => void
  /** Milliseconds before try `tries` (1, 2, ...); doubling to five seconds when absent. */
  wait?: (tries: number) => number
}

const doubling = (tries: number) => Math.min(5_000, 250 * 2 ** (tries - 1)) * (0.75 + Math.random() / 2)

/** Answers that do not change by asking again. */
const FINAL = new Set<unknown>(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED'])

/** The server's way to close a line for which it knows nobody. */
const SHUT = 4403

/** Why asking again is in vain; undefined where it may help. */
function finalOf(refusal: unknown, tries: number): string | undefined {
  if (Array.isArray(refusal))
    return (refusal as GraphQLError[]).find(({ extensions }) => FINAL.has(extensions?.code))?.message
  // Shut once, one may come in again by something else that one holds; shut at the door, not.
  const { code } = (refusal ?? {}) as { readonly code?: unknown }
  return code === SHUT && tries > 0 ? 'What you came in with has ended. Sign in again.' : undefined
}

/** Starts following; what it returns stops it. */
export function follow<Data, Variables extends Record<string, unknown>>(
  subscriber: Subscriber,
  document: TadaDocumentNode<Data, Variables>,
  follower: Follower<Data, Variables>,
): () => void {
  const text = stringifyDocument(document)
  /** Null once the server has said that it does not know it: then the text is sent. */
  let hash = hashOfOperation(document)
  let stopped = false
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let leave = () => {}

  const again = () => {
    if (stopped) return
    tries += 1
    follower.lost?.(true)
    timer = setTimeout(start, (follower.wait ?? doubling)(tries))
  }
  /** Without data: it is not there for who asks, or it cannot be told now and is asked for again later. */
  const unanswered = (refusal: unknown) => {
    const why = finalOf(refusal, tries)
    if (why && follower.refused) follower.refused(why)
    else again()
  }
  const start = () => {
    let over = false
    const end = (next: () => void) => {
      if (over || stopped) return
      over = true
      next()
    }
    leave = subscriber.subscribe(
      {
        query: hash ? '' : text,
        variables: follower.variables(),
        ...(hash && { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }),
      },
      {
        next: (result) => {
          if (over || stopped) return
          if (!result.data) return end(() => unanswered(result.errors))
          if (tries > 0) follower.lost?.(false)
          tries = 0
          follower.data(result.data as Data)
        },
        error: (error) => {
          if (Array.isArray(error) && (error as Error[])[0]?.message === 'PersistedQueryNotFound') hash = null
          end(() => unanswered(error))
        },
        complete: () => end(() => (follower.done?.() ? undefined : again())),
      },
    )
  }
  const unlisten = subscriber.on?.('connected', () => follower.lost?.(false))
  start()
  return () => {
    stopped = true
    unlisten?.()
    clearTimeout(timer)
    leave()
  }
}
