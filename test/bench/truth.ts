// What a search's cells are worth: real CIFAR-10, NAS-Bench-201's space, accuracies of its table read after each search, never during.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { search } from '@cellboard/engine'
import { genotypeText } from '@cellboard/schema/genotype'
import { resolveSettings, searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { machine } from './figure.js'

const TABLE = fileURLToPath(new URL('../../../../shared/data/nas-bench-201/nb201_accuracy.csv.gz', import.meta.url))
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

interface Result {
  readonly method: MethodName
  readonly seed: number
  readonly genotype: string
  readonly accuracy: number
  /** Cells of the table that are better. */
  readonly better: number
  readonly seconds: number
  /** Of the processor, all threads together: what a search costs whatever else the machine is at. */
  readonly processorSeconds: number
  /** Load of the machine at the end. */
  readonly load: number
  readonly settings: SearchSettingsInput
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
  const table = readTable(values.table)
  const names = values.methods.split(',').map((name) => {
    if (!Object.hasOwn(METHODS, name))
      throw new Error(`Expected --methods of ${Object.keys(METHODS).join(', ')}, but received ${name}.`)
    return name as MethodName
  })
  const seeds = values.seeds.split(',').map(Number)
  const changed = JSON.parse(values.settings) as SearchSettingsInput
  const known = values.out && existsSync(values.out) ? readResults(values.out) : []
  const results: Result[] = []
  for (const method of names)
    for (const seed of seeds) {
      const asked: SearchSettingsInput = { ...REDUCED, ...METHODS[method], ...changed }
      // Random search trains as many cells as StacNAS had time for, measured in this same run or file.
      const costs = [...known, ...results]
        .filter((one) => one.method === 'stacnas')
        .map(({ processorSeconds }) => processorSeconds)
      const budget = method === 'random' && costs.length > 0 ? mean(costs) : null
      const done = known.find((one) => one.method === method && one.seed === seed && same(one.settings, asked))
      const result = done ?? (await searched(method, seed, asked, budget, values.data, table, tell))
      results.push(result)
      if (!done && values.out) appendFileSync(values.out, `${JSON.stringify(result)}\n`)
      tell(
        `${method}, seed ${seed}: ${result.accuracy.toFixed(2)} % (${result.better} of ${table.size} cells are better), ${Math.round(result.seconds)} s: ${result.genotype}`,
      )
    }
  const methods = Object.fromEntries(names.map((name) => [name, summary(results.filter((one) => one.method === name))]))
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

/** One search, then a look into the table. A budget in the processor's seconds ends a random search after the cell that reaches it. */
async function searched(
  method: MethodName,
  seed: number,
  asked: SearchSettingsInput,
  budget: number | null,
  dataFolder: string,
  table: ReadonlyMap<string, number>,
  tell: (what: string) => void,
): Promise<Result> {
  const samples = method === 'random' && budget !== null ? { samples: 10_000 } : {}
  const settings = resolveSettings(searchSettingsSchema.parse({ ...asked, seed, ...samples }))
  const [began, before] = [performance.now(), process.cpuUsage()]
  const processorSeconds = () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  }
  let genotype = ''
  for await (const event of search(settings, { dataFolder })) {
    if (event.type === 'epoch-finished')
      tell(`${method}, seed ${seed}, stage ${event.stage}, epoch ${event.epoch}: loss ${event.trainLoss.toFixed(3)}`)
    if (event.type === 'genotype-derived') {
      genotype = genotypeText(event.genotype)
      if (budget !== null && processorSeconds() >= budget) break
    }
  }
  const accuracy = table.get(genotype)
  if (accuracy === undefined) throw new Error(`Expected ${genotype} in the table, but it is not there.`)
  const better = [...table.values()].filter((one) => one > accuracy).length
  const cost = { seconds: (performance.now() - began) / 1000, processorSeconds: processorSeconds() }
  return { method, seed, genotype, accuracy, better, ...cost, load: loadavg()[0]!, settings: asked }
}

/** Architecture string to CIFAR-10 test accuracy after 200 epochs, mean over the benchmark's seeds. */
function readTable(file: string): Map<string, number> {
  if (!existsSync(file))
    throw new Error(
      `Expected the table of NAS-Bench-201 (index, arch, c10_test_200ep ...) at ${file}: give it with --table FILE.`,
    )
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim()
  const [head, ...rows] = text.split('\n').map((line) => line.split(','))
  const [arch, accuracy] = [head!.indexOf('arch'), head!.indexOf('c10_test_200ep')]
  return new Map(rows.map((row) => [row[arch]!, Number(row[accuracy])]))
}

const readResults = (file: string): Result[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Result)

const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Mean and standard deviation of the sample (n - 1). */
function summary(results: readonly Result[]) {
  const accuracies = results.map(({ accuracy }) => accuracy)
  const middle = mean(accuracies)
  const spread = Math.sqrt(
    accuracies.reduce((sum, one) => sum + (one - middle) ** 2, 0) / Math.max(1, accuracies.length - 1),
  )
  return {
    mean: Number(middle.toFixed(3)),
    deviation: Number(spread.toFixed(3)),
    accuracies,
    seconds: Math.round(mean(results.map(({ seconds }) => seconds))),
    processorSeconds: Math.round(mean(results.map((one) => one.processorSeconds))),
  }
}
