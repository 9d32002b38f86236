// One run in a process of its own: takes a job, runs the engine's search or training, tells what happens. A crash here touches nothing else.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Failure } from '@cellboard/schema/error-codes'
import type { EngineEvent } from '@cellboard/schema/events'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { filesFolder } from '../runs/run-folder.js'
import { isDiskFull } from '../store/disk-full.js'
import { waitForLock } from '../store/process-lock.js'
import type { FromEngine, Job, ToEngine } from './messages.js'
import { Outbox } from './outbox.js'

export interface EngineOptions {
  readonly dataFolder: string
  readonly checkpointFolder: string
  /** Where the files that the run leaves belong. */
  readonly filesFolder: string
  readonly signal: AbortSignal
}

type Tell<Settings> = (settings: Settings, options: EngineOptions) => AsyncGenerator<EngineEvent>

/** What the runner asks of an engine. */
export interface Engine {
  readonly search: Tell<ResolvedSearchSettings>
  readonly train: Tell<ResolvedTrainingSettings>
}

const stop = new AbortController()
let leaving = false
const tell = (message: FromEngine) => process.send!(message)
const outbox = new Outbox(tell)

process.on('message', (message: ToEngine) => {
  if (message.type === 'begin') void run(message.job)
  else if (message.type === 'recorded') outbox.recorded()
  else void leave()
})
// The server is gone, killed perhaps: nobody records any more, and its successor will take the run up from the checkpoint.
process.on('disconnect', () => process.exit(1))
// A terminal sends Ctrl-C to the whole group; whether to stop is the server's decision.
process.on('SIGINT', () => {})

/**
 * A training that is stopped keeps its place in the middle of an epoch. Its checkpoint must not be ahead of the log, so all that was
 * told is recorded first.
 */
async function leave(): Promise<void> {
  leaving = true
  await outbox.emptied()
  stop.abort(new DOMException('The run was stopped.', 'AbortError'))
}

async function run(job: Job): Promise<void> {
  try {
    mkdirSync(job.runFolder, { recursive: true })
    // An engine of a killed server may still be at its last step: two writing one checkpoint would break it.
    await waitForLock(join(job.runFolder, 'engine.lock'))
    const engine = (await (job.engineModule
      ? import(pathToFileURL(job.engineModule).href)
      : import('@cellboard/engine'))) as Engine
    const options = {
      dataFolder: job.dataFolder,
      checkpointFolder: join(job.runFolder, 'checkpoint'),
      filesFolder: filesFolder(job.runFolder),
      signal: stop.signal,
    }
    for await (const event of wholeRun(engine, job, options)) {
      outbox.add(event)
      // Asking for the next event lets the engine go on, perhaps to its checkpoint. That must never be ahead of the log: what lies
      // between the two would not be told again. So everything but a step is recorded before.
      await (event.type === 'step-finished' ? outbox.room() : outbox.emptied())
      // Steps may follow each other without ever leaving microtasks: messages from the server come in here.
      await new Promise((resolve) => setImmediate(resolve))
      if (leaving) await leave()
      stop.signal.throwIfAborted()
    }
    await end({ type: 'finished' })
  } catch (error) {
    await end(stop.signal.aborted ? { type: 'stopped' } : failed(error))
  }
}

const begin = (engine: Engine, { work }: Job, options: EngineOptions): AsyncGenerator<EngineEvent> =>
  work.kind === 'search' ? engine.search(work.settings, options) : engine.train(work.settings, options)

/**
 * The run, from a checkpoint that is not ahead of the log. It can be only after the log lost its end, by a power cut or a restored
 * backup; then the run begins anew, and what the log has is told once more and left out there.
 */
async function* wholeRun(engine: Engine, job: Job, options: EngineOptions): AsyncGenerator<EngineEvent> {
  for await (const event of begin(engine, job, options)) {
    if (event.type === 'started' && (event.resumedFrom?.step ?? 0) > job.stepsDone) {
      rmSync(options.checkpointFolder, { recursive: true })
      yield* begin(engine, job, options)
      return
    }
    yield event
  }
}

async function end(last: FromEngine): Promise<void> {
  await outbox.emptied()
  process.send!(last, () => process.exit(0))
}

function failed(error: unknown): FromEngine {
  const thrown = error instanceof Error ? error : new Error(String(error))
  return { type: 'failed', failure: failureOf(thrown), stack: thrown.stack }
}

function failureOf(error: Error & { failure?: Failure }): Failure {
  if (error.name === 'EngineError' && error.failure) return error.failure
  if (isDiskFull(error)) return DISK_FULL
  return {
    code: 'INTERNAL',
    message: `The engine made a mistake: ${error.message}`,
    hint: 'This is a fault of Cellboard, not of your settings. The log of the server has the details.',
  }
}

const DISK_FULL: Failure = {
  code: 'DISK_FULL',
  message: 'Expected room on the disk for a checkpoint, but there is none left.',
  hint: 'Free some space and start the run again. What was found so far is kept.',
}
