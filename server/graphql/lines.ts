// The lines that are held open, by who holds them: when what they hold ends or what they may changes, their lines end with it,
// and what they ask anew is answered by what they may then.
import type { Lines } from './context.js'

/** The protocol's code for "not allowed": a client does not try again by itself. */
export const FORBIDDEN = 4403
/** "Service restart": a client asks again. */
const ASK_AGAIN = 1012

/** What of a socket, or of another kind of line, is needed to end it. */
export interface Line {
  readonly isOpen: () => boolean
  readonly close: (code: number, reason: string) => void
  readonly onceClosed: (listener: () => void) => void
}

export class OpenLines implements Lines {
  readonly #byKey = new Map<string, Set<Line>>()

  /** Keeps a line under its holder's keys until it closes, or until a moment that it may not outlive. */
  add(keys: readonly string[], line: Line, until: Date | null = null): void {
    if (!line.isOpen()) return
    for (const key of keys) {
      const lines = this.#byKey.get(key) ?? new Set()
      this.#byKey.set(key, lines.add(line))
    }
    const timer =
      until && setTimeout(() => line.close(FORBIDDEN, 'UNAUTHENTICATED'), Math.min(+until - Date.now(), DAYS_24))
    timer?.unref()
    line.onceClosed(() => {
      if (timer) clearTimeout(timer)
      for (const key of keys) {
        const lines = this.#byKey.get(key)
        lines?.delete(line)
        if (lines?.size === 0) this.#byKey.delete(key)
      }
    })
  }

  closeOf(key: string): void {
    for (const line of this.#byKey.get(key) ?? []) line.close(FORBIDDEN, 'UNAUTHENTICATED')
  }

  askAgain(key: string): void {
    for (const line of this.#byKey.get(key) ?? []) line.close(ASK_AGAIN, 'What you may see has changed: ask again')
  }
}

/** A timer of Node holds no more than some 24.8 days; a line that old is asked anew. */
const DAYS_24 = 24 * 86_400_000
