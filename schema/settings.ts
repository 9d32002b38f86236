// What a search can be told: every number an option, the published value its default, the same rules in form, terminal and API.
import { z } from 'zod'
import { DATASETS, datasetNameSchema } from './datasets.js'
import { METHOD_DEFAULTS, publishedShare } from './method-defaults.js'
import { OPERATORS } from './operators.js'
import { checkSettings } from './search-rules.js'
import { spaceOf } from './space-of.js'
import { SPACE_NAMES } from './spaces.js'

export const BACKEND_NAMES = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const
export type BackendName = (typeof BACKEND_NAMES)[number]
/** A GPU by its place in what nvidia-smi lists. */
export const DEVICE_NAMES = [
  'auto',
  'cpu',
  'gpu:0',
  'gpu:1',
  'gpu:2',
  'gpu:3',
  'gpu:4',
  'gpu:5',
  'gpu:6',
  'gpu:7',
] as const
export type DeviceName = (typeof DEVICE_NAMES)[number]

/** What computes a run, and where. */
export const computingShape = {
  backend: z
    .enum(['auto', ...BACKEND_NAMES])
    .default('auto')
    .describe('What computes; auto takes the fastest that can train'),
  device: z
    .enum(DEVICE_NAMES)
    .default('auto')
    .describe('Where: on the processor, on one GPU of several, or on the first GPU if there is one (auto)'),
}

const rate = z.number().positive().max(10)
const count = (most: number) => z.number().int().min(1).max(most)

export const METHODS = ['stacnas', 'darts', 'random'] as const
export type Method = (typeof METHODS)[number]
export const OPTIMISATIONS = ['one-level', 'first-order', 'second-order'] as const
export type Optimisation = (typeof OPTIMISATIONS)[number]
/** See `confusionSchema` in events.ts. */
export const CONFUSION_STATISTICS = ['negativeShare', 'lowCosine', 'minCosine', 'minInnerProduct'] as const
export type ConfusionStatistic = (typeof CONFUSION_STATISTICS)[number]

