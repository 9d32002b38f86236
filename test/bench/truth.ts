// What a search's cells are worth: real CIFAR-10, NAS-Bench-201's space, accuracies of its table read after each search, never during.
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { SearchSettingsInput } from '@cellboard/schema/settings'
import { machine } from './figure.js'
import { findCell, type FoundCell } from './found-cell.js'
import { lookUp, openTable, TABLE } from './nas-bench-201-table.js'
import { named } from './named.js'
import { ResultsFile, type Result } from './results-file.js'
import { spread } from './spread.js'

const TARGET = 94

/**
 * What two cores can carry: two fifths of the images, half the width, fewer cells and epochs; logits move faster, for they make fewer
 * steps. Tuned on seeds 101 to 104 (docs/results/truth.md); figures are of others.
 */
const REDUCED = {
  space: 'nas-bench-201',
  dataset: 'cifar10',
  images: 20_000,
  channels: 8,
  stage1Cells: 2,
  stage2Cells: 1,
  batch: 64,
  epochs: 15,
  alphaRate: 0.003,
} as const satisfies SearchSettingsInput

/**
 * Methods by name. StacNAS makes 15 epochs in each of two stages, so the others make 30 in one. An epoch of a bi-level search has half
 * the steps, of two gradients each: as many gradients.
 */
const METHODS = {
  stacnas: {},
  'one-level': { method: 'darts', optimisation: 'one-level', epochs: 30 },
  'darts-first-order': { method: 'darts', epochs: 30 },
  'darts-eigenvalue': { method: 'darts', epochs: 30, earlyStop: 'eigenvalue' },
  random: { method: 'random', epochs: 3 },
} as const satisfies Record<string, SearchSettingsInput>
type MethodName = keyof typeof METHODS

interface Truth extends Result, FoundCell {
  readonly accuracy: number
  /** Cells of the table that are better. */
  readonly better: number
}

export async function truth(args: readonly string[], tell: (what: string) => void) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      methods: { type: 'string', default: 'stacnas,one-level,darts-first-order,random' },
      seeds: { type: 'string', default: '5,6,7,8' },
      data: { type: 'string', default: process.env.CELLBOARD_DATA ?? '' },
      table: { type: 'string', default: TABLE },
      settings: { type: 'string', default: '{}' },
      out: { type: 'string' },
    },
  })
  const table = await openTable(values.table)
  const names = named('--methods', values.methods, Object.keys(METHODS) as MethodName[])
  const seeds = values.seeds.split(',').map(Number)
  const changed = JSON.parse(values.settings) as SearchSettingsInput
  const file = new ResultsFile<Truth>(values.out ?? null)
  const results: Truth[] = []
  for (const name of names)
    for (const seed of seeds) {
      const asked: SearchSettingsInput = { ...REDUCED, ...METHODS[name], ...changed }
      const result = await file.get({ name, seed, asked }, async () => {
        // Random search trains as many cells as StacNAS had time for, measured in this same run or file.
        const costs = file.all.flatMap((one) => (one.name === 'stacnas' ? [one.processorSeconds] : []))
        const paid = name === 'random' && costs.length > 0
        const found = await findCell(
          { ...asked, seed, ...(paid && { samples: MANY }) },
          {
            dataFolder: values.data,
            tell: (what) => tell(`${name}, ${what}`),
            ...(paid && { budget: spread(costs).mean }),
          },
        )
        return { ...found, ...lookUp(table, found.genotype) }
      })
      results.push(result)
      tell(
        `${name}, seed ${seed}: ${result.accuracy.toFixed(2)} % (${result.better} of ${table.cells} cells are better), ${Math.round(result.seconds)} s: ${result.genotype}`,
      )
    }
  const methods = Object.fromEntries(names.map((name) => [name, summary(results.filter((one) => one.name === name))]))
  const figure = methods.stacnas?.mean ?? null
  return {
    name: 'truth',
    figure,
    unit: 'mean test accuracy of the found cells after 200 epochs, % (NAS-Bench-201)',
    target: `>= ${TARGET}`,
    holds: figure === null ? null : figure >= TARGET,
    conditions: { ...machine(), load: loadavg()[0]!, seeds: values.seeds, ...REDUCED, changed: values.settings },
    methods,
  }
}

/** More cells than any budget lasts for. */
const MANY = 10_000

const summary = (results: readonly Truth[]) => ({
  ...spread(results.map(({ accuracy }) => accuracy)),
  accuracies: results.map(({ accuracy }) => accuracy),
  seconds: Math.round(spread(results.map(({ seconds }) => seconds)).mean),
  processorSeconds: Math.round(spread(results.map(({ processorSeconds }) => processorSeconds)).mean),
})
