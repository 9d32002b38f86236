// Notes after each epoch how fast this machine computed it, for the previews of searches and trainings to come.
import { isSearch, isTraining, RunTable } from '../runs/run.table.js'
import { notePace, workOfEpoch, type EpochFinished } from '../searches/pace.js'
import type { EntityManager } from '../store/orm.js'
import { workOfTrainingEpoch } from '../trainings/pace.js'

export async function learnPace(em: EntityManager, runId: number, epoch: EpochFinished): Promise<void> {
  const run = await em.findOneOrFail(RunTable, runId)
  if (isSearch(run)) return notePace(em, run, await workOfEpoch(em, run, epoch), epoch.seconds)
  if (isTraining(run)) return notePace(em, run, await workOfTrainingEpoch(em, run), epoch.seconds)
}
