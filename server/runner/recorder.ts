// Writes down what an engine tells: events, points, summaries and the run's row in one transaction, then the run's bell is rung.
// What is acknowledged to the engine is in the store; what is not will be told again after the checkpoint.
import { keepArchitecture } from '../architectures/keep.js'
import type { Bells } from '../events/bells.js'
import { appendEvents, eventKey, knownKeys, type LogEntry } from '../events/log.js'
import type { MetricSummaryRow } from '../metrics/metric.table.js'
import {
  onlyNew,
  readSummaries,
  summarise,
  writePoints,
  writeSummaries,
  type MetricColumns,
  type PointBatch,
} from '../metrics/points.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import type { EntityManager, Store } from '../store/orm.js'
import type { Batch, ToldEvent } from './messages.js'

/** The run was taken from this server, or ended: its engine has nobody to tell any more. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost'
}

export class Recorder {
  constructor(
    readonly store: Store,
    readonly bells: Bells,
    readonly runId: number,
    /** As in the row's `claimedBy`: only who has the run may write to its log. */
    readonly claimedBy: string,
  ) {}

  /** @throws ClaimLost, or what the store throws; then nothing of the batch is written. */
  async record(batch: Batch): Promise<void> {
    await this.store.em.fork().transactional((em) => this.#write(em, batch))
    this.bells.ring(this.runId)
  }

  async #write(em: EntityManager, batch: Batch): Promise<void> {
    const run = await em.findOne(RunTable, this.runId)
    if (run?.state !== 'RUNNING' || run.claimedBy !== this.claimedBy)
      throw new ClaimLost(`Run ${this.runId} is no longer computed by ${this.claimedBy}.`)
    const summaries = await readSummaries(em, this.runId)
    const changed = new Map<string, MetricSummaryRow>()
    const keys = batch.told.flatMap((told) => (told.kind === 'event' ? (eventKey(told.event) ?? []) : []))
    const known = await knownKeys(em, this.runId, keys)
    const entries: LogEntry[] = []
    const batches: PointBatch[] = []
    let number = run.lastNumber

    for (const told of batch.told) {
      if (told.kind === 'points') {
        const columns = onlyNew(told.columns, summaries)
        if (columns.length === 0) continue
        batches.push({ number: ++number, columns })
        for (const one of columns) this.#summarise(one, summaries, changed)
        continue
      }
      const key = eventKey(told.event)
      if (key !== null && known.has(key)) continue
      if (key !== null) known.add(key)
      entries.push({ number: ++number, time: told.time, event: told.event })
      em.assign(run, columnsOf(told.event))
      if (told.event.type === 'genotype-derived' && told.event.final)
        run.architectureHash = await keepArchitecture(em, told.event.genotype)
    }

    await appendEvents(em, this.runId, entries)
    await writePoints(em, this.runId, batches)
    await writeSummaries(em, [...changed.values()])
    const moved = batch.step !== null && batch.step > run.stepsDone
    em.assign(run, {
      lastNumber: number,
      heartbeatAt: new Date(),
      ...(moved && { stepsDone: batch.step, preparing: null }),
      ...(batch.step !== null && { etaSeconds: batch.etaSeconds }),
    })
  }

  #summarise(columns: MetricColumns, summaries: Map<string, MetricSummaryRow>, changed: Map<string, MetricSummaryRow>) {
    const summary = summarise(this.runId, summaries.get(columns.metric), columns)
    summaries.set(columns.metric, summary)
    changed.set(columns.metric, summary)
  }
}

/** What an event changes in the run's row. */
function columnsOf(event: ToldEvent): Partial<RunRow> {
  switch (event.type) {
    case 'started':
      return { stepsTotal: event.steps, backend: { ...event.backend, note: event.backendNote }, preparing: null }
    case 'preparing':
      return { preparing: event.what, ...(event.etaSeconds !== null && { etaSeconds: event.etaSeconds }) }
    case 'stage-started':
    case 'network-built':
    case 'epoch-finished':
      return { preparing: null }
    default:
      return {}
  }
}
