// What every resolver is given: who is asking, a view of the store, and the parts of the house.
import type { Config } from '../config.js'
import type { Bells } from '../events/bells.js'
import type { User } from '../people/user.table.js'
import type { RunBackend } from '../runs/run.table.js'
import type { EntityManager, Store } from '../store/orm.js'
import type { Scope } from './scope.js'

/** Lines held open, by the session that opened them. */
export interface Lines {
  /** Closes all lines of a session that has ended. */
  closeOf(token: string): void
}

/** The parts that live as long as the server. */
export interface House {
  readonly config: Config
  readonly store: Store
  readonly bells: Bells
  readonly lines: Lines
  readonly runner: {
    /** Looks into the queue now instead of at the next turn. */
    wake(): void
    /** Tells the engine of a run to stop, where one is at work; for good, or to go on at another time. */
    stopRun(runId: number, forGood: boolean): void
    /** What the engine last reported to compute with. */
    readonly backend: RunBackend | null
  }
}

export interface Context {
  readonly house: House
  /** Fresh for every request: entities of one request are never seen by another. */
  readonly em: EntityManager
  readonly user: User | null
  readonly token: string | null
  readonly scope: Scope
  /** Sets the session's cookie, or clears it; does nothing on a socket. */
  readonly keepToken: (token: string | null) => void
}
