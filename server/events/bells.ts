// A bell a run: rung after something was committed to its log. Carries no data: whoever listens reads the log from its own place,
// so a slow listener costs nothing and loses nothing.

export class Bells {
  readonly #listeners = new Set<(runId: number) => void>()

  ring(runId: number): void {
    for (const listener of this.#listeners) listener(runId)
  }

  /** Calls back at each ring, of any run, until the returned function is called. */
  listen(listener: (runId: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** For tests: a subscription that ended must have left. */
  get listening(): number {
    return this.#listeners.size
  }
}

/** What was rung since one last looked, and a wait for the next ring that an abort ends. */
export class Mailbox {
  readonly #rung = new Set<number>()
  readonly #silence: () => void
  #wake: () => void = () => {}

  constructor(
    bells: Bells,
    readonly wants: (runId: number) => boolean,
    readonly signal: AbortSignal,
  ) {
    const silence = bells.listen((runId) => {
      if (!wants(runId)) return
      this.#rung.add(runId)
      this.#wake()
    })
    this.#silence = silence
    signal.addEventListener('abort', () => {
      silence()
      this.#wake()
    })
  }

  /** The runs rung since the last call; waits where there is none. Empty once aborted. */
  async take(): Promise<number[]> {
    if (this.#rung.size === 0 && !this.signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve))
    const taken = this.signal.aborted ? [] : [...this.#rung]
    this.#rung.clear()
    return taken
  }

  putBack(runId: number): void {
    this.#rung.add(runId)
  }

  close(): void {
    this.#silence()
  }
}

/** Waits, or less where the signal is aborted before. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end)
  })

/**
 * An async generator that can be left while it waits: `return()` of a plain one hangs until its next value, so a client that
 * unsubscribes from a quiet run would stay in memory.
 */
export function stoppable<T>(make: (signal: AbortSignal) => AsyncGenerator<T>): AsyncGenerator<T> {
  const stop = new AbortController()
  const inner = make(stop.signal)
  const outer: AsyncGenerator<T> = {
    next: () => inner.next(),
    return: (value) => {
      stop.abort()
      return inner.return(value)
    },
    throw: (error) => {
      stop.abort()
      return inner.throw(error)
    },
    [Symbol.asyncIterator]: () => outer,
  }
  return outer
}
