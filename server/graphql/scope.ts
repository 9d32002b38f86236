// What belongs to one request wherever it is at work: its id, how long it may take, and whether strangers ask.
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { Store } from '../store/orm.js'

export interface Scope {
  /** Told in a header and in every error, and found in the log. */
  readonly requestId: string
  signedIn: boolean
  /** Null for what may go on: a subscription, a page. */
  deadline: Deadline | null
  /** Whether the store refuses reads after the deadline: for queries only, for a mutation may start what outlives it. */
  stopsReads: boolean
}

export const newScope = (): Scope => ({
  requestId: randomBytes(8).toString('hex'),
  signedIn: false,
  deadline: null,
  stopsReads: false,
})

const scopes = new AsyncLocalStorage<Scope>()
export const currentScope = (): Scope | undefined => scopes.getStore()
export const inScope = <T>(scope: Scope, work: () => T): T => scopes.run(scope, work)

/** A moment after which a request's work stops at its next step: a field, or a read of the store. */
export class Deadline {
  readonly #at: number

  constructor(
    readonly most: number,
    readonly now: () => number = () => performance.now(),
  ) {
    this.#at = now() + most
  }

  /** @throws TIMED_OUT once it has passed. */
  check(): void {
    if (this.now() <= this.#at) return
    throw new GraphQLError(
      `Expected to answer within ${this.most} ms, but it takes longer. Ask for less at once: fewer runs, shorter lists.`,
      { extensions: { code: 'TIMED_OUT', limit: 'requestMs', most: this.most } },
    )
  }
}

/**
 * No further read of a query whose time is over: it fails before it is sent. A statement that runs already is not interrupted: the
 * driver works in this very thread, so nothing else could run that would interrupt it.
 */
export function stopReadsAfterDeadline({ em }: Store): void {
  em.getKnex().on('query', ({ sql }: { sql: string }) => {
    const scope = scopes.getStore()
    if (scope?.stopsReads && /^\s*(select|with)\b/i.test(sql)) scope.deadline?.check()
  })
}
