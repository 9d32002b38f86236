// Writes architectures down, each once: when a search has found one, when a training of one is queued, and once for runs from before.
import type { RunEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { RunTable } from '../runs/run.table.js'
import { rows, type EntityManager } from '../store/orm.js'
import { genotypeOf } from '../trainings/genotype-of.js'
import { hashOf } from './architecture-id.js'
import { ArchitectureTable } from './architecture.table.js'
import { representative } from './representative.js'

/** Its hash, for the run's row, within the transaction of `em`. */
export async function keepArchitecture(em: EntityManager, genotype: Genotype): Promise<string> {
  const hash = hashOf(genotype)
  if (!(await em.findOne(ArchitectureTable, hash)))
    await em.upsert(
      ArchitectureTable,
      { hash, genotype: await representative(genotype), createdAt: new Date() },
      { onConflictAction: 'ignore' },
    )
  return hash
}

const AT_ONCE = 200

/** Gives the runs an architecture that have a cell and were written before architectures were. */
export async function fillArchitectures(em: EntityManager): Promise<void> {
  for (let after = 0; ;) {
    const found = await rows<Unfilled>(em, UNFILLED, [after, AT_ONCE])
    await em.fork().transactional(async (em) => {
      for (const row of found) {
        const architectureHash = await keepArchitecture(em, cellOf(row))
        await em.nativeUpdate(RunTable, { id: row.id, architectureHash: null }, { architectureHash })
      }
    })
    if (found.length < AT_ONCE) return
    after = found.at(-1)!.id
  }
}

interface Unfilled {
  readonly id: number
  /** Of a training, as JSON. */
  readonly settings: string
  /** Of a search, the event that tells its result, as JSON. */
  readonly found: string | null
}

const UNFILLED = `
  select run.id as id, run.settings as settings, event.data as found
  from run left join event on event.run_id = run.id and event.key = 'genotype-derived:final'
  where run.architecture_hash is null and run.id > ? and (run.kind = 'training' or event.data is not null)
  order by run.id limit ?`

function cellOf({ settings, found }: Unfilled): Genotype {
  if (found === null) return genotypeOf(JSON.parse(settings) as ResolvedTrainingSettings)
  return (JSON.parse(found) as Extract<RunEvent, { type: 'genotype-derived' }>).genotype
}
