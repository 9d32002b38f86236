// Learns from finished epochs how fast this machine computes, and reckons from it how long a search will take.
import type { EngineEvent } from '@cellboard/schema/events'
import { RunTable } from '../runs/run.table.js'
import { readEvents } from '../events/log.js'
import type { EntityManager } from '../store/orm.js'
import { passesPerStep, stageCost } from './networks.js'
import { PaceTable } from './pace.table.js'

type EpochFinished = Extract<EngineEvent, { type: 'epoch-finished' }>

/** Notes the pace of an epoch: multiply-adds of its forward passes a second, whatever backward passes cost besides, for each gradient that a step takes. */
export async function notePace(em: EntityManager, runId: number, epoch: EpochFinished): Promise<void> {
  const run = await em.findOneOrFail(RunTable, runId)
  if (run.settings.method === 'random') return // each of its cells costs something else
  const log = await readEvents(em, runId, { after: 0, types: ['stage-started'] })
  const stage = log
    .map(({ event }) => event)
    .find((event) => event.type === 'stage-started' && event.stage === epoch.stage)
  if (stage?.type !== 'stage-started' || !run.backend || epoch.seconds <= 0) return
  const cost = stageCost(run.settings, stage.cells, stage.edges)
  if (!cost) return
  const images = stage.stepsPerEpoch * run.settings.batch * passesPerStep(run.settings)
  await em.upsert(PaceTable, {
    backend: run.backend.name,
    device: run.backend.device,
    multiplyAddsPerSecond: (cost.multiplyAdds * images) / epoch.seconds,
    measuredAt: new Date(),
  })
}

/** Multiply-adds a second as last measured here, on the wanted backend where one is named; null before any was measured. */
export async function knownPace(em: EntityManager, backend: string): Promise<number | null> {
  const where = backend === 'auto' ? {} : { backend }
  const [latest] = await em.find(PaceTable, where, { orderBy: { measuredAt: 'desc' }, limit: 1 })
  return latest?.multiplyAddsPerSecond ?? null
}
