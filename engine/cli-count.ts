// `count`: parameters and multiply-adds of a supernet or of a genotype's network, to the digit, without loading a tensor.
import { DATASETS, datasetNameSchema } from '@cellboard/schema/datasets'
import { searchSettingsSchema } from '@cellboard/schema/settings'
import { spaceOf, SpaceFileError } from '@cellboard/schema/space-of'
import { spaceOfNetwork, type Space } from '@cellboard/schema/spaces'
import { z } from 'zod'
import { checkFlags, describeFlags, flagsOf, readFlags } from './cli-flags.js'
import { jsonLine } from './cli-json.js'
import { UsageError } from './cli-usage-error.js'
import { sameClusters, stageOneCandidates } from './space/candidates.js'
import { countGenotype, countSupernet, type Cost } from './space/cost.js'
import { parseGenotype } from './space/parse-genotype.js'

const { space, spaceText, channels, clusters } = searchSettingsSchema.shape

const countSchema = z.object({
  supernet: z.boolean().default(false).describe('Count the network of a search, all candidates on every edge'),
  genotype: z
    .string()
    .optional()
    .describe("Count the network of this cell: a published name, DARTS' tuple or NAS-Bench-201's string"),
  space,
  spaceText,
  channels,
  cells: z.number().int().min(1).max(100).optional().describe('Cells (darts), or cells a stage (nas-bench-201)'),
  stage: z.number().int().min(1).max(1).optional().describe("1 counts StacNAS' first stage: one operator a cluster"),
  clusters,
  dataset: datasetNameSchema.default('cifar10').describe('Whose images come in: size, colours, classes'),
  classes: z.number().int().min(1).max(100_000).optional().describe("Classes, where not the data set's"),
  auxiliary: z.boolean().default(false).describe("With DARTS' auxiliary head"),
  json: z.boolean().default(false).describe('Print one line of JSON'),
  help: z.boolean().default(false).describe('Print this'),
})
const FLAGS = flagsOf(countSchema)

export const countHelp = () => `npx cellboard count (--supernet | --genotype NAME) [flags]\n\n${describeFlags(FLAGS)}`

function cost(asked: z.output<typeof countSchema>): Cost {
  const facts = DATASETS[asked.dataset]
  const images = { classes: asked.classes ?? facts.classes, imageChannels: facts.channels, imageSize: facts.size }
  if (asked.genotype !== undefined) {
    const genotype = parseGenotype(asked.genotype)
    const published = spaceOfNetwork(genotype.space)
    const shape = { channels: asked.channels ?? published.channels, cells: asked.cells ?? published.cells[1] }
    return countGenotype({ genotype, ...shape, ...images, auxiliary: asked.auxiliary })
  }
  const space = askedSpace(asked)
  const shape = { channels: asked.channels ?? space.channels, cells: asked.cells ?? space.cells[0] }
  const first = asked.stage === 1 || asked.clusters !== undefined
  const candidates = first ? stageOneCandidates(space, sameClusters(asked.clusters ?? space.clusters)) : undefined
  return countSupernet({ space, ...shape, ...images, ...(candidates && { candidates }) })
}

function askedSpace(asked: z.output<typeof countSchema>): Space {
  try {
    return spaceOf(asked)
  } catch (error) {
    if (error instanceof SpaceFileError) throw new UsageError(`--space-text: ${error.message}`)
    throw error
  }
}

export function count(args: readonly string[]): number {
  const asked = checkFlags(countSchema, readFlags(args, FLAGS))
  if (asked.help) {
    process.stdout.write(countHelp())
    return 0
  }
  if (asked.supernet === (asked.genotype !== undefined))
    throw new UsageError('Expected either --supernet or --genotype NAME: which network shall be counted?')
  const { parameters, multiplyAdds, operations, activations } = cost(asked)
  const figures = { parameters, multiplyAdds, operations, activations }
  if (asked.json) process.stdout.write(jsonLine(figures))
  else
    process.stdout.write(
      `${parameters.toLocaleString('en')} parameters, ${multiplyAdds.toLocaleString('en')} multiply-adds an image (convolutions and linear layers; ${operations.toLocaleString('en')} with normalisations, ReLU and pools)\n`,
    )
  return 0
}
