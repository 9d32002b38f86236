// The figures of an entry: each metric that the rules name, over the finished runs that were entered.
import { FACTS, namedFigures, type BoardRules, type Fact } from '@cellboard/schema/board-rules'
import { badInput } from '../errors.js'
import { aggregate } from '../metrics/aggregate.js'
import { MetricSummaryTable } from '../metrics/metric.table.js'
import { readComputingSeconds } from '../runs/cost.js'
import type { RunRow } from '../runs/run.table.js'
import { seenOf } from '../searches/seen.js'
import type { EntityManager } from '../store/orm.js'
import type { EntryValue } from './board.table.js'
import { valueName } from './sort-key.js'

export type Values = Record<string, EntryValue>

const isFact = (name: string): name is Fact => (FACTS as readonly string[]).includes(name)

/** By metric and pick, as in `test-accuracy last`. */
export async function figuresOf(em: EntityManager, rules: BoardRules, runs: readonly RunRow[]): Promise<Values> {
  const summaries = await em.find(
    MetricSummaryTable,
    { runId: { $in: runs.map(({ id }) => id) } },
    { disableIdentityMap: true },
  )
  const values: Values = {}
  for (const { name, pick } of namedFigures(rules)) {
    const figures = isFact(name)
      ? await Promise.all(runs.map((run) => factOf(em, run, name)))
      : runs.map(({ id }) => summaries.find((one) => one.runId === id && one.metric === name)?.[pick] ?? null)
    values[valueName({ name, pick })] = over(figures)
  }
  return values
}

/** A figure that one of the runs lacks, or that is not finite there, is missing: a mean over the others would flatter. */
function over(figures: readonly (number | null)[]): EntryValue {
  if (figures.some((figure) => figure === null || !Number.isFinite(figure)))
    return { mean: null, deviation: null, n: figures.filter((one) => one !== null && Number.isFinite(one)).length }
  return aggregate(figures)
}

async function factOf(em: EntityManager, run: RunRow, fact: Fact): Promise<number | null> {
  if (fact === 'costSeconds') return readComputingSeconds(em, run.id)
  if (fact === 'searchSeconds') {
    if (run.kind === 'search') return readComputingSeconds(em, run.id)
    return run.searchId == null ? null : readComputingSeconds(em, run.searchId)
  }
  return (await seenOf(em, run)).network?.[fact] ?? null
}

/**
 * The main metric must be there, and what has a ceiling below it.
 * @throws BAD_USER_INPUT with the rule and, for a metric that no run has, those that they have
 */
export async function refuseByFigures(
  em: EntityManager,
  rules: BoardRules,
  { values, runs }: { readonly values: Values; readonly runs: readonly RunRow[] },
): Promise<void> {
  const main = values[valueName(rules.metric)]
  if (main?.mean == null) {
    const has = await metricsOf(em, runs)
    const how = main && main.n > 0 ? `a finite value in only ${main.n} of ${runs.length} runs` : 'none'
    throw badInput(
      `The rules rank by ${rules.metric.name}: expected a finite value of it in every run, but received ${how}. ${
        has.length > 0 ? `These runs have ${has.slice(0, 20).join(', ')}.` : 'These runs have logged no metric.'
      }`,
    )
  }
  for (const { name, most } of rules.ceilings) {
    const figure = values[valueName({ name, pick: 'last' })]?.mean ?? null
    if (figure !== null && figure <= most) continue
    throw badInput(
      `The rules let in at most ${most} ${name}, but received ${figure === null ? 'an entry without that figure' : figure}.`,
    )
  }
}

export async function metricsOf(em: EntityManager, runs: readonly RunRow[]): Promise<string[]> {
  const found = await em.find(
    MetricSummaryTable,
    { runId: { $in: runs.map(({ id }) => id) } },
    { fields: ['metric'], disableIdentityMap: true },
  )
  return [...new Set(found.map(({ metric }) => metric))].sort()
}
