// Gathers what an engine tells into batches: steps become columns, at most ten messages a second, one under way at a time.
import type { EngineEvent } from '@cellboard/schema/events'
import type { Batch, Told } from './messages.js'

const MESSAGE_MS = 100
/** Entries that may wait before the engine itself has to: bounds its memory where the server is slower. */
const MOST_WAITING = 2_000

type Send = (batch: Batch) => void

export class Outbox {
  #told: Told[] = []
  #open = new Map<string, { steps: number[]; values: number[] }>()
  #steps = 0
  #step: number | null = null
  #etaSeconds: number | null = null
  #underWay = false
  #timer: NodeJS.Timeout | null = null
  #lastSent = 0
  #waiting: (() => void)[] = []

  constructor(readonly send: Send) {}

  add(event: EngineEvent): void {
    if (event.type === 'step-finished') {
      for (const [metric, value] of Object.entries(event.metrics)) this.#point(metric, event.step, value)
      this.#step = event.step
      this.#etaSeconds = event.etaSeconds
      this.#steps++
    } else {
      if (event.type === 'epoch-finished') {
        this.#point('train-loss', event.step, event.trainLoss)
        this.#point('train-accuracy', event.step, event.trainAccuracy)
        if (event.validationLoss !== undefined) this.#point('validation-loss', event.step, event.validationLoss)
        if (event.validationAccuracy !== undefined)
          this.#point('validation-accuracy', event.step, event.validationAccuracy)
        if (event.testLoss !== undefined) this.#point('test-loss', event.step, event.testLoss)
        if (event.testAccuracy !== undefined) this.#point('test-accuracy', event.step, event.testAccuracy)
      }
      this.#closeColumns()
      this.#told.push({ kind: 'event', time: Date.now(), event })
    }
    this.#schedule()
  }

  /** Resolves when there is room again. */
  async room(): Promise<void> {
    while (this.#told.length + this.#steps > MOST_WAITING) await this.#settled()
  }

  /** Resolves when everything told so far is recorded. */
  async emptied(): Promise<void> {
    while (this.#underWay || !this.#isEmpty) {
      this.#flush()
      await this.#settled()
    }
  }

  /** The server has written the batch that was under way. */
  recorded(): void {
    this.#underWay = false
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
    this.#schedule()
  }

  get #isEmpty(): boolean {
    return this.#told.length === 0 && this.#open.size === 0
  }

  #settled = () => new Promise<void>((resolve) => this.#waiting.push(resolve))

  #point(metric: string, step: number, value: number): void {
    const columns = this.#open.get(metric) ?? { steps: [], values: [] }
    columns.steps.push(step)
    columns.values.push(value)
    this.#open.set(metric, columns)
  }

  /** Points told before an event come before it in the log. */
  #closeColumns(): void {
    if (this.#open.size === 0) return
    const columns = [...this.#open].map(([metric, { steps, values }]) => ({
      metric,
      steps: Float64Array.from(steps),
      values: Float64Array.from(values),
    }))
    this.#told.push({ kind: 'points', columns })
    this.#open = new Map()
    this.#steps = 0
  }

  #schedule(): void {
    if (this.#timer || this.#underWay || this.#isEmpty) return
    const wait = Math.max(0, this.#lastSent + MESSAGE_MS - Date.now())
    this.#timer = setTimeout(() => this.#flush(), wait)
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#underWay || this.#isEmpty) return
    this.#closeColumns()
    const told = this.#told
    this.#told = []
    this.#underWay = true
    this.#lastSent = Date.now()
    this.send({ type: 'told', told, step: this.#step, etaSeconds: this.#etaSeconds })
  }
}
