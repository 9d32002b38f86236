// How often somebody may ask: buckets of tokens by person and by address, refilled evenly; and counts of what is open.
export interface Taken {
  readonly ok: boolean
  readonly most: number
  readonly remaining: number
  /** Until the bucket is full again. */
  readonly resetSeconds: number
  /** Until the next token; 0 where there is one. */
  readonly retryAfterSeconds: number
}

/** Keys that are remembered at most. To be forgotten is to be forgiven, so it is far above honest use. */
const MOST_KEYS = 20_000

/** `most` a minute for each key: a full bucket can be spent at once, then `most / 60` a second. */
export class Rates {
  readonly #buckets = new Map<string, { tokens: number; at: number }>()

  constructor(
    readonly most: number,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** More than a full bucket takes all of it. */
  take(key: string, wanted = 1): Taken {
    const { most } = this
    const amount = Math.min(wanted, most)
    const now = this.now()
    const perMs = most / 60_000
    const known = this.#buckets.get(key)
    const tokens = known ? Math.min(most, known.tokens + (now - known.at) * perMs) : most
    const ok = tokens >= amount
    const left = ok ? tokens - amount : tokens
    // Newest last, so that what was asked longest ago is the first to be forgotten.
    this.#buckets.delete(key)
    this.#buckets.set(key, { tokens: left, at: now })
    if (this.#buckets.size > MOST_KEYS) this.#forget()
    return {
      ok,
      most,
      remaining: Math.floor(left),
      resetSeconds: Math.ceil((most - left) / perMs / 1000),
      retryAfterSeconds: ok ? 0 : Math.max(1, Math.ceil((amount - tokens) / perMs / 1000)),
    }
  }

  get size(): number {
    return this.#buckets.size
  }

  /** A quarter at once, those that asked longest ago: one by one would cost more than it saves. */
  #forget(): void {
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size <= 0.75 * MOST_KEYS) return
      this.#buckets.delete(key)
    }
  }
}

/** How many of something are open for each key, at most `most`. */
export class Tally {
  readonly #open = new Map<string, number>()

  constructor(readonly most: number) {}

  /** False where there are as many as may be. */
  open(key: string): boolean {
    const count = this.#open.get(key) ?? 0
    if (count >= this.most) return false
    this.#open.set(key, count + 1)
    return true
  }

  close(key: string): void {
    const left = (this.#open.get(key) ?? 0) - 1
    if (left > 0) this.#open.set(key, left)
    else this.#open.delete(key)
  }

  /** Of all keys. */
  get total(): number {
    return [...this.#open.values()].reduce((sum, count) => sum + count, 0)
  }
}