/** Defaults are those of StacNAS' released search (config.py, run_all.py, README) unless the line says otherwise. */
export const searchSettingsSchema = z
  .object({
    method: z
      .enum(METHODS)
      .default('stacnas')
      .describe('How to search: in two stages over clusters, with all candidates at once, or by training random cells'),
    optimisation: z
      .enum(OPTIMISATIONS)
      .optional()
      .describe(
        'Weights and logits from the same batch (StacNAS), or logits from validation batches (DARTS, first or second order)',
      ),
    space: z.enum(SPACE_NAMES).default('darts').describe('Which cells are possible'),
    spaceText: z.string().max(100_000).default('').describe('The space file of space custom, as text'),
    dataset: datasetNameSchema.default('cifar10').describe('Images to search on'),
    seed: z.number().int().min(0).max(2147483647).default(6).describe('Every random draw follows from it'),

    images: count(1_000_000).optional().describe('Use only so many training images; all when absent'),
    trainShare: z
      .number()
      .min(0.1)
      .max(1)
      .optional()
      .describe(
        'Share of the images to train on; the rest validates: measures accuracy, moves the logits of bi-level searches. Published: 1 (stacnas), 0.5 (darts)',
      ),
    batch: count(4096).default(64).describe('Images a step'),
    epochs: count(10_000)
      .optional()
      .describe('Epochs of each stage; of each cell in a random search. Published: 80 (stacnas), 50 (darts)'),
    channels: count(512).optional().describe("Width of the first cell; the space's published width when absent"),
    stage1Cells: count(100)
      .optional()
      .describe('Depth of stage 1, and of searches with one stage: cells (darts), cells a stage (nas-bench-201)'),
    stage2Cells: count(100).optional().describe('Depth of stage 2, likewise'),
    depth: z
      .enum(['given', 'auto'])
      .default('given')
      .describe(
        "Depth of the stages as given, or measured: the one whose gradient confusion is nearest the final network's",
      ),
    depthChoices: z
      .array(count(100))
      .min(1)
      .max(20)
      .default([8, 11, 14, 17, 20])
      .describe('Depths to measure where depth is auto'),
    finalCells: count(100).optional().describe('Depth of the final network, which the stages shall match'),
    finalChannels: count(512).optional().describe('Width of the final network'),
    confusionBatches: z
      .number()
      .int()
      .min(2)
      .max(1000)
      .default(15)
      .describe('Batches whose gradients are compared pair by pair (15 give 105 pairs)'),
    confusionBatch: count(4096).default(128).describe('Images in each of them'),
    confusionStatistic: z
      .enum(CONFUSION_STATISTICS)
      .default('negativeShare')
      .describe(
        'What of their gradients is matched: share of pairs that point apart, 5 % quantile or least of the cosines, or least inner product (StacNAS)',
      ),
    confusionSteps: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .default(0)
      .describe('Steps that each network is trained before it is measured (0: fresh weights)'),

    clustering: z
      .enum(['given', 'average-linkage', 'k-means'])
      .default('given')
      .describe(
        'Clusters as given, or measured on a supernet with all candidates: by correlation, or by mean feature maps',
      ),
    clusters: z
      .array(z.array(z.enum(OPERATORS)).min(1))
      .optional()
      .describe("Operators thought alike, the representative first; the space's published clusters when absent"),
    clusteringEdges: z
      .enum(['two', 'all', 'cell-kind'])
      .default('all')
      .describe(
        'What is measured: the two published edges of a cell, all edges, or all edges of each kind of cell apart',
      ),
    clusteringCut: z
      .enum(['silhouette', 'threshold'])
      .default('silhouette')
      .describe('Where the dendrogram is cut: best silhouette, or a distance'),
    clusteringThreshold: z.number().min(0).max(2).default(0.5).describe('That distance, 1 - correlation'),
    clusteringImages: count(1_000_000).default(10_000).describe('Images to measure on'),
    clusteringEpochs: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .optional()
      .describe('Epochs that the measured supernet is trained (0: as it is drawn); those of a stage when absent'),
    clusteringCells: count(100).optional().describe('Its depth; that of stage 1 when absent'),
    representative: z
      .enum(['first', 'smallest', 'cheapest', 'central'])
      .default('first')
      .describe(
        'Who stands for a cluster: its first member, smallest window, fewest multiply-adds, or most correlated',
      ),
    singletons: z
      .enum(['duplicate', 'plain', 'freeze'])
      .default('duplicate')
      .describe('Stage 2 where a cluster has one member: twice (as released), once, or decided already'),
    ranking: z
      .enum(['softmax', 'logit'])
      .default('softmax')
      .describe('What ranks the edges of a node: shares (DARTS) or raw logits (as StacNAS released it)'),
    skipLimit: z
      .number()
      .int()
      .min(0)
      .max(100)
      .default(100)
      .describe('Most skips in a derived normal cell; the weakest give way (P-DARTS: 2)'),
    parameterLimit: z
      .number()
      .min(0)
      .default(0)
      .describe('Most parameters of the final network, in millions; the best cell below is derived (0: no limit)'),
    multiplyAddLimit: z
      .number()
      .min(0)
      .default(0)
      .describe('Most multiply-adds of the final network, in millions, convolutions and linear layers (0: no limit)'),
    zeroAttention: z
      .boolean()
      .default(false)
      .describe(
        'A third stage weighs each kept operator against none in the derived network (StacNAS README, optional)',
      ),

    alphaWarmup: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .default(0)
      .describe('First epochs in which the logits stay as they are'),
    dropPath: z
      .number()
      .min(0)
      .max(0.9)
      .default(0)
      .describe('Drop path in the search, growing from 0 to this over the epochs (RobustDARTS)'),
    cutout: z
      .number()
      .int()
      .min(0)
      .max(512)
      .default(0)
      .describe('Side of the square cut out of training images (0: none)'),

    earlyStop: z
      .enum(['none', 'eigenvalue', 'skips', 'ranking'])
      .default('none')
      .describe(
        'Ends a stage early: sharp Hessian (RobustDARTS), too many skips, or a ranking that is settled (DARTS+)',
      ),
    stopFrom: count(10_000).default(10).describe('Not before this epoch'),
    stopWindow: count(100).default(5).describe('Measurements in the moving average of the eigenvalue'),
    stopRatio: z
      .number()
      .min(1)
      .max(100)
      .default(1.3)
      .describe('Its growth, against the average a window before, that stops'),
    stopSkips: count(100).default(2).describe('Skips in the normal cell that stop'),
    stopStable: count(1000).default(10).describe('Epochs in which no edge changed its best operator that stop'),
    eigenvalueEvery: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .optional()
      .describe(
        "Epochs between measurements of the logits' dominant Hessian eigenvalue (0: never; 2 where it stops the search)",
      ),
    samples: count(100_000).default(8).describe('Cells that a random search trains'),

    weightRate: rate.default(0.025).describe('Learning rate of the weights at the first epoch'),
    weightRateEnd: z.number().min(0).max(10).default(0.001).describe('and at the last'),
    schedule: z.enum(['cosine', 'power-cosine']).default('cosine').describe('How it falls, epoch by epoch'),
    momentum: z.number().min(0).max(0.9999).default(0.9).describe('Momentum of the weights'),
    weightDecay: z.number().min(0).max(1).default(3e-4).describe('L2 decay of the weights'),
    gradientClip: z
      .number()
      .positive()
      .max(1e6)
      .optional()
      .describe('Largest L2 norm of the weight gradients. Published: 3 (stacnas), 5 (darts)'),
    alphaRate: rate.default(3e-4).describe('Learning rate of the architecture logits (Adam)'),
    alphaBeta1: z.number().min(0).max(0.9999).default(0.5).describe('First moment of that Adam'),
    alphaBeta2: z.number().min(0).max(0.999999).default(0.999).describe('Second moment of that Adam'),
    alphaDecay: z.number().min(0).max(1).default(1e-3).describe('L2 decay of the architecture logits'),
    alphaInit: z.number().min(0).max(10).default(1e-3).describe('Deviation of the first architecture logits'),

    augment: z.boolean().default(true).describe('Random crop, and flip where a mirrored image keeps its class'),
    ...computingShape,
  })
  .strict()
  .superRefine((settings, context) =>
    checkSettings(settings, (path, message) => context.addIssue({ code: 'custom', path: [path], message })),
  )

