// The server's end of one forked engine: starts it, hands on what it tells, makes sure that it stops.
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.js'
import type { RunRow, Work } from '../runs/run.table.js'
import { runFolder } from '../runs/run-folder.js'
import { isDiskFull } from '../store/disk-full.js'
import type { Batch, FromEngine, Job, ToEngine } from './messages.js'
import type { Outcome } from './outcome.js'
import { MemoryWatch, memoryFailure } from './memory-death.js'
import { ClaimLost } from './recorder.js'

/**
 * An engine that was told to stop and has not is killed; its checkpoint is whole at any moment. A training that will go on is let
 * finish its step and keep its place, which otherwise would be the end of its last epoch.
 */
const STOP_MS = { forGood: 1_500, forAWhile: { search: 1_500, training: 30_000 } }
const MOST_WORDS = 4_000

// Compiled code in a fork: a child of a test runner does not have its transforms.
const PROGRAM = fileURLToPath(new URL('engine-process.js', import.meta.url)).replace(
  /server[/\\]runner([/\\])/,
  'server$1dist$1runner$1',
)

export class EngineChild {
  readonly #process: ChildProcess
  readonly #job: Job
  readonly #memory = new MemoryWatch()
  #killer: NodeJS.Timeout | null = null
  #stopped = false
  #lastWords = ''

  constructor(config: Config, run: RunRow) {
    this.#job = {
      work: { kind: run.kind, settings: run.settings } as Work,
      dataFolder: config.dataFolder,
      runFolder: runFolder(config, run),
      engineModule: config.engineModule,
      stepsDone: run.stepsDone,
    }
    this.#process = fork(PROGRAM, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    this.#process.stderr!.setEncoding('utf8').on('data', (part: string) => {
      this.#lastWords = (this.#lastWords + part).slice(-MOST_WORDS)
    })
  }

  /** The end of what it wrote to standard error: TensorFlow is talkative there, but after a crash it is all there is. */
  get lastWords(): string {
    return this.#lastWords
  }

  /** Runs the engine to its end. Batches are recorded one after the other; one that cannot be ends the run. */
  async run(record: (batch: Batch) => Promise<void>): Promise<Outcome> {
    let outcome: Outcome | null = null
    let recording = Promise.resolve()
    const child = this.#process

    child.on('message', (message: FromEngine) => {
      if (message.type !== 'told') {
        outcome ??= message.type === 'failed' ? { ...message, kind: 'failed' } : { kind: message.type }
        return
      }
      recording = recording.then(async () => {
        if (outcome) return
        try {
          await record(message)
          this.#send({ type: 'recorded' })
        } catch (error) {
          outcome = unrecorded(error)
          child.kill('SIGKILL')
        }
      })
    })
    const ended = new Promise<Outcome>((resolve) => {
      child.once('error', (error) => resolve({ kind: 'died', how: error.message }))
      child.once('close', (code, signal) => resolve(this.#deathOf(code, signal)))
    })
    this.#send({ type: 'begin', job: this.#job })

    const death = await ended
    await recording
    if (this.#killer) clearTimeout(this.#killer)
    return outcome ?? (this.#stopped ? { kind: 'stopped' } : death)
  }

  #deathOf(code: number | null, signal: NodeJS.Signals | null): Outcome {
    if (this.#memory.wasIt(signal, this.#lastWords))
      return { kind: 'failed', failure: memoryFailure(this.#job.work), stack: this.#lastWords }
    return { kind: 'died', how: signal ? `it was ended by ${signal}` : `it ended with code ${code}` }
  }

  /** Asks the engine to end before its next step, and kills it where it does not. */
  stop(forGood: boolean): void {
    if (!this.#stopped) this.#send({ type: 'stop' })
    this.#stopped = true
    if (this.#killer) clearTimeout(this.#killer)
    const patience = forGood ? STOP_MS.forGood : STOP_MS.forAWhile[this.#job.work.kind]
    this.#killer = setTimeout(() => this.#process.kill('SIGKILL'), patience)
  }

  #send(message: ToEngine): void {
    // An engine that has just died cannot be told; its end says so.
    if (this.#process.connected) this.#process.send(message, () => {})
  }
}

function unrecorded(error: unknown): Outcome {
  if (error instanceof ClaimLost) return { kind: 'stopped' }
  if (isDiskFull(error))
    return {
      kind: 'failed',
      failure: {
        code: 'DISK_FULL',
        message: 'Expected room on the disk for the log of this run, but there is none left.',
        hint: 'Free some space and start the run again. What was recorded so far is kept.',
      },
    }
  // The store may be well again in a moment, so the run goes back into the queue, as after a crash.
  return {
    kind: 'died',
    how: `the log could not be written (${error instanceof Error ? error.message : String(error)})`,
  }
}
