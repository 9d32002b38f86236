// Which stages a search goes through and how many steps each may make: what progress and time left are reckoned by.
import type { StageNumber } from '@cellboard/schema/events'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'

export interface ScheduledStage {
  readonly stage: StageNumber
  readonly epochs: number
}

/** In order. A stage that stops early makes fewer. A random search has one stage, in which it trains cell after cell. */
export function scheduleOf(settings: ResolvedSearchSettings): ScheduledStage[] {
  const { method, epochs, clustering, clusteringEpochs, zeroAttention, samples } = settings
  const last: ScheduledStage[] = zeroAttention ? [{ stage: 3, epochs }] : []
  switch (method) {
    case 'stacnas': {
      const first: ScheduledStage[] = clustering === 'given' ? [] : [{ stage: 0, epochs: clusteringEpochs }]
      return [...first, { stage: 1, epochs }, { stage: 2, epochs }, ...last]
    }
    case 'darts':
      return [{ stage: 1, epochs }, ...last]
    case 'random':
      return [{ stage: 1, epochs: samples * epochs }]
  }
}

/** Epochs of all stages before this one. */
export function epochsBefore(settings: ResolvedSearchSettings, stage: StageNumber): number {
  const schedule = scheduleOf(settings)
  return schedule
    .slice(
      0,
      schedule.findIndex((one) => one.stage === stage),
    )
    .reduce((sum, one) => sum + one.epochs, 0)
}
