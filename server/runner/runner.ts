// From queued to finished: claim, fork, record, finish. The queue is the run table; this server computes a few of its rows at a time.
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Config } from '../config.js'
import type { Bells } from '../events/bells.js'
import { RunTable, type RunBackend, type RunRow } from '../runs/run.table.js'
import { changeState } from '../runs/state.js'
import type { Store } from '../store/orm.js'
import { inSpan } from '../graphql/traces.js'
import { EngineChild } from './engine-child.js'
import type { ToldEvent } from './messages.js'
import { learnPace } from './learn-pace.js'
import { judge, MOST_MACHINE_FAILURES, type Outcome } from './outcome.js'
import { Recorder } from './recorder.js'

const HEARTBEAT_MS = 5_000
const RETRY_MS = 3_000
const LOOK_MS = 10_000

export interface RunnerParts {
  readonly config: Config
  readonly store: Store
  readonly bells: Bells
  readonly log: Logger
}

export class Runner {
  /** This life of the server: rows claimed by another name were left by a server that is gone. */
  readonly #name = randomUUID()
  readonly #children = new Map<number, { child: EngineChild; done: Promise<void> }>()
  #turn: Promise<void> = Promise.resolve()
  #clock: NodeJS.Timeout | undefined
  #stopping = false
  backend: RunBackend | null = null

  constructor(readonly parts: RunnerParts) {}

  async start(): Promise<void> {
    await this.#takeUpLeftRuns()
    // A look that failed, at a store that was busy, is made up for by the next.
    this.#clock = setInterval(() => this.wake(), LOOK_MS)
    this.wake()
  }

  /** Looks into the queue now: after a run was queued, and after one ended. */
  wake(): void {
    this.#turn = this.#turn.then(() => this.#fillSlots()).catch((error: unknown) => this.parts.log.error(error))
  }

  /** Tells the engine of a run to stop, where one is at work. */
  stopRun(runId: number, forGood: boolean): void {
    this.#children.get(runId)?.child.stop(forGood)
  }

  /** Stops all engines; their runs go back into the queue and are taken up at the next start. */
  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#clock)
    await this.#turn
    for (const { child } of this.#children.values()) child.stop(false)
    await Promise.all([...this.#children.values()].map(({ done }) => done))
  }

  async #takeUpLeftRuns(): Promise<void> {
    const { store, bells } = this.parts
    // What a program elsewhere computes went on without this server.
    for (const run of await store.em.fork().find(RunTable, { state: 'RUNNING', kind: { $ne: 'logged' } })) {
      const wasToStop = run.cancelRequested || run.pauseRequested
      await this.#finish(run, wasToStop ? { kind: 'stopped' } : { kind: 'died', how: 'the server was killed' })
      bells.ring(run.id)
    }
  }

  async #fillSlots(): Promise<void> {
    while (!this.#stopping && this.#children.size < this.parts.config.runners) {
      const run = await this.#claim()
      if (!run) return
      this.parts.bells.ring(run.id)
      const child = new EngineChild(this.parts.config, run)
      const about = { 'cellboard.run': run.id, 'cellboard.kind': run.kind, 'cellboard.attempt': run.attempts }
      const done = inSpan('run', about, () => this.#compute(run, child)).finally(() => {
        this.#children.delete(run.id)
        this.wake()
      })
      this.#children.set(run.id, { child, done })
    }
  }

  /**
   * Takes the oldest queued run, but none whose engine has yet to end: one that was paused and resumed within a moment. The state is
   * changed only where it is still QUEUED, so two never get the same.
   */
  async #claim(): Promise<RunRow | null> {
    const em = this.parts.store.em.fork()
    const waiting = { state: 'QUEUED' as const, id: { $nin: [...this.#children.keys()] } }
    const run = await em.findOne(RunTable, waiting, { orderBy: { id: 'asc' } })
    if (!run) return null
    const now = new Date()
    const columns = {
      claimedBy: this.#name,
      heartbeatAt: now,
      startedAt: run.startedAt ?? now,
      attempts: run.attempts + 1,
    }
    return (await changeState(em, run.id, { to: 'RUNNING', from: ['QUEUED'], columns }))
      ? em.refresh(run)
      : this.#claim()
  }

  async #compute(run: RunRow, child: EngineChild): Promise<void> {
    const { store, bells, log } = this.parts
    const recorder = new Recorder(store, bells, run.id, this.#name)
    // What a person wanted since the run was claimed; from now on they find the engine here.
    const wanted = await store.em.fork().findOneOrFail(RunTable, run.id)
    if (wanted.cancelRequested || wanted.pauseRequested) child.stop(wanted.cancelRequested)
    const beat = setInterval(() => void this.#beat(run.id), HEARTBEAT_MS)
    let outcome: Outcome
    try {
      outcome = await child.run(async (batch) => {
        await recorder.record(batch)
        for (const told of batch.told) if (told.kind === 'event') this.#learn(run.id, told.event)
      })
    } finally {
      clearInterval(beat)
    }
    if (outcome.kind === 'failed' && outcome.stack)
      log.error({ run: run.id, stack: outcome.stack }, outcome.failure.message)
    if (outcome.kind === 'died')
      log.warn({ run: run.id, lastWords: child.lastWords }, `The engine of run ${run.id} died: ${outcome.how}`)
    await this.#finishSurely(run, outcome)
  }

  /** What this machine computes with, and how fast. */
  #learn(runId: number, event: ToldEvent): void {
    if (event.type === 'started') this.backend = { ...event.backend, note: event.backendNote }
    if (event.type === 'epoch-finished')
      learnPace(this.parts.store.em.fork(), runId, event).catch((error: unknown) => this.parts.log.warn(error))
  }

  async #beat(runId: number): Promise<void> {
    const mine = { id: runId, claimedBy: this.#name }
    await this.parts.store.em
      .fork()
      .nativeUpdate(RunTable, mine, { heartbeatAt: new Date() })
      .catch((error: unknown) => this.parts.log.warn(error))
  }

  /** Even on a full disk the run must come to its end: tries until the store takes it, or the server stops. */
  async #finishSurely(run: RunRow, outcome: Outcome): Promise<void> {
    for (;;) {
      try {
        await this.#finish(run, outcome)
        return this.parts.bells.ring(run.id)
      } catch (error) {
        this.parts.log.error(error)
        if (this.#stopping) return
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
  }

  async #finish(run: RunRow, outcome: Outcome): Promise<void> {
    const em = this.parts.store.em.fork()
    const { cancelRequested, pauseRequested, machineFailures } = await em.findOneOrFail(RunTable, run.id)
    const failures = machineFailures + (outcome.kind === 'died' ? 1 : 0)
    const change = judge(outcome, {
      cancelRequested,
      pauseRequested,
      machineFailures: failures,
      most: MOST_MACHINE_FAILURES,
    })
    // Only while it is this claim's: a run that was stopped and queued again since is another's.
    await changeState(em, run.id, { ...change, claimedBy: run.claimedBy!, columns: { machineFailures: failures } })
  }
}
