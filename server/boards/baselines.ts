// Results from elsewhere, with their sources, to stand beside what was found here.
import { existsSync } from 'node:fs'
import { readTable, tableIn, TABULATED_DATASETS, type TabulatedDataset } from '../architectures/nas-bench-201-table.js'
import { badInput, conflict } from '../errors.js'
import type { EntityManager } from '../store/orm.js'
import { BoardEntryTable, type BoardEntryRow } from './board.table.js'
import type { Values } from './figures.js'
import { rulesOf, withBoard } from './find-board.js'
import type { BaselineSet } from './board.type.js'
import { MOST_BASELINES } from './placed.js'
import { valueName } from './sort-key.js'
import { orderOf } from './standings.js'

export interface Baseline {
  readonly title: string
  readonly source: string
  /** By the names of metrics and facts, as runs of this house log them: accuracies in [0, 1]. */
  readonly figures: Readonly<
    Record<string, { readonly mean: number; readonly deviation?: number | null; readonly n?: number }>
  >
}

const DAY = 86_400

/** Test error in %, its deviation, parameters in millions, GPU days of the search, and how many searches or trainings it is a mean of. */
type Row = readonly [
  title: string,
  error: number,
  deviation: number | null,
  parameters: number | null,
  days: number | null,
  n: number,
]

/** Table of the StacNAS repository (images/cifar10result.PNG) and the readmes named; means where a mean was published. */
const CIFAR10: readonly (Row | readonly [...Row, source: string])[] = [
  ['AmoebaNet-B', 2.55, null, 2.8, 3150, 1],
  ['ENAS', 2.89, null, 4.6, 0.5, 1],
  ['DARTS, first order', 3.0, 0.14, 3.3, 1.5, 4, 'Liu et al. 2019, DARTS, table 1'],
  ['DARTS, second order', 2.76, 0.09, 3.3, 4, 4, 'Liu et al. 2019, DARTS, table 1'],
  ['ProxylessNAS', 2.08, null, 5.7, 4, 1],
  ['SNAS', 2.85, 0.02, 2.9, 1.5, 4],
  ['P-DARTS', 2.5, null, 3.4, 0.3, 1, 'Chen et al. 2019, P-DARTS, table 1'],
  ['PC-DARTS', 2.57, 0.07, 3.6, 0.1, 4, 'Xu et al. 2020, PC-DARTS, README of its repository'],
  ['DrNAS', 2.46, 0.03, 4.1, 0.6, 4, 'Chen et al. 2021, DrNAS, README of its repository'],
  ['StacNAS, base', 2.48, 0.08, 3.9, 0.8, 8],
  ['StacNAS, fancy', 2.02, 0.06, 3.9, 0.8, 8],
]
const STACNAS_CIFAR10 = 'Li et al. 2019, StacNAS, table of CIFAR-10 in its repository'

const IMAGENET: readonly Row[] = [
  ['AmoebaNet-C', 24.3, null, 6.4, 3150, 1],
  ['DARTS', 26.7, null, 4.7, 4, 1],
  ['ProxylessNAS', 24.9, null, null, 8.3, 1],
  ['SNAS', 27.3, null, 4.3, 1.5, 1],
  ['P-DARTS', 24.4, null, 4.9, 0.3, 1],
  ['EfficientNet-B0', 23.7, null, 5.3, null, 1],
  ['StacNAS, searched on CIFAR-10', 24.4, null, 5.3, 1, 1],
  ['StacNAS, searched on CIFAR-100', 24.34, null, 4.9, 1, 1],
  ['StacNAS, searched on ImageNet', 24.31, null, 5.7, 20, 1],
]
const STACNAS_IMAGENET = 'Li et al. 2019, StacNAS, table of ImageNet (mobile setting) in its repository'

function published([title, error, deviation, parameters, days, n]: Row, source: string): Baseline {
  const accuracy = {
    mean: rounded(1 - error / 100),
    deviation: deviation === null ? null : rounded(deviation / 100),
    n,
  }
  return {
    title,
    source,
    figures: {
      'test-accuracy': accuracy,
      ...(parameters !== null && { parameters: { mean: rounded(parameters * 1e6) } }),
      ...(days !== null && { searchSeconds: { mean: days * DAY } }),
    },
  }
}

