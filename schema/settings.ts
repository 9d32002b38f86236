// What a search can be told: every number an option, the published value its default, the same rules in form, terminal and API.
import { z } from 'zod'
import { DATASETS, datasetNameSchema } from './datasets.js'
import { operatorSchema } from './operators.js'
import { SPACES, spaceNameSchema } from './spaces.js'

export const BACKEND_NAMES = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const
export type BackendName = (typeof BACKEND_NAMES)[number]

const rate = z.number().positive().max(10)
const count = (most: number) => z.number().int().min(1).max(most)

/** Defaults are those of StacNAS' released search (config.py, run_all.py, README) unless the line says otherwise. */
export const searchSettingsSchema = z
  .object({
    method: z.enum(['stacnas']).default('stacnas').describe('How to search'),
    space: spaceNameSchema.default('darts').describe('Which cells are possible'),
    dataset: datasetNameSchema.default('cifar10').describe('Images to search on'),
    seed: z.number().int().min(0).max(2147483647).default(6).describe('Every random draw follows from it'),

    images: count(1_000_000).optional().describe('Use only so many training images; all when absent'),
    trainShare: z
      .number()
      .min(0.1)
      .max(1)
      .default(1)
      .describe('Share of the images to train on; the rest, if any, measures validation accuracy and picks the epoch'),
    batch: count(4096).default(64).describe('Images a step'),
    epochs: count(10_000).default(80).describe('Epochs of each stage'),
    channels: count(512).optional().describe("Width of the first cell; the space's published width when absent"),
    stage1Cells: count(100).optional().describe('Depth of stage 1: cells (darts), cells a stage (nas-bench-201)'),
    stage2Cells: count(100).optional().describe('Depth of stage 2, likewise'),

    clusters: z
      .array(z.array(operatorSchema).min(1))
      .optional()
      .describe("Operators thought alike, the representative first; the space's published clusters when absent"),
    singletons: z
      .enum(['duplicate', 'plain', 'freeze'])
      .default('duplicate')
      .describe('Stage 2 where a cluster has one member: twice (as released), once, or decided already'),
    ranking: z
      .enum(['softmax', 'logit'])
      .default('softmax')
      .describe('What ranks the edges of a node: shares (DARTS) or raw logits (as StacNAS released it)'),

    weightRate: rate.default(0.025).describe('Learning rate of the weights at the first epoch'),
    weightRateEnd: z.number().min(0).max(10).default(0.001).describe('and at the last'),
    schedule: z.enum(['cosine', 'power-cosine']).default('cosine').describe('How it falls, epoch by epoch'),
    momentum: z.number().min(0).max(0.9999).default(0.9).describe('Momentum of the weights'),
    weightDecay: z.number().min(0).max(1).default(3e-4).describe('L2 decay of the weights'),
    gradientClip: z.number().positive().max(1e6).default(3).describe('Largest L2 norm of the weight gradients'),
    alphaRate: rate.default(3e-4).describe('Learning rate of the architecture logits (Adam)'),
    alphaBeta1: z.number().min(0).max(0.9999).default(0.5).describe('First moment of that Adam'),
    alphaBeta2: z.number().min(0).max(0.999999).default(0.999).describe('Second moment of that Adam'),
    alphaDecay: z.number().min(0).max(1).default(1e-3).describe('L2 decay of the architecture logits'),
    alphaInit: z.number().min(0).max(10).default(1e-3).describe('Deviation of the first architecture logits'),

    augment: z.boolean().default(true).describe('Random crop, and flip where a mirrored image keeps its class'),
    backend: z
      .enum(['auto', ...BACKEND_NAMES])
      .default('auto')
      .describe('What computes; auto takes the fastest that can train'),
  })
  .strict()
  .superRefine((settings, context) => {
    const space = SPACES[settings.space]
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    for (const key of ['stage1Cells', 'stage2Cells'] as const) {
      const cells = settings[key]
      if (cells !== undefined && cells < space.minCells)
        refuse(key, `Expected at least ${space.minCells} cells in space ${settings.space}, but received ${cells}.`)
    }
    const images = settings.images ?? DATASETS[settings.dataset].train
    const trained = Math.floor(Math.min(images, DATASETS[settings.dataset].train) * settings.trainShare)
    if (trained < settings.batch)
      refuse(
        'batch',
        `Expected at most the ${trained} images there are to train on, but received ${settings.batch}. Use a smaller batch or more images.`,
      )
    const named = new Set<string>()
    settings.clusters?.forEach((cluster) => {
      for (const operator of cluster) {
        if (operator === 'none')
          refuse('clusters', 'Expected clusters without none, which takes part in every stage by itself.')
        else if (!space.candidates.includes(operator))
          refuse(
            'clusters',
            `Expected operators of space ${settings.space} (${space.candidates.join(', ')}), but received ${operator}.`,
          )
        else if (named.has(operator))
          refuse('clusters', `Expected each operator in one cluster, but received ${operator} twice.`)
        named.add(operator)
      }
    })
    if (settings.clusters) {
      const missing = space.candidates.filter((operator) => operator !== 'none' && !named.has(operator))
      if (missing.length > 0)
        refuse(
          'clusters',
          `Expected every operator of space ${settings.space} in a cluster, but ${missing.join(', ')} is in none.`,
        )
      if (settings.clusters.length < 2)
        refuse('clusters', 'Expected at least 2 clusters: with one there is nothing to choose in stage 1.')
    }
    if (settings.weightRateEnd > settings.weightRate)
      refuse(
        'weightRateEnd',
        `Expected at most weightRate (${settings.weightRate}), but received ${settings.weightRateEnd}.`,
      )
  })

/** As a person or program writes them: everything may be left out. */
export type SearchSettingsInput = z.input<typeof searchSettingsSchema>
/** Checked, with the defaults filled in; what hangs on space and data set may still be absent. */
export type SearchSettings = z.output<typeof searchSettingsSchema>

/** Settings with nothing left open: what the engine runs on and what a run records. */
export type ResolvedSearchSettings = Required<SearchSettings>

/** Fills what hangs on space and data set: published widths, depths and clusters, and all images. */
export function resolveSettings(settings: SearchSettings): ResolvedSearchSettings {
  const space = SPACES[settings.space]
  const dataset = DATASETS[settings.dataset]
  return {
    ...settings,
    images: Math.min(settings.images ?? dataset.train, dataset.train),
    channels: settings.channels ?? space.channels,
    stage1Cells: settings.stage1Cells ?? space.cells[0],
    stage2Cells: settings.stage2Cells ?? space.cells[1],
    clusters: settings.clusters ?? space.clusters.map((cluster) => [...cluster]),
  }
}
