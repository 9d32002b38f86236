// What an epoch of a training computes, for the pace of this machine.
import { readEvents } from '../events/log.js'
import type { TrainingRow } from '../runs/run.table.js'
import type { EntityManager } from '../store/orm.js'
import { countTraining } from './cost.js'

/** Multiply-adds of its forward passes, those of an auxiliary head included; null before the network is built. */
export async function workOfTrainingEpoch(em: EntityManager, { id, settings }: TrainingRow): Promise<number | null> {
  const log = await readEvents(em, id, { after: 0, types: ['started', 'network-built'] })
  const events = log.map(({ event }) => event)
  const started = events.find((event) => event.type === 'started')
  const built = events.find((event) => event.type === 'network-built')
  if (!started || !built) return null
  const cost = countTraining(settings, built.genotype, started.dataset, true)
  return cost.multiplyAdds * built.stepsPerEpoch * settings.batch
}