/** As a person or program writes them: everything may be left out. */
export type SearchSettingsInput = z.input<typeof searchSettingsSchema>
/** Checked, with the defaults filled in; what hangs on method, space and data set may still be absent. */
export type SearchSettings = z.output<typeof searchSettingsSchema>

/** Settings with nothing left open: what the engine runs on and what a run records. */
export type ResolvedSearchSettings = Required<SearchSettings>

/** Without the keys whose value is undefined, which would hide a default. */
const defined = <T extends object>(settings: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as never

/** Fills what hangs on method, space and data set: published widths, depths, clusters and rates, and all images. */
export function resolveSettings(settings: SearchSettings): ResolvedSearchSettings {
  const space = spaceOf(settings)
  const dataset = DATASETS[settings.dataset]
  const asked = { ...METHOD_DEFAULTS[settings.method], ...defined(settings) }
  const single = settings.method !== 'stacnas'
  const stage1Cells = settings.stage1Cells ?? (single ? space.singleCells : space.cells[0])
  const final = FINAL_NETWORKS[space.network]
  const trainShare = settings.trainShare ?? publishedShare(settings.method, asked.optimisation)
  const images = Math.min(settings.images ?? dataset.train, dataset.train)
  return {
    ...asked,
    trainShare,
    images,
    channels: settings.channels ?? space.channels,
    stage1Cells,
    stage2Cells: settings.stage2Cells ?? space.cells[1],
    finalCells: settings.finalCells ?? final.cells,
    finalChannels: settings.finalChannels ?? final.channels,
    clusters: settings.clusters ?? space.clusters.map((cluster) => [...cluster]),
    clusteringImages: Math.min(settings.clusteringImages, Math.floor(images * trainShare)),
    clusteringEpochs: settings.clusteringEpochs ?? asked.epochs,
    clusteringCells: settings.clusteringCells ?? stage1Cells,
    eigenvalueEvery: settings.eigenvalueEvery ?? (settings.earlyStop === 'eigenvalue' ? 2 : 0),
  }
}

/** What is trained in the end (DARTS cnn/train.py; NAS-Bench-201). */
const FINAL_NETWORKS = {
  darts: { cells: 20, channels: 36 },
  'nas-bench-201': { cells: 5, channels: 16 },
} as const
