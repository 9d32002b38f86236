// Writes down what a program elsewhere tells of its run: into the same tables as what an engine tells, in one transaction, then the
// run's bell is rung. What is answered is kept.
import { badField, conflict } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { onlyNew, readSummaries, summarise, writePoints, writeSummaries } from '../metrics/points.js'
import { RunTable, type LoggedSettings, type RunRow } from '../runs/run.table.js'
import { MOST_METRICS, readPoints, type GivenSeries } from './points-given.js'

const MOST_SETTINGS = 200
const MOST_SETTINGS_CHARS = 20_000
const LARGEST_SEED = 2 ** 31 - 1
const SETTING = /^[\p{L}_][\p{L}\p{N} ._:/-]{0,99}$/u
/** What the API's Int holds: steps beyond are counted no further. */
const MOST_STEPS = 2 ** 31 - 1

/** Settings of a program's own naming, with the seed among them. @throws BAD_USER_INPUT */
export function readLoggedSettings(given: unknown, seed: number | null): LoggedSettings {
  if (typeof (given ?? {}) !== 'object' || Array.isArray(given))
    throw badField('input.settings', 'Expected settings as an object of values by name, but received something else.')
  const text = JSON.stringify(given ?? {})
  const settings = JSON.parse(text) as Record<string, unknown>
  const names = Object.keys(settings)
  if (names.length > MOST_SETTINGS || text.length > MOST_SETTINGS_CHARS)
    throw badField(
      'input.settings',
      `Expected at most ${MOST_SETTINGS} settings in ${MOST_SETTINGS_CHARS} characters, but received ${names.length} in ${text.length}.`,
    )
  const odd = names.find((name) => !SETTING.test(name))
  if (odd !== undefined)
    throw badField(
      'input.settings',
      `Expected names of settings of 1 to 100 letters, digits, spaces and . _ : / -, but received "${odd.slice(0, 120)}".`,
    )
  const told = seed ?? settings.seed ?? 0
  if (typeof told !== 'number' || !Number.isInteger(told) || told < 0 || told > LARGEST_SEED)
    throw badField(
      'input.seed',
      `Expected a seed from 0 to ${LARGEST_SEED}, but received ${String(JSON.stringify(told)).slice(0, 60)}.`,
    )
  return { ...settings, seed: told }
}

/** @throws BAD_USER_INPUT for a run that an engine computes; CONFLICT for one that has ended */
export function checkLogged(run: RunRow): void {
  if (run.kind !== 'logged')
    throw badField(
      'run',
      `Expected a run that createRun made, but "${run.name}" is a ${run.kind} that this server computes.`,
    )
  if (run.state !== 'RUNNING') throw hasEnded(run)
}

export const hasEnded = ({ name, state }: RunRow) =>
  conflict(`Expected a run that is under way, but "${name}" is ${state}. Make a new one with createRun.`)

export interface Logged {
  readonly written: number
  readonly leftOut: number
}

/** @throws as checkLogged, and BAD_USER_INPUT for points that are wrong or too many; then nothing is written */
export async function logPoints(
  { em, house }: Pick<Context, 'em' | 'house'>,
  run: RunRow,
  series: readonly GivenSeries[],
): Promise<Logged> {
  checkLogged(run)
  const handed = series.reduce((sum, { steps }) => sum + steps.length, 0)
  const columns = readPoints(series)
  const written = await em.fork().transactional(async (em) => {
    // Changed before it is read: of two who log at once, the second waits here and then reads what the first has written.
    const open = { id: run.id, state: 'RUNNING' as const }
    if ((await em.nativeUpdate(RunTable, open, { heartbeatAt: new Date() })) !== 1) return null
    const row = await em.findOneOrFail(RunTable, run.id)
    const summaries = await readSummaries(em, run.id)
    const fresh = onlyNew(columns, summaries)
    const metrics = new Set([...summaries.keys(), ...fresh.map(({ metric }) => metric)])
    if (metrics.size > MOST_METRICS)
      throw badField(
        'points',
        `Expected at most ${MOST_METRICS} metrics in a run, but with these it would have ${metrics.size}.`,
      )
    if (fresh.length === 0) return 0
    const number = row.lastNumber + 1
    await writePoints(em, run.id, [{ number, columns: fresh }])
    await writeSummaries(
      em,
      fresh.map((one) => summarise(run.id, summaries.get(one.metric), one)),
    )
    const furthest = Math.floor(Math.max(...fresh.map(({ steps }) => steps.at(-1)!)))
    em.assign(row, { lastNumber: number, stepsDone: Math.min(MOST_STEPS, Math.max(row.stepsDone, furthest)) })
    return fresh.reduce((sum, { steps }) => sum + steps.length, 0)
  })
  await em.refresh(run)
  if (written === null) throw hasEnded(run)
  house.bells.ring(run.id)
  return { written, leftOut: handed - written }
}
