// Learns from finished epochs how fast this machine computes, and reckons from it how long a run will take.
import type { EngineEvent } from '@cellboard/schema/events'
import { readEvents } from '../events/log.js'
import type { RunKind, RunRow, SearchRow } from '../runs/run.table.js'
import type { EntityManager } from '../store/orm.js'
import { passesPerStep, stageCost } from './networks.js'
import { PaceTable } from './pace.table.js'

export type EpochFinished = Extract<EngineEvent, { type: 'epoch-finished' }>

/** What an epoch of a search computed: multiply-adds of its forward passes, for each gradient that a step takes; null where they differ from step to step. */
export async function workOfEpoch(em: EntityManager, run: SearchRow, epoch: EpochFinished): Promise<number | null> {
  if (run.settings.method === 'random') return null // each of its cells costs something else
  const log = await readEvents(em, run.id, { after: 0, types: ['stage-started'] })
  const stage = log
    .map(({ event }) => event)
    .find((event) => event.type === 'stage-started' && event.stage === epoch.stage)
  if (stage?.type !== 'stage-started') return null
  const cost = stageCost(run.settings, stage.cells, stage.edges)
  return cost && cost.multiplyAdds * stage.stepsPerEpoch * run.settings.batch * passesPerStep(run.settings)
}

/** Notes the pace of an epoch: multiply-adds of its forward passes a second, whatever backward passes cost besides. */
export async function notePace(em: EntityManager, run: RunRow, work: number | null, seconds: number): Promise<void> {
  if (work === null || !run.backend || seconds <= 0) return
  await em.upsert(PaceTable, {
    kind: run.kind,
    backend: run.backend.name,
    device: run.backend.device,
    multiplyAddsPerSecond: work / seconds,
    measuredAt: new Date(),
  })
}

/**
 * Multiply-adds a second as last measured here in runs of this kind, on the wanted backend where one is named; null before any was
 * measured.
 */
export async function knownPace(em: EntityManager, kind: RunKind, backend: string): Promise<number | null> {
  const where = backend === 'auto' ? { kind } : { kind, backend }
  const [latest] = await em.find(PaceTable, where, { orderBy: { measuredAt: 'desc' }, limit: 1 })
  return latest?.multiplyAddsPerSecond ?? null
}
