// What StacNAS and DARTS find in the spaces S1 to S5 at a reduced scale: skips, sharpness, size, and accuracy after the same short training.
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { train } from '@cellboard/engine'
import { countGenotype, parseGenotype } from '@cellboard/engine/facts'
import type { SearchSettingsInput } from '@cellboard/schema/settings'
import {
  resolveTrainingSettings,
  trainingSettingsSchema,
  type TrainingSettingsInput,
} from '@cellboard/schema/training-settings'
import { machine } from './figure.js'
import { findCell, type FoundCell } from './found-cell.js'
import { named } from './named.js'
import { ResultsFile, type Result } from './results-file.js'
import { spread } from './spread.js'

/** S5 is DARTS' own space (RobustDARTS, spaces.py). */
const SPACES = ['s1', 's2', 's3', 's4', 'darts'] as const
type SpaceName = (typeof SPACES)[number]

/** A twenty-fifth of the images, a quarter of the width, a tenth of the epochs; logits move ten times faster. */
const SEARCH = {
  dataset: 'cifar10',
  images: 2000,
  batch: 32,
  channels: 4,
  alphaRate: 0.003,
} as const satisfies SearchSettingsInput
/** Depths stand to the 8 cells of the final network as the published ones to its 20: 8 cells (DARTS), 14 and 20 (StacNAS). */
const METHODS = {
  stacnas: { stage1Cells: 6, stage2Cells: 8, epochs: 8, eigenvalueEvery: 8 },
  darts: { method: 'darts', stage1Cells: 3, epochs: 16, eigenvalueEvery: 16 },
} as const satisfies Record<string, SearchSettingsInput>
type MethodName = keyof typeof METHODS

const TRAINING = {
  dataset: 'cifar10',
  images: 4000,
  cells: 8,
  channels: 8,
  epochs: 8,
  batch: 64,
  weightRate: 0.05,
  auxiliary: false,
  dropPath: 0,
  cutout: 0,
  formats: [],
} as const satisfies TrainingSettingsInput

interface Trained {
  /** Share of the 10,000 test images after the last epoch. */
  readonly testAccuracy: number
  /** Of the network as it was trained, and of the published one of 20 cells and 36 channels. */
  readonly parameters: number
  readonly published: number
}
interface Found extends Result, FoundCell, Trained {}

export async function spaces(args: readonly string[], tell: (what: string) => void) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      spaces: { type: 'string', default: SPACES.join(',') },
      methods: { type: 'string', default: Object.keys(METHODS).join(',') },
      seeds: { type: 'string', default: '1,2,3' },
      data: { type: 'string', default: process.env.CELLBOARD_DATA ?? '' },
      settings: { type: 'string', default: '{}' },
      training: { type: 'string', default: '{}' },
      out: { type: 'string' },
    },
  })
  const asTrained = { ...TRAINING, ...(JSON.parse(values.training) as TrainingSettingsInput) }
  const changed = JSON.parse(values.settings) as SearchSettingsInput
  const file = new ResultsFile<Found>(values.out ?? null)
  const rows: ReturnType<typeof summary>[] = []
  for (const space of named('--spaces', values.spaces, SPACES))
    for (const method of named('--methods', values.methods, Object.keys(METHODS) as MethodName[])) {
      const name = `${space}, ${method}`
      const asked = { space, ...SEARCH, ...METHODS[method], ...changed }
      const results: Found[] = []
      for (const seed of values.seeds.split(',').map(Number)) {
        const result = await file.get({ name, seed, asked: { search: asked, training: asTrained } }, async () => {
          const say = (what: string) => tell(`${name}, ${what}`)
          const found = await findCell({ ...asked, seed }, { dataFolder: values.data, tell: say })
          const trained = await trainFound({ ...asTrained, genotype: found.genotype, seed }, values.data, say)
          return { ...found, ...trained }
        })
        results.push(result)
        tell(
          `${name}, seed ${seed}: ${(100 * result.testAccuracy).toFixed(2)} %, ${result.skips} skips: ${result.genotype}`,
        )
      }
      rows.push(summary(space, method, results))
    }
  const better = rows.filter(
    (row) => row.method === 'stacnas' && row.mean > (of(rows, row.space, 'darts')?.mean ?? Infinity),
  )
  const both = rows.filter((row) => row.method === 'stacnas' && of(rows, row.space, 'darts'))
  return {
    name: 'spaces',
    figure: better.length,
    unit: `spaces of ${both.length} in which StacNAS' cells reach a higher mean test accuracy than DARTS'`,
    target: `${both.length}`,
    holds: both.length === 0 ? null : better.length === both.length,
    conditions: { ...machine(), load: loadavg()[0]!, seeds: values.seeds, ...SEARCH, changed: values.settings },
    rows,
  }
}

async function trainFound(
  input: TrainingSettingsInput,
  dataFolder: string,
  tell: (what: string) => void,
): Promise<Trained> {
  const genotype = parseGenotype(input.genotype!)
  const settings = resolveTrainingSettings(trainingSettingsSchema.parse(input), genotype.space)
  let [testAccuracy, parameters] = [NaN, 0]
  for await (const event of train(settings, { dataFolder })) {
    if (event.type === 'network-built') ({ parameters } = event)
    if (event.type === 'test-measured') testAccuracy = event.accuracy
    if (event.type === 'epoch-finished')
      tell(`seed ${settings.seed}, training, epoch ${event.epoch}: loss ${event.trainLoss.toFixed(3)}`)
  }
  const size = { classes: 10, imageChannels: 3, imageSize: 32 }
  const published = countGenotype({ genotype, cells: 20, channels: 36, ...size, auxiliary: false }).parameters
  return { testAccuracy, parameters, published }
}

const of = <Row extends { space: SpaceName; method: MethodName }>(
  rows: readonly Row[],
  space: SpaceName,
  method: MethodName,
) => rows.find((row) => row.space === space && row.method === method)

const summary = (space: SpaceName, method: MethodName, results: readonly Found[]) => ({
  ...{ space, method },
  ...spread(results.map(({ testAccuracy }) => 100 * testAccuracy)),
  accuracies: results.map(({ testAccuracy }) => Number((100 * testAccuracy).toFixed(2))),
  skips: results.map(({ skips }) => skips),
  eigenvalues: results.map(({ eigenvalue }) => eigenvalue && Number(eigenvalue.toFixed(4))),
  publishedMillions: results.map(({ published }) => Number((published / 1e6).toFixed(2))),
  processorSeconds: Math.round(spread(results.map((one) => one.processorSeconds)).mean),
})
