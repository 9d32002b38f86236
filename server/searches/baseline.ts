// Random search beside a group of searches, at the cost that was measured of them.
import { isEnded } from '@cellboard/schema/run-state'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { badField, conflict } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { readComputingSeconds } from '../runs/cost.js'
import { findGroup, runsOf } from '../runs/group-id.js'
import { RunGroupTable, type RunGroupRow } from '../runs/group.table.js'
import { onlyPossible } from '../runs/read-settings.js'
import { isSearch, type SearchRow } from '../runs/run.table.js'
import { announce, withSeeds } from '../runs/start-runs.js'
import { queueGroup } from '../runs/state.js'
import { batched } from '../store/batched.js'
import type { EntityManager } from '../store/orm.js'
import { checkInput } from './check-input.js'
import { passesPerStep, randomCellMultiplyAdds, stageCost, stepsPerEpoch } from './networks.js'
import { SearchMethod, type GivenSearch } from './search.input.js'
import { seenOf } from './seen.js'

/** Epochs of each cell where nobody says, and where the searches themselves had no fewer. */
const USUAL_EPOCHS = 10

/** The newest baseline of a group. */
export const baselineOf: (em: EntityManager, groupId: number) => Promise<RunGroupRow | null> = batched(
  async (em, ids) => {
    const found = await em.find(RunGroupTable, { baselineOf: { $in: [...ids] } }, { orderBy: { id: 'asc' } })
    const newest = new Map(found.map((group) => [group.baselineOf, group]))
    return ids.map((id) => newest.get(id) ?? null)
  },
)

/**
 * Queues one random search for each search of a group that finished, with its seed. Cells are as deep and wide as the searches' last
 * stage; as many are trained as fit into the searches' mean seconds, where a cell's seconds are reckoned from its multiply-adds and
 * the pace of these searches.
 * @throws NOT_FOUND; CONFLICT where the group cannot have a baseline, or not yet; BAD_USER_INPUT where a cell has more epochs than fit
 */
export async function startRandomBaseline(
  context: Pick<Context, 'em' | 'house' | 'asker' | 'rights' | 'noted'>,
  id: string,
  epochs: number | null,
): Promise<RunGroupRow> {
  const { em, house, asker } = context
  const group = await findGroup(context, id)
  const home = { projectId: group.projectId, createdBy: asker.user?.id ?? null }
  const searches = await comparableRuns(em, group)
  const { settings } = searches[0]!
  const input = { ...cellInput(settings), epochs: epochs ?? Math.min(USUAL_EPOCHS, settings.epochs) }
  const checked = (more: object) => onlyPossible('search', checkInput({ ...input, ...more }, house.config.dataFolder))
  const cells = checked({})

  const times = await Promise.all(searches.map((run) => readComputingSeconds(em, run.id)))
  const seconds = times.reduce((sum, time) => sum + time, 0) / times.length
  const work = randomCellMultiplyAdds(cells) * cells.batch * stepsPerEpoch(cells)
  const secondsOfEpoch = work / (await paceOf(em, searches))
  // After the shortest of searches one cell of one epoch may be dearer than they were: less there is not.
  const most = Math.max(1, Math.floor(seconds / secondsOfEpoch))
  const samples = Math.max(1, Math.floor(seconds / (secondsOfEpoch * cells.epochs)))
  if (cells.epochs > most) {
    throw badField(
      'epochs',
      `Expected at most ${most} epochs a cell, so that one costs no more than these searches (${seconds.toFixed(1)} s each), but received ${cells.epochs}.`,
    )
  }
  const name = `${group.name}: random search at equal cost`
  const seeds = searches.map((run) => run.settings.seed)
  const runs = withSeeds(name, checked({ samples }), seeds).map((run) => ({ kind: 'search' as const, ...home, ...run }))
  const queued = await queueGroup(em, { name, ...home, baselineOf: group.id }, runs)
  announce(house, queued.runs)
  return queued.group
}

/** The finished searches of a group that can be compared with random search. */
async function comparableRuns(em: EntityManager, group: RunGroupRow): Promise<SearchRow[]> {
  const all = await runsOf(em, group)
  const runs = all.filter(isSearch)
  if (runs.length < all.length)
    throw conflict(`Expected searches to compare with, but "${group.name}" holds trainings.`)
  const waiting = runs.filter(({ state }) => !isEnded(state)).length
  const finished = runs.filter(({ state }) => state === 'FINISHED')
  if (runs[0]?.settings.method === 'random')
    throw conflict(`Expected searches to compare with, but "${group.name}" is a random search itself.`)
  if (waiting > 0)
    throw conflict(
      `Expected the searches of "${group.name}" to have ended, since random search gets as many seconds as they took, but ${waiting} of ${runs.length} have not.`,
    )
  if (finished.length === 0) throw conflict(`Expected a finished search in "${group.name}", but there is none.`)
  return finished
}

/** What a random search shares with the searches beside it; the rest is as usual in random search. */
const SHARED = [
  'space',
  'spaceText',
  'dataset',
  'seed',
  'images',
  'batch',
  'channels',
  'augment',
  'cutout',
  'weightRate',
  'weightRateEnd',
  'schedule',
  'momentum',
  'weightDecay',
  'gradientClip',
  'backend',
  'device',
] as const satisfies (keyof ResolvedSearchSettings)[]

const cellInput = (settings: ResolvedSearchSettings): GivenSearch => ({
  ...Object.fromEntries(SHARED.map((key) => [key, settings[key]])),
  stage1Cells: settings.method === 'stacnas' ? settings.stage2Cells : settings.stage1Cells,
  method: SearchMethod.RANDOM,
})

/** Multiply-adds a second over all epochs of these searches, as `notePace` has it for one. */
async function paceOf(em: EntityManager, searches: readonly SearchRow[]): Promise<number> {
  let [work, seconds] = [0, 0]
  for (const run of searches) {
    const images = run.settings.batch * passesPerStep(run.settings)
    for (const { cells, edges, stepsPerEpoch, done } of (await seenOf(em, run)).stages) {
      const cost = stageCost(run.settings, cells, edges)
      if (!cost) continue
      work += cost.multiplyAdds * images * stepsPerEpoch * done.length
      seconds += done.reduce((sum, epoch) => sum + epoch.seconds, 0)
    }
  }
  return work / seconds
}
