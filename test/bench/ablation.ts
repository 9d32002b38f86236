// What each idea of StacNAS brings by itself: clusters, matched depth and one-level steps, each on and off, in NAS-Bench-201's space.
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { SearchSettingsInput } from '@cellboard/schema/settings'
import { SPACES } from '@cellboard/schema/spaces'
import { machine } from './figure.js'
import { findCell, type FoundCell } from './found-cell.js'
import { lookUp, openTable, TABLE } from './nas-bench-201-table.js'
import { ResultsFile, type Result } from './results-file.js'
import { spread } from './spread.js'

/** As in truth.ts, for less: 24 searches instead of 16. */
const REDUCED = {
  space: 'nas-bench-201',
  dataset: 'cifar10',
  images: 10_000,
  channels: 8,
  batch: 64,
  alphaRate: 0.003,
} as const satisfies SearchSettingsInput

/** Without clusters each operator is one of its own, and the one stage that then decides anything has the epochs of both. */
const CLUSTERS = {
  on: { epochs: 8 },
  off: {
    epochs: 16,
    clusters: SPACES['nas-bench-201'].candidates.filter((name) => name !== 'none').map((name) => [name]),
    singletons: 'freeze',
  },
} as const satisfies Record<string, SearchSettingsInput>
/** Off: one cell a stage, as a search that only wants to be cheap would have it; the final network has five. */
const DEPTH = {
  on: { depth: 'auto', depthChoices: [1, 2, 3], confusionBatches: 10, confusionBatch: 64 },
  off: { stage1Cells: 1, stage2Cells: 1 },
} as const satisfies Record<string, SearchSettingsInput>
/** Off: logits from validation images, first order, as DARTS. */
const ONE_LEVEL = {
  on: { optimisation: 'one-level' },
  off: { optimisation: 'first-order', trainShare: 0.5 },
} as const satisfies Record<string, SearchSettingsInput>

const SWITCHES = ['on', 'off'] as const

interface Ablated extends Result, FoundCell {
  readonly accuracy: number
  readonly better: number
}

export async function ablation(args: readonly string[], tell: (what: string) => void) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '5,6,7' },
      data: { type: 'string', default: process.env.CELLBOARD_DATA ?? '' },
      table: { type: 'string', default: TABLE },
      settings: { type: 'string', default: '{}' },
      out: { type: 'string' },
    },
  })
  const table = await openTable(values.table)
  const changed = JSON.parse(values.settings) as SearchSettingsInput
  const file = new ResultsFile<Ablated>(values.out ?? null)
  const rows = []
  for (const clusters of SWITCHES)
    for (const depth of SWITCHES)
      for (const oneLevel of SWITCHES) {
        const name = `clusters ${clusters}, depth match ${depth}, one-level ${oneLevel}`
        const asked = { ...REDUCED, ...CLUSTERS[clusters], ...DEPTH[depth], ...ONE_LEVEL[oneLevel], ...changed }
        const results: Ablated[] = []
        for (const seed of values.seeds.split(',').map(Number)) {
          const result = await file.get({ name, seed, asked }, async () => {
            const found = await findCell(
              { ...asked, seed },
              { dataFolder: values.data, tell: (what) => tell(`${name}, ${what}`) },
            )
            return { ...found, ...lookUp(table, found.genotype) }
          })
          results.push(result)
          tell(`${name}, seed ${seed}: ${result.accuracy.toFixed(2)} %, ${result.skips} skips: ${result.genotype}`)
        }
        rows.push({
          clusters,
          depth,
          oneLevel,
          ...spread(results.map(({ accuracy }) => accuracy)),
          accuracies: results.map(({ accuracy }) => accuracy),
          skips: results.map(({ skips }) => skips),
          cells: results.map(({ cells }) => cells),
          processorSeconds: Math.round(spread(results.map((one) => one.processorSeconds)).mean),
        })
      }
  return {
    name: 'ablation',
    figure: rows[0]!.mean - rows.at(-1)!.mean,
    unit: 'mean accuracy of the cells found with all three less that with none, % (NAS-Bench-201, 200 epochs)',
    target: '> 0',
    holds: rows[0]!.mean > rows.at(-1)!.mean,
    conditions: { ...machine(), load: loadavg()[0]!, seeds: values.seeds, ...REDUCED, changed: values.settings },
    rows,
  }
}
