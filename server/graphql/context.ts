// What every resolver is given: who is asking, a view of the store, and the parts of the house.
import type { Noted } from '../audit/audit.js'
import type { Config } from '../config.js'
import type { Bells } from '../events/bells.js'
import type { Asker, Credentials } from '../people/asker.js'
import type { Rights } from '../people/rights.js'
import type { CookieName } from '../people/identity.js'
import type { RunBackend } from '../runs/run.table.js'
import type { EntityManager, Store } from '../store/orm.js'
import type { Loaders } from './loaders.js'
import type { Scope } from './scope.js'
import type { Visitors } from './visitors.js'

/** Lines held open, by who holds them: `session:<hash>`, `token:7`, `share:3`, `user:1`, `everyone`. */
export interface Lines {
  /** Closes all lines under a key whose right to be open has ended. */
  closeOf(key: string): void
  /** Closes all lines under a key whose holders see more or less from now on: they ask again. */
  askAgain(key: string): void
}

/** The parts that live as long as the server. */
export interface House {
  readonly config: Config
  readonly store: Store
  readonly bells: Bells
  /** Rung with a board's key after something on it was committed. */
  readonly boardBells: Bells
  readonly lines: Lines
  /** As people type it, for links that are sent to somebody. */
  readonly address: () => string
  readonly visitors: Pick<Visitors, 'addressOf' | 'refuseOften'>
  readonly boardKeeper: {
    /** Enters what has finished already in the project that a board's rule names. */
    enterAll(board: number): void
  }
  readonly runner: {
    /** Looks into the queue now instead of at the next turn. */
    wake(): void
    /** Tells the engine of a run to stop, where one is at work; for good, or to go on at another time. */
    stopRun(runId: number, forGood: boolean): void
    /** What the engine last reported to compute with. */
    readonly backend: RunBackend | null
  }
}

export interface Visitor {
  readonly address: string
  readonly program: string
}

export interface Context {
  readonly house: House
  readonly loaders: Loaders
  /** Fresh for every request: entities of one request are never seen by another. */
  readonly em: EntityManager
  readonly credentials: Credentials
  readonly asker: Asker
  readonly rights: Rights
  readonly scope: Scope
  /** What a mutation's resolver adds to its entry in the audit log. */
  noted: Noted
  /** What the visitor's program calls itself, and where it asks from. */
  readonly visitor: Visitor
  /** Sets a cookie of this server, or clears it; does nothing on a socket. */
  readonly keepCookie: (cookie: CookieName, value: string | null) => void
}
