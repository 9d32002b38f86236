// What cells are worth after training from scratch: DARTS_V2, StacNAS' published cell and random cells of nearly their size, on real CIFAR-10.
import { rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { train } from '@cellboard/engine'
import { countGenotype, PUBLISHED_GENOTYPES, randomGenotype, randomStream } from '@cellboard/engine/facts'
import type { Genotype } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { SPACES } from '@cellboard/schema/spaces'
import {
  resolveTrainingSettings,
  trainingSettingsSchema,
  type TrainingSettingsInput,
} from '@cellboard/schema/training-settings'
import { machine } from './figure.js'
import { named } from './named.js'
import { ResultsFile, type Result } from './results-file.js'
import { spread } from './spread.js'

/**
 * What two cores can carry: a tenth of the images and all test images, less than half the width and depth, a sixtieth of the epochs; cutout
 * and drop path are for long trainings. All else is the published recipe: auxiliary head, crop and flip, cosine, clip.
 */
const REDUCED = {
  dataset: 'cifar10',
  images: 5000,
  channels: 16,
  cells: 8,
  epochs: 10,
  batch: 64,
  cutout: 0,
  dropPath: 0,
  evaluateEvery: 5,
  formats: [],
} as const satisfies TrainingSettingsInput

const NAMES = ['DARTS_V2', 'STACNAS_CIFAR10', 'random'] as const
type Name = (typeof NAMES)[number]

/** How far a random cell's parameters may be from the mean of the two published cells'. */
const NEAR = 0.05
const MOST_DRAWS = 100_000

interface Trained extends Result {
  readonly genotype: string
  readonly parameters: number
  readonly multiplyAdds: number
  /** On all test images after the last epoch, %; of the training images in the last epoch, augmented. */
  readonly accuracy: number
  readonly trainAccuracy: number
  readonly processorSeconds: number
}

export async function trainings(args: readonly string[], tell: (what: string) => void) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cells: { type: 'string', default: NAMES.join() },
      seeds: { type: 'string', default: '1,2' },
      data: { type: 'string', default: process.env.CELLBOARD_DATA ?? '' },
      settings: { type: 'string', default: '{}' },
      out: { type: 'string' },
      checkpoints: { type: 'string' },
    },
  })
  const names = named('--cells', values.cells, NAMES)
  const changed = JSON.parse(values.settings) as TrainingSettingsInput
  const asked: TrainingSettingsInput = { ...REDUCED, ...changed }
  const file = new ResultsFile<Trained>(values.out ?? null)
  const results: Trained[] = []
  for (const seed of values.seeds.split(',').map(Number))
    for (const name of names) {
      const result = await file.get({ name, seed, asked }, () => {
        const folder = values.checkpoints && join(values.checkpoints, `${name}-${seed}`)
        const say = (what: string) => tell(`${name}, seed ${seed}, ${what}`)
        return trained(name, seed, asked, { dataFolder: values.data, checkpointFolder: folder }, say)
      })
      results.push(result)
      tell(
        `${name}, seed ${seed}: ${result.accuracy.toFixed(2)} %, ${result.parameters} parameters: ${result.genotype}`,
      )
    }
  const cells = Object.fromEntries(names.map((name) => [name, summary(results.filter((one) => one.name === name))]))
  return {
    name: 'trainings',
    figure: cells.STACNAS_CIFAR10?.mean ?? null,
    unit: "mean test accuracy of StacNAS' published cell after a training at reduced scale, %",
    target: 'beside DARTS_V2 and random cells of its size',
    holds: null,
    conditions: {
      ...machine(),
      load: loadavg()[0]!,
      seeds: values.seeds,
      ...REDUCED,
      formats: '',
      changed: values.settings,
    },
    cells,
  }
}

async function trained(
  name: Name,
  seed: number,
  asked: TrainingSettingsInput,
  { dataFolder, checkpointFolder }: { dataFolder: string; checkpointFolder: string | undefined },
  say: (what: string) => void,
): Promise<Omit<Trained, keyof Result>> {
  const genotype = genotypeText(name === 'random' ? randomOfSize(seed, asked) : PUBLISHED_GENOTYPES[name]!)
  const settings = resolveTrainingSettings(trainingSettingsSchema.parse({ ...asked, genotype, seed }), 'darts')
  const from = process.cpuUsage()
  let [parameters, multiplyAdds, accuracy, trainAccuracy] = [0, 0, 0, 0]
  for await (const event of train(settings, { dataFolder, checkpointFolder })) {
    if (event.type === 'network-built') ({ parameters, multiplyAdds } = event)
    if (event.type === 'epoch-finished') {
      say(`epoch ${event.epoch}: loss ${event.trainLoss.toFixed(3)}, test ${event.testAccuracy ?? '-'}`)
      ;({ trainAccuracy } = event)
    }
    if (event.type === 'test-measured') ({ accuracy } = event)
  }
  const { user, system } = process.cpuUsage(from)
  if (checkpointFolder) rmSync(checkpointFolder, { recursive: true })
  const shares = { accuracy: 100 * accuracy, trainAccuracy: 100 * trainAccuracy }
  return { genotype, parameters, multiplyAdds, ...shares, processorSeconds: (user + system) / 1e6 }
}

/** The first random cell of this seed that is nearly as large as the published two are on average, in the network that is trained. */
function randomOfSize(seed: number, { cells = 20, channels = 36 }: TrainingSettingsInput): Genotype {
  const size = (genotype: Genotype) => countGenotype({ genotype, cells, channels, classes: 10 }).parameters
  const published = (size(PUBLISHED_GENOTYPES.DARTS_V2!) + size(PUBLISHED_GENOTYPES.STACNAS_CIFAR10!)) / 2
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const genotype = randomGenotype(SPACES.darts, randomStream(seed, 'cell of size', draw))
    if (Math.abs(size(genotype) / published - 1) <= NEAR) return genotype
  }
  throw new Error(
    `Expected a random cell within ${100 * NEAR} % of ${published} parameters, but ${MOST_DRAWS} were not.`,
  )
}

const summary = (results: readonly Trained[]) => ({
  ...spread(results.map(({ accuracy }) => accuracy)),
  accuracies: results.map(({ accuracy }) => accuracy),
  parameters: results.map(({ parameters }) => parameters),
  multiplyAdds: results.map(({ multiplyAdds }) => multiplyAdds),
  processorSeconds: Math.round(spread(results.map(({ processorSeconds }) => processorSeconds)).mean),
})
