// How long a search or a training still takes, reckoned from the steps made so far.

/** One stage: its number, its steps, and how much work one is (multiply-adds of a forward pass, as a measure). */
export interface StageWork {
  readonly stage: number
  readonly steps: number
  readonly work: number
}

/** Steps that are slower than the rest: the first run of a captured graph. */
const WARM_UP = 1

export class Clock {
  readonly #stages: StageWork[]
  #at = 0
  #done = 0
  #seconds = 0
  #counted = 0
  #secondsPerWork: number | null = null

  /** @param stages in the order in which they are gone through */
  constructor(stages: readonly StageWork[]) {
    this.#stages = [...stages]
  }

  /** Begins a stage, after `done` steps of it; its work is known better by now. */
  begin(stage: number, work: number, done: number): void {
    this.#at = this.#stages.findIndex((one) => one.stage === stage)
    this.#stages[this.#at] = { ...this.#stages[this.#at]!, work }
    this.#done = done
    this.#seconds = 0
    this.#counted = -WARM_UP
  }

  /** One more step, which took so many seconds. */
  step(seconds: number): void {
    this.#done++
    this.#counted++
    if (this.#counted <= 0) return
    this.#seconds += seconds
    this.#secondsPerWork = this.#seconds / this.#counted / this.#stages[this.#at]!.work
  }

  /** Seconds left in all stages; null before anything was measured. */
  get etaSeconds(): number | null {
    const perWork = this.#secondsPerWork
    if (perWork === null) return null
    return this.#stages.reduce((sum, { steps, work }, at) => {
      const left = at < this.#at ? 0 : at === this.#at ? Math.max(0, steps - this.#done) : steps
      return sum + left * work * perWork
    }, 0)
  }
}
