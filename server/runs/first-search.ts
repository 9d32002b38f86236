// The search that an empty store begins with, so that there is something to look at: small enough for two cores, whole enough to
// show both stages and derive a cell.
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import type { EntityManager } from '../store/orm.js'
import { RunTable } from './run.table.js'
import { FIRST_PROJECT } from '../teams/first-team.js'
import { queueRun } from './state.js'

export const FIRST_SEARCH = {
  name: 'First search',
  settings: {
    space: 'darts',
    dataset: 'digits',
    channels: 4,
    stage1Cells: 3,
    stage2Cells: 4,
    batch: 32,
    images: 1600,
    trainShare: 0.8,
    epochs: 12,
    alphaRate: 0.02,
    seed: 1,
  },
} as const

/** Queues it where there is no run yet; tells whether it did. */
export async function queueFirstSearch(em: EntityManager): Promise<boolean> {
  if ((await em.count(RunTable)) > 0) return false
  const { name, settings } = FIRST_SEARCH
  const parsed = resolveSettings(searchSettingsSchema.parse(settings))
  await queueRun(em, { kind: 'search', name, projectId: FIRST_PROJECT, settings: parsed })
  return true
}
