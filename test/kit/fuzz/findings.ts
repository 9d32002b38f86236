// What went wrong while a server was asked by chance: told by the answer, by the log or by the process, each mistake once.
export interface Finding {
  readonly what: string
  readonly count: number
  /** A request that brought it about, where one is known. */
  readonly example: unknown
}

/** An error as it is answered. */
export interface Told {
  readonly message?: string
  readonly extensions?: Readonly<Record<string, unknown>>
}

const MOST_EXAMPLE = 4_000

export class Findings {
  readonly #found = new Map<string, { count: number; example: unknown }>()
  /** Requests that were answered by the number of a mistake: the log says later which. */
  readonly #byNumber = new Map<string, unknown>()
  /** How often each code was answered, and how often none: whether what is thrown gets anywhere. */
  readonly outcomes: Record<string, number> = {}
  /** What the log called an error, by number. */
  readonly #logged = new Map<string, string>()

  /** `tell` is given each mistake when it is found for the first time. */
  constructor(readonly tell: (what: string) => void = () => {}) {}

  add(what: string, example: unknown): void {
    const known = this.#found.get(what)
    if (known) known.count++
    else {
      this.#found.set(what, { count: 1, example: short(example) })
      this.tell(what)
    }
  }

  /** All errors of one answer. */
  lookAt(errors: readonly Told[] = [], asked: unknown): void {
    const codes = new Set(errors.map(({ extensions }) => String(extensions?.code)))
    for (const code of codes.size === 0 ? ['none'] : codes) this.outcomes[code] = (this.outcomes[code] ?? 0) + 1
    for (const error of errors) this.#look(error, asked)
  }

  #look(error: Told, asked: unknown): void {
    const { code, number, requestId } = error.extensions ?? {}
    if (typeof requestId !== 'string') this.add(`an error without the id of its request: ${error.message}`, asked)
    if (code === 'INTERNAL_SERVER_ERROR') this.#byNumber.set(String(number), asked)
  }

  /** One line of the server's log: errors and worse count. */
  hear(line: string): void {
    try {
      const told = JSON.parse(line) as { level: number; number?: string; msg?: string; err?: { stack?: string } }
      if (told.level < 50) return
      const where = (told.err?.stack ?? '').split('\n').slice(0, 4).join(' <- ').replace(/\s+/g, ' ')
      const what = `${told.msg ?? ''} ${where}`
      if (told.number) {
        if (![...this.#logged.values()].includes(what)) this.tell(what)
        this.#logged.set(told.number, what)
      } else this.add(what, null)
    } catch {
      this.add(`not a line of the log: ${line.slice(0, 300)}`, null)
    }
  }

  /** Everything, the most frequent first. */
  all(): Finding[] {
    const found = new Map([...this.#found].map(([what, one]) => [what, { ...one }]))
    const numbers = new Set([...this.#byNumber.keys(), ...this.#logged.keys()])
    for (const number of numbers) {
      const what = this.#logged.get(number) ?? 'a mistake that the log does not tell'
      const example = short(this.#byNumber.get(number) ?? null)
      const known = found.get(what)
      if (known) known.count++
      else found.set(what, { count: 1, example })
    }
    return [...found].map(([what, one]) => ({ what, ...one })).sort((a, b) => b.count - a.count)
  }
}

const short = (example: unknown): unknown => {
  const text = JSON.stringify(example) ?? 'null'
  return text.length <= MOST_EXAMPLE ? example : `${text.slice(0, MOST_EXAMPLE)} ...`
}
