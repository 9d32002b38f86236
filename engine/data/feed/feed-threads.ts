// Threads that make batches: each order goes to the thread with the least to do; bytes in memory are shared, batches handed over.
import { Worker } from 'node:worker_threads'
import { EngineError } from '../../errors.js'
import type { Failure } from '@cellboard/schema/error-codes'
import type { BatchOrder, BatchRules, Parts } from './batch-maker.js'
import type { Batch } from '../batches.js'

/** What a thread answers: the batch, or why there is none; a failure is one of the experiment, an error our own. */
export type ThreadAnswer = { number: number } & ({ batch: Batch } | { failure: Failure } | { error: string })

interface Waiting {
  readonly thread: number
  readonly done: (batch: Batch | null) => void
  readonly failed: (error: Error) => void
}

/** Where the thread's program lies: beside this file, or in dist/ where this file runs from its source, as in tests. */
const PROGRAM = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/data/feed/feed-thread.js', import.meta.url)
  : new URL('./feed-thread.js', import.meta.url)

export class FeedThreads {
  private readonly threads: Worker[]
  private readonly waiting = new Map<number, Waiting>()
  private ordered = 0
  private broken: Error | null = null

  constructor(parts: Parts, rules: BatchRules, count: number) {
    this.threads = Array.from({ length: count }, (_, i) => this.start(i, parts, rules))
  }

  make(order: BatchOrder): Promise<Batch | null> {
    if (this.broken) return Promise.reject(this.broken)
    const number = this.ordered++
    const load = this.threads.map((_, i) => [...this.waiting.values()].filter(({ thread }) => thread === i).length)
    const thread = load.indexOf(Math.min(...load))
    return new Promise((done, failed) => {
      this.waiting.set(number, { thread, done, failed })
      // A thread keeps the process alive only while somebody waits for it.
      this.threads[thread]!.ref()
      this.threads[thread]!.postMessage({ number, order })
    })
  }

  /** Ends all threads; what is still waited for is null. */
  async close(): Promise<void> {
    for (const { done } of this.waiting.values()) done(null)
    this.waiting.clear()
    await Promise.all(this.threads.map((thread) => thread.terminate()))
  }

  private start(i: number, parts: Parts, rules: BatchRules): Worker {
    const thread = new Worker(PROGRAM, { workerData: { parts, rules } })
    thread.on('message', (answer: ThreadAnswer) => this.hear(answer))
    thread.on('error', (error) => this.lose(error))
    thread.on('exit', (code) => {
      if (code !== 0 && this.waiting.size > 0) this.lose(new Error(`Thread ${i} of the feed ended with code ${code}.`))
    })
    thread.unref()
    return thread
  }

  private hear(answer: ThreadAnswer): void {
    const waiting = this.waiting.get(answer.number)
    if (!waiting) return
    this.waiting.delete(answer.number)
    if (![...this.waiting.values()].some(({ thread }) => thread === waiting.thread))
      this.threads[waiting.thread]!.unref()
    if ('batch' in answer) waiting.done(answer.batch)
    else if ('failure' in answer) {
      const { code, message, hint } = answer.failure
      waiting.failed(new EngineError(code, message, hint))
    } else waiting.failed(new Error(answer.error))
  }

  /** A thread is gone with its orders: whoever waits for any batch learns why. */
  private lose(error: Error): void {
    this.broken = error
    for (const { failed } of this.waiting.values()) failed(error)
    this.waiting.clear()
  }
}
