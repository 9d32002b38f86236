// `confusion`: how hard supernets of several depths are to train, beside the final network: gradient confusion, table and chart.
import { DATASETS } from '@cellboard/schema/datasets'
import type { Genotype } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import { foldEvent, NOTHING_SEEN } from '@cellboard/schema/progress'
import { resolveSettings, searchSettingsSchema, type ResolvedSearchSettings } from '@cellboard/schema/settings'
import { spaceOf } from '@cellboard/schema/space-of'
import type { Space } from '@cellboard/schema/spaces'
import { z } from 'zod'
import { confusionText, matchedCells, type DepthResult } from './cli-confusion-text.js'
import { dataFlag, dataFolderOf } from './cli-data-folder.js'
import { checkFlags, describeFlags, flagsOf, readFlags } from './cli-flags.js'
import { jsonLine } from './cli-json.js'
import { progressLine } from './cli-progress.js'
import { UsageError } from './cli-usage-error.js'
import { randomStream } from './data/random.js'
import { clustersOn, sameClusters, stageOneCandidates, stageTwoCandidates } from './space/candidates.js'
import { parseGenotype } from './space/parse-genotype.js'
import { randomGenotype } from './space/random-genotype.js'

const { shape } = searchSettingsSchema
const wholeNumbers = (least: number) => z.array(z.number().int().min(least).max(2147483647)).min(1)

const confusionSchema = z.object({
  space: shape.space,
  spaceText: shape.spaceText,
  cells: wholeNumbers(1).default([8, 11, 14, 17, 20]).describe('Depths to measure'),
  stage: z
    .number()
    .int()
    .min(1)
    .max(2)
    .default(1)
    .describe('Whose supernets: 1, one operator a cluster; 2, the members of a cluster drawn at random for each edge'),
  channels: shape.channels,
  genotype: z
    .string()
    .optional()
    .describe('Cell of the final network: a published name or notation; for each seed one drawn at random when absent'),
  finalCells: shape.finalCells,
  finalChannels: shape.finalChannels,
  dataset: shape.dataset,
  images: shape.images,
  batches: shape.confusionBatches,
  batch: shape.confusionBatch,
  seeds: wholeNumbers(0).default([1, 2, 3]).describe('Weights and batches are drawn by each'),
  statistic: shape.confusionStatistic,
  steps: wholeNumbers(0).default([0]).describe('Training steps after which is measured; 0: fresh weights'),
  weightRate: shape.weightRate,
  augment: shape.augment,
  backend: shape.backend,
  json: z.boolean().default(false).describe('Print the result as one line of JSON'),
  data: dataFlag,
  help: z.boolean().default(false).describe('Print this'),
})
type Asked = z.output<typeof confusionSchema>
const FLAGS = flagsOf(confusionSchema)

export const confusionHelp = () => `npx cellboard confusion [flags]

Compares the gradients of --batches batches pair by pair, in the supernet at each of --cells and in the final network (its auxiliary
head included where it has one), all on the same batches, and says whose confusion is nearest the final network's by --statistic. Progress
goes to standard error.

${describeFlags(FLAGS)}`

export async function confusion(args: readonly string[]): Promise<number> {
  const asked = checkFlags(confusionSchema, readFlags(args, FLAGS))
  if (asked.help) {
    process.stdout.write(confusionHelp())
    return 0
  }
  const settings = settingsOf(asked)
  const steps = [...new Set(asked.steps)].sort((a, b) => a - b)
  const results = await measure({ ...asked, steps }, settings)
  const told = {
    ...{ space: settings.space, stage: asked.stage, dataset: settings.dataset, channels: settings.channels },
    statistic: asked.statistic,
    ...{ finalChannels: settings.finalChannels, seeds: asked.seeds, steps, batches: asked.batches, batch: asked.batch },
    ...results,
  }
  const result = { ...told, matched: steps.map((_, at) => matchedCells(told, at)) }
  process.stdout.write(asked.json ? jsonLine(result) : confusionText(result))
  return 0
}

/** The settings of a search that say the rest: widths, clusters, how weights move. */
function settingsOf(asked: Asked): ResolvedSearchSettings {
  const { space, spaceText, channels, finalCells, finalChannels, dataset, images, weightRate, augment, backend } = asked
  const given = { space, spaceText, channels, finalCells, finalChannels, dataset, images, weightRate, augment, backend }
  const compared = { confusionBatches: asked.batches, confusionBatch: asked.batch }
  return resolveSettings(checkFlags(searchSettingsSchema, { ...given, ...compared, batch: 1 }))
}

async function measure(asked: Asked, settings: ResolvedSearchSettings) {
  const engine = await import('./measure-confusion.js')
  const space = spaceOf(settings)
  const { classes, channels: imageChannels, size: imageSize } = DATASETS[settings.dataset]
  const images = { classes, imageChannels, imageSize }
  const { finalCells, finalChannels: channels, seed: _, ...rest } = settings
  const finalOf = (genotype: Genotype, seeds: readonly number[]) => {
    const auxiliary = engine.hasAuxiliaryHead(genotype, imageSize)
    const plan = { genotype, cells: finalCells, channels, ...images, auxiliary, poolNorm: false }
    return { subject: engine.finalSubject(plan), seeds }
  }
  const finals =
    asked.genotype === undefined
      ? asked.seeds.map((seed) => finalOf(randomGenotype(space, randomStream(seed, 'reference')), [seed]))
      : [finalOf(genotypeIn(space, asked.genotype), asked.seeds)]
  const candidates = candidatesOf(asked, settings, space)
  const supernets = asked.cells.map((cells) => ({
    subject: engine.supernetSubject({ space, candidates, cells, channels: settings.channels, ...images }),
    seeds: asked.seeds,
  }))

  const line = progressLine(process.stderr)
  const dataFolder = dataFolderOf(asked.data)
  const told = engine.measureConfusion([...finals, ...supernets], { ...rest, steps: asked.steps }, { dataFolder })
  let seen = NOTHING_SEEN
  try {
    for (;;) {
      const { done, value } = await told.next()
      if (done) {
        const depths = asked.cells.map((cells, i): DepthResult => ({ cells, seeds: value[finals.length + i]! }))
        return { final: { cells: finalCells, seeds: value.slice(0, finals.length).flat() }, depths }
      }
      seen = foldEvent(seen, value)
      line.show(seen, value)
    }
  } finally {
    line.end()
  }
}

function genotypeIn(space: Space, text: string): Genotype {
  const genotype = parseGenotype(text)
  if (genotype.space === space.network) return genotype
  throw new UsageError(`Expected a genotype of space ${space.network}, but received one of ${genotype.space}.`)
}

function candidatesOf(
  { stage, seeds }: Asked,
  { clusters, singletons }: ResolvedSearchSettings,
  space: Space,
): Operator[][] {
  const clustering = sameClusters(clusters)
  if (stage === 1) return stageOneCandidates(space, clustering)
  const draw = randomStream(seeds[0]!, 'clusters')
  const chosen = space.edges.map((edge) => {
    const there = clustersOn(edge, clustering).flatMap((members, i) => (members.length > 0 ? [i] : []))
    return there[Math.floor(draw() * there.length)]!
  })
  return stageTwoCandidates(space, clustering, chosen, singletons)
}
