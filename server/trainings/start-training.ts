// Puts the training of a genotype into the queue, or one for each of several seeds, as a group.
import type { Genotype } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { DATASETS } from '@cellboard/schema/datasets'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { basename } from 'node:path'
import { badField, conflict } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { findRun } from '../runs/run-id.js'
import { isSearch, type RunRow, type SearchRow } from '../runs/run.table.js'
import { startRuns } from '../runs/start-runs.js'
import { seenOf } from '../searches/seen.js'
import type { EntityManager } from '../store/orm.js'
import { checkTraining, type CheckedTraining } from './check-training.js'
import type { GivenTraining } from './training.input.js'

type Asked = Pick<Context, 'em' | 'house' | 'asker' | 'rights' | 'noted'>

export interface Beside {
  readonly seeds: readonly number[] | null
  /** Global ids; null for the viewer's own project, and for a cell that no search found. */
  readonly project: string | null
  readonly searchId: string | null
}

/**
 * The run, or the first of the group. With a search its result is trained where the input names no genotype.
 * @throws BAD_USER_INPUT with each problem at its field; NOT_FOUND and CONFLICT where the search is not there or has found nothing yet;
 *   then nothing is queued
 */
export async function startTraining(
  context: Asked,
  input: GivenTraining,
  { seeds, project, searchId }: Beside,
): Promise<RunRow> {
  const { em, house } = context
  const search = searchId === null ? null : await findSearch(context, searchId)
  const found = search && (await foundBy(em, search))
  const given = found ? { ...input, genotype: input.genotype ?? genotypeText(found.result) } : input
  return startRuns<'training'>(context, {
    kind: 'training',
    name: input.name,
    seeds,
    project,
    searchId: search?.id ?? null,
    check: (seed) => fromSearch(checkTraining({ ...given, ...seed }, house.config.dataFolder), found),
    usualName: (settings) => usualName(settings, search),
  })
}

interface Found {
  readonly result: Genotype
  /** The result, and what would have been derived after each epoch. */
  readonly texts: ReadonlySet<string>
}

async function foundBy(em: EntityManager, search: SearchRow): Promise<Found> {
  const { genotype, genotypes } = await seenOf(em, search)
  if (!genotype) throw conflict(`Expected a search that has found a cell, but "${search.name}" has none so far.`)
  const texts = [genotype, ...genotypes.map((at) => at.genotype)].map((one) => genotypeText(one))
  return { result: genotype, texts: new Set(texts) }
}

/** A training stands beside a search only where it trains what that search found. */
function fromSearch(checked: CheckedTraining, found: Found | null): CheckedTraining {
  if (!found || !checked.genotype || found.texts.has(genotypeText(checked.genotype))) return checked
  const message =
    'Expected a genotype that this search found, but received another. Leave the search out, or the genotype.'
  return { ...checked, problems: [...checked.problems, { path: 'genotype', message }] }
}

async function findSearch(context: Asked, id: string): Promise<SearchRow> {
  const run = await findRun(context, id)
  if (isSearch(run)) return run
  throw badField('search', `Expected a search, but "${run.name}" is a training.`)
}

function usualName({ genotype, dataset, dataPath }: ResolvedTrainingSettings, search: SearchRow | null): string {
  const cell = /^[\w.-]+$/.test(genotype) ? genotype : search ? `Cell of ${search.name}` : 'A cell of its own'
  const images = { ...DATASETS, imagenet: { title: 'ImageNet' }, own: { title: basename(dataPath) } }[dataset].title
  return `${cell} on ${images}`
}
