// What people note on runs: names, notes, tags, pins; and the bin.
import { isEnded } from '@cellboard/schema/run-state'
import { rmSync } from 'node:fs'
import { badInput, conflict } from '../errors.js'
import { checkedName, checkedNotes } from '../graphql/checked-text.js'
import type { Context } from '../graphql/context.js'
import { checkLength } from '../graphql/paging.js'
import { insertRows, rows, type EntityManager } from '../store/orm.js'
import { LONGEST_NAME } from './read-settings.js'
import { runFolder } from './run-folder.js'
import { findRun } from './run-id.js'
import { RunTable, type RunRow } from './run.table.js'

export const MOST_AT_ONCE = 200
const MOST_TAGS = 50

/** Letters of any script, digits and a few marks: what one can type into an address. */
const TAG = /^[\p{L}\p{N}][\p{L}\p{N}._:/-]{0,49}$/u

/** @throws BAD_USER_INPUT, NOT_FOUND; then nothing is changed */
export async function findAll(context: Context, ids: readonly string[]): Promise<RunRow[]> {
  checkLength('runs', ids, MOST_AT_ONCE)
  const runs: RunRow[] = []
  for (const id of new Set(ids)) runs.push(await findRun(context, id))
  return runs
}

/** Tells those who watch lists of runs. */
export function ring({ house }: Context, runs: readonly RunRow[]): void {
  for (const { id } of runs) house.bells.ring(id)
}

/** @throws BAD_USER_INPUT at the tag that is none */
export function checkTags(path: string, tags: readonly string[]): void {
  checkLength(path, tags, MOST_TAGS)
  tags.forEach((tag, i) => {
    if (TAG.test(tag)) return
    const message = `Expected a tag of 1 to 50 letters, digits and . _ : / -, beginning with a letter or digit, but received "${tag.slice(0, 60)}".`
    throw badInput(message, [{ path: `${path}.${i}`, message }])
  })
}

export async function tagRuns(
  context: Context,
  runs: readonly RunRow[],
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<void> {
  for (const [path, tags] of [
    ['add', add],
    ['remove', remove],
  ] as const) {
    checkTags(path, tags)
  }
  await context.em.transactional(async (em) => {
    for (const { id } of runs) {
      const had = new Set(
        (await rows<{ tag: string }>(em, 'select tag from run_tag where run_id = ?', [id])).map(({ tag }) => tag),
      )
      for (const tag of remove) await rows(em, 'delete from run_tag where run_id = ? and tag = ?', [id, tag])
      const fresh = [...new Set(add)].filter((tag) => !had.has(tag) || remove.includes(tag))
      if (had.size + fresh.length > MOST_TAGS) throw badInput(`Expected at most ${MOST_TAGS} tags on a run.`)
      await insertRows(
        em,
        'run_tag',
        ['run_id', 'tag'],
        fresh.map((tag) => [id, tag]),
      )
    }
  })
}

export interface Noted {
  readonly name: string | null
  readonly notes: string | null
  readonly pinned: boolean | null
}

export async function noteRun({ em }: Context, run: RunRow, { name, notes, pinned }: Noted): Promise<void> {
  if (name !== null) em.assign(run, { name: checkedName(name, { most: LONGEST_NAME }) })
  if (notes !== null) em.assign(run, { notes: checkedNotes(notes) })
  if (pinned !== null) em.assign(run, { pinned })
  await em.flush()
}

/** Puts runs into the bin, or takes them out again. What runs goes on running. */
export async function bin({ em }: Context, runs: readonly RunRow[], isIn: boolean): Promise<void> {
  const trashedAt = isIn ? new Date() : null
  for (const run of runs) em.assign(run, { trashedAt })
  await em.flush()
}

const TABLES = ['event', 'metric_chunk', 'metric_summary', 'run_setting', 'run_tag']

/** Deletes runs in the bin for good, with their logs, points and files. @throws CONFLICT for runs outside the bin, or that have not ended */
export async function deleteRuns({ em, house }: Context, runs: readonly RunRow[]): Promise<void> {
  for (const run of runs) {
    if (!run.trashedAt) throw conflict(`Expected runs in the bin, but "${run.name}" is not: put it there first.`)
    if (!isEnded(run.state))
      throw conflict(`Expected runs that have ended, but "${run.name}" is ${run.state}: cancel it first.`)
  }
  const ids = runs.map(({ id }) => id)
  await em.transactional(async (em) => {
    for (const table of TABLES) await deleteOf(em, table, ids)
    await em.nativeUpdate(RunTable, { searchId: { $in: ids } }, { searchId: null })
    await em.nativeUpdate(RunTable, { retriedFrom: { $in: ids } }, { retriedFrom: null })
    await em.nativeDelete(RunTable, { id: { $in: ids } })
  })
  for (const run of runs) rmSync(runFolder(house.config, run), { recursive: true, force: true })
}

async function deleteOf(em: EntityManager, table: string, ids: readonly number[]): Promise<void> {
  await rows(em, `delete from ${table} where run_id in (${ids.map(() => '?').join(', ')})`, [...ids])
}