const rounded = (value: number) => Number(value.toPrecision(12))

/** Cells of the table that are loaded: its best. */
const BEST_CELLS = 5

/** @throws CONFLICT where the table of NAS-Bench-201 does not lie in the folder of data */
export async function baselinesOfSet(
  set: BaselineSet,
  dataset: string | null,
  dataFolder: string,
): Promise<Baseline[]> {
  if (set === 'published-cifar10')
    return CIFAR10.map(([...row]) =>
      published(row.slice(0, 6) as unknown as Row, (row[6] as string) ?? STACNAS_CIFAR10),
    )
  if (set === 'published-imagenet') return IMAGENET.map((row) => published(row, STACNAS_IMAGENET))
  const known = TABULATED_DATASETS.find((one) => one === (dataset ?? 'cifar10'))
  if (!known) throw badInput(`Expected one of ${TABULATED_DATASETS.join(', ')} as dataset, but received "${dataset}".`)
  return tabulated(known, dataFolder)
}

async function tabulated(dataset: TabulatedDataset, dataFolder: string): Promise<Baseline[]> {
  const file = tableIn(dataFolder)
  if (!existsSync(file))
    throw conflict(
      "Expected NAS-Bench-201's table as nas-bench-201/nb201_accuracy.csv.gz in the folder of data, but it is not there.",
    )
  const table = await readTable(file)
  const source = `Dong and Yang 2020, NAS-Bench-201, ${dataset}, 200 epochs, mean over its seeds`
  const best = table.best(dataset, BEST_CELLS).map(({ cell, accuracy }) => ({
    title: cell,
    source,
    figures: { 'test-accuracy': { mean: rounded(accuracy / 100) } },
  }))
  const mean = { mean: rounded(table.mean(dataset) / 100) }
  return [...best, { title: 'Mean of all 15,625 cells', source, figures: { 'test-accuracy': mean } }]
}

/**
 * Those that have the board's metric; one of the same title and source is there already and stays.
 * @throws CONFLICT where none of them has it, or there are too many
 */
export const addBaselines = (
  em: EntityManager,
  id: number,
  {
    baselines,
    by,
    now = new Date(),
  }: { readonly baselines: readonly Baseline[]; readonly by: number; readonly now?: Date },
): Promise<BoardEntryRow[]> =>
  withBoard(em, id, async (em, board) => {
    const rules = rulesOf(board)
    const fitting = baselines.filter(({ figures }) => rules.metric.name in figures)
    if (fitting.length === 0)
      throw conflict(
        `The rules rank by ${rules.metric.name}, but none of these baselines has it: they have ${namesIn(baselines)}.`,
      )
    const held = await em.find(BoardEntryTable, { boardId: board.id, baseline: true })
    const added = fitting.filter(
      ({ title, source }) => !held.some((one) => one.title === title && one.source === source),
    )
    if (held.length + added.length > MOST_BASELINES)
      throw conflict(`Expected at most ${MOST_BASELINES} baselines on a board.`)
    const entries = added.map(({ title, source, figures }) =>
      em.create(BoardEntryTable, {
        ...{
          boardId: board.id,
          teamId: null,
          title,
          subject: board.rules.subject,
          subjectId: null,
          baseline: true,
          source,
        },
        ...{ values: valuesOf(figures), ruleVersion: board.ruleVersion, submittedBy: by, submittedAt: now },
      }),
    )
    await em.persistAndFlush(entries)
    for (const entry of entries) em.assign(entry, orderOf(rules, entry))
    await em.flush()
    return entries
  })

const namesIn = (baselines: readonly Baseline[]) =>
  [...new Set(baselines.flatMap(({ figures }) => Object.keys(figures)))].join(', ')

/** A published figure is one number, whatever is picked of a history. */
function valuesOf(figures: Baseline['figures']): Values {
  const entries = Object.entries(figures).flatMap(([name, { mean, deviation = null, n = 1 }]) =>
    (['last', 'min', 'max'] as const).map((pick) => [valueName({ name, pick }), { mean, deviation, n }]),
  )
  return Object.fromEntries(entries) as Values
}
