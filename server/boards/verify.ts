// Verifying an entry: one of its runs is repeated with its recorded settings and seed, and judged when it has ended.
import { isEnded } from '@cellboard/schema/run-state'
import { conflict } from '../errors.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import { queueRun, type NewRun } from '../runs/state.js'
import type { EntityManager } from '../store/orm.js'
import { BoardEntryTable, type BoardEntryRow, type BoardRow, type Verification } from './board.table.js'
import { figuresOf } from './figures.js'
import { entryId, rulesOf, runsBehind } from './find-board.js'
import { valueName } from './sort-key.js'

/** The first of its runs stands for an entry: a deviation over seeds cannot be repeated by one run, a seed can. */
async function originalOf(em: EntityManager, { id }: BoardEntryRow): Promise<RunRow | null> {
  const [first] = await runsBehind(em, id, 1)
  return first === undefined ? null : em.findOne(RunTable, first)
}

/** @throws CONFLICT for a baseline, an entry that is being verified, or runs that are not there to repeat */
export async function startVerifying(em: EntityManager, entry: BoardEntryRow, by: number): Promise<RunRow> {
  if (entry.baseline) throw conflict('Expected an entry with runs of this house, but a baseline has none.')
  if (entry.verification === 'RUNNING')
    throw conflict(`Expected an entry that is not being verified, but ${entryId(entry.id)} is.`)
  const original = await originalOf(em, entry)
  if (!original) throw conflict('Expected a run that can be repeated, but it was deleted.')
  if (!REPEATED.has(original.kind))
    throw conflict('Expected a run of our own engine, but this one was logged from elsewhere.')
  const { kind, settings, projectId, searchId } = original
  const name = `Verification of ${original.name}`.slice(0, 200)
  const run = await queueRun(em, {
    kind,
    settings,
    projectId,
    searchId: searchId ?? null,
    createdBy: by,
    name,
  } as NewRun)
  em.assign(entry, { verification: 'RUNNING', verifyingRunId: run.id })
  await em.flush()
  return run
}

const REPEATED: ReadonlySet<string> = new Set(['search', 'training'])

/** What has come of it; null while it goes on. */
export async function judge(em: EntityManager, board: BoardRow, entry: BoardEntryRow): Promise<Verification | null> {
  const run = entry.verifyingRunId == null ? null : await em.findOne(RunTable, entry.verifyingRunId)
  if (run && !isEnded(run.state)) return null
  const original = await originalOf(em, entry)
  // What failed, was stopped or deleted says nothing of the entry.
  if (run?.state !== 'FINISHED' || !original) return 'NONE'
  const rules = rulesOf(board)
  const [was, is] = await Promise.all(
    [original, run].map(async (one) => (await figuresOf(em, rules, [one]))[valueName(rules.metric)]?.mean),
  )
  if (was == null || is == null) return 'DISAGREES'
  return Math.abs(was - is) <= rules.tolerance ? 'AGREES' : 'DISAGREES'
}

/** Entries whose verification waits for one of these runs, or for any. */
export const verifying = (em: EntityManager, runs: readonly number[] | null): Promise<BoardEntryRow[]> =>
  em.find(BoardEntryTable, { verification: 'RUNNING', ...(runs && { verifyingRunId: { $in: [...runs] } }) })
