// What a training can be told: the network of a genotype, from scratch. Every number an option; the preset fills what is left open.
import { z } from 'zod'
import { DATASET_NAMES } from './datasets.js'
import { computingShape } from './settings.js'
import type { NetworkName } from './spaces.js'

/** `imagenet` and `own` are read from folders of pictures; what `own` holds is known once it is read. */
export const TRAINING_DATASETS = [...DATASET_NAMES, 'imagenet', 'own'] as const
export type TrainingDatasetName = (typeof TRAINING_DATASETS)[number]

export const PRESETS = ['base', 'fancy', 'imagenet', 'nas-bench-201'] as const
export type Preset = (typeof PRESETS)[number]

export const TRAINING_SCHEDULES = ['cosine', 'linear', 'exponential'] as const
export const AUTO_AUGMENT_POLICIES = ['none', 'cifar10', 'imagenet'] as const
export type AutoAugmentPolicy = (typeof AUTO_AUGMENT_POLICIES)[number]
/** Forms in which a trained network is handed out; its genotype, drawing and card always go along. */
export const MODEL_FORMATS = ['tensorflowjs', 'saved-model', 'onnx'] as const
export type ModelFormat = (typeof MODEL_FORMATS)[number]

const count = (most: number) => z.number().int().min(1).max(most)
const share = (most: number) => z.number().min(0).max(most)

const recipeShape = {
  cells: count(100).optional().describe('Depth: cells (darts), cells a stage (nas-bench-201). Published: 20, 14, 5'),
  channels: count(512).optional().describe('Width of the first cell. Published: 36 (CIFAR), 48 (ImageNet), 16'),
  epochs: count(10_000)
    .optional()
    .describe('Times through the training images. Published: 600, 1200 (fancy), 250, 200'),
  batch: count(4096).optional().describe('Images a step. Published: 96, 128 (ImageNet), 256 (nas-bench-201)'),
  auxiliary: z
    .boolean()
    .optional()
    .describe('A second classifier two thirds of the way up, in training only (space darts)'),
  auxiliaryWeight: share(10).optional().describe('What its loss counts. Published: 0.4'),
  dropPath: share(0.9).optional().describe('Drop path at the last epoch, growing from 0. Published: 0.2, ImageNet 0'),
  labelSmoothing: share(0.9).optional().describe('Share of each target spread over all classes. Published: 0, 0.1'),
  crop: z
    .enum(['padded', 'resized', 'none'])
    .optional()
    .describe(
      'Training views: a crop from padded images (CIFAR), a random part resized (ImageNet), or the image as it is',
    ),
  cutout: z.number().int().min(0).max(512).optional().describe('Side of the square cut out (0: none). Published: 16'),
  autoAugment: z
    .enum(AUTO_AUGMENT_POLICIES)
    .optional()
    .describe('Learned policies of two operations an image (Cubuk et al. 2019); fancy: cifar10'),
  colourJitter: share(1)
    .optional()
    .describe('Brightness, contrast and saturation change by up to this share, hue by half of it. ImageNet: 0.4'),
  weightRate: z.number().positive().max(10).optional().describe('Learning rate at the first epoch. Published: 0.025'),
  weightRateEnd: share(10).optional().describe('and at the last; not with schedule exponential. Published: 0'),
  schedule: z
    .enum(TRAINING_SCHEDULES)
    .optional()
    .describe('How it falls, epoch by epoch; exponential: times 0.97 each (DARTS on ImageNet)'),
  warmupEpochs: z.number().int().min(0).max(1000).optional().describe('First epochs in which it rises in a line'),
  momentum: share(0.9999).optional().describe('Momentum of the weights. Published: 0.9'),
  nesterov: z.boolean().optional().describe("Nesterov's momentum (NAS-Bench-201)"),
  weightDecay: share(1).optional().describe('L2 decay of the weights. Published: 3e-4, 3e-5 (ImageNet), 5e-4'),
  gradientClip: share(1e6).optional().describe('Largest L2 norm of the gradients (0: no limit). Published: 5'),
  ema: share(0.99999)
    .optional()
    .describe('Decay of an average of the weights, which then is what is tested and handed out (0: none)'),
} as const

/** What a preset decides; source of each at `RECIPES`. */
export type Recipe = { readonly [K in keyof typeof recipeShape]-?: NonNullable<z.output<(typeof recipeShape)[K]>> }

export const trainingSettingsSchema = z
  .object({
    genotype: z
      .string()
      .min(1)
      .max(20_000)
      .default('DARTS_V2')
      .describe('The cell: a published name, DARTS notation, a NAS-Bench-201 string, or JSON'),
    dataset: z.enum(TRAINING_DATASETS).default('cifar10').describe('Images to train and test on'),
    dataPath: z
      .string()
      .max(1000)
      .default('')
      .describe('Of dataset own: a folder of pictures by class, a .csv or a .npz; on a server within its data folder'),
    imageSize: count(1024).optional().describe('Side to which pictures of folders are brought. imagenet: 224, own: 32'),
    preset: z
      .enum(PRESETS)
      .optional()
      .describe(
        'Published recipe for all that is left open. base; nas-bench-201 for its cells, imagenet for its images',
      ),
    seed: z.number().int().min(0).max(2147483647).default(1).describe('Every random draw follows from it'),
    images: z.number().int().min(0).max(10_000_000).default(0).describe('Use only so many training images (0: all)'),
    testImages: z.number().int().min(0).max(10_000_000).default(0).describe('and so many test images (0: all)'),
    trainShare: z
      .number()
      .min(0.1)
      .max(1)
      .default(1)
      .describe('Share of the training images to train on; the rest validates, which an early stop needs'),
    testShare: z
      .number()
      .min(0.01)
      .max(0.9)
      .default(0.1)
      .describe('Share of own images that test, where they come without a test part'),
    ...recipeShape,
    poolNorm: z
      .boolean()
      .optional()
      .describe("A normalisation after each pool: as StacNAS' released networks have it, DARTS' not (default)"),
    flip: z.boolean().optional().describe('Mirror training images; where a mirrored image keeps its class when absent'),
    patience: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .default(0)
      .describe('Epochs without a better validation accuracy that end the training (0: never)'),
    evaluateEvery: count(10_000).default(1).describe('Epochs between looks at validation and test images'),
    formats: z
      .array(z.enum(MODEL_FORMATS))
      .default([...MODEL_FORMATS])
      .describe('Forms in which the trained network is handed out'),
    workers: z
      .number()
      .int()
      .min(0)
      .max(64)
      .default(1)
      .describe('Threads that read and augment ahead of the step (0: none). Any number gives the same images'),
    ...computingShape,
  })
  .strict()
  .superRefine((settings, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (settings.dataset === 'own' && settings.dataPath === '')
      refuse('dataPath', 'Expected a folder, a .csv or a .npz beside dataset own, but received none.')
    if (settings.dataset !== 'own' && settings.dataPath !== '')
      refuse('dataPath', `Expected no path beside dataset ${settings.dataset}. Take dataset own, or leave it out.`)
    if (settings.patience > 0 && settings.trainShare === 1)
      refuse(
        'patience',
        'Expected validation images to stop by, but all images train. Take a train share below 1, such as 0.9.',
      )
    if (new Set(settings.formats).size < settings.formats.length)
      refuse('formats', `Expected different formats, but received ${settings.formats.join(', ')}.`)
    if (settings.epochs !== undefined && (settings.warmupEpochs ?? 0) >= settings.epochs)
      refuse(
        'warmupEpochs',
        `Expected fewer warm-up epochs than epochs (${settings.epochs}), but received ${settings.warmupEpochs}.`,
      )
  })

export type TrainingSettingsInput = z.input<typeof trainingSettingsSchema>
export type TrainingSettings = z.output<typeof trainingSettingsSchema>
/** Settings with nothing left open: what the engine trains by and what a run records. */
export type ResolvedTrainingSettings = Required<TrainingSettings>

/** DARTS cnn/train.py; StacNAS augment.py and run_all.py; the same on CIFAR-10 and CIFAR-100. */
const BASE: Recipe = {
  cells: 20,
  channels: 36,
  epochs: 600,
  batch: 96,
  auxiliary: true,
  auxiliaryWeight: 0.4,
  dropPath: 0.2,
  labelSmoothing: 0,
  crop: 'padded',
  cutout: 16,
  autoAugment: 'none',
  colourJitter: 0,
  weightRate: 0.025,
  weightRateEnd: 0,
  schedule: 'cosine',
  warmupEpochs: 0,
  momentum: 0.9,
  nesterov: false,
  weightDecay: 3e-4,
  gradientClip: 5,
  ema: 0,
}

export const RECIPES: Readonly<Record<Preset, Recipe>> = {
  base: BASE,
  /** StacNAS issue 5, 6 Nov 2019: AutoAugment and twice the epochs. */
  fancy: { ...BASE, autoAugment: 'cifar10', epochs: 1200 },
  /** DARTS cnn/train_imagenet.py: the mobile setting. */
  imagenet: {
    ...BASE,
    cells: 14,
    channels: 48,
    epochs: 250,
    batch: 128,
    dropPath: 0,
    labelSmoothing: 0.1,
    crop: 'resized',
    cutout: 0,
    colourJitter: 0.4,
    weightRate: 0.1,
    schedule: 'exponential',
    weightDecay: 3e-5,
  },
  /** NAS-Bench-201, configs/nas-benchmark/CIFAR.config: 200 epochs, crop and flip alone. */
  'nas-bench-201': {
    ...BASE,
    cells: 5,
    channels: 16,
    epochs: 200,
    batch: 256,
    auxiliary: false,
    dropPath: 0,
    cutout: 0,
    weightRate: 0.1,
    nesterov: true,
    weightDecay: 5e-4,
    gradientClip: 0,
  },
}

/** The recipe that is taken where none is named. */
const usualPreset = (dataset: TrainingDatasetName, network: NetworkName): Preset =>
  network === 'nas-bench-201' ? network : dataset === 'imagenet' ? 'imagenet' : 'base'

const isGiven = ([, value]: [string, unknown]) => value !== undefined

/**
 * Fills what is left open from the preset.
 * @param network that the genotype is of
 */
export function resolveTrainingSettings(settings: TrainingSettings, network: NetworkName): ResolvedTrainingSettings {
  const preset = settings.preset ?? usualPreset(settings.dataset, network)
  const given = Object.fromEntries(Object.entries(settings).filter(isGiven)) as TrainingSettings
  const usual = { ...RECIPES[preset], poolNorm: false, flip: settings.dataset !== 'digits' }
  const imageSize = settings.imageSize ?? IMAGE_SIZES[settings.dataset]
  // A published square would cut out the whole of a smaller image: a recipe's is half of the image's side at most.
  const cutout = Math.min(usual.cutout, Math.floor(imageSize / 2))
  const filled = { ...usual, cutout, ...given, imageSize, preset }
  // Space nas-bench-201 has no place for an auxiliary head; a recipe has it where it can read the network's maps.
  const auxiliary = network === 'darts' && (settings.auxiliary ?? (usual.auxiliary && auxiliaryReads(imageSize)))
  // A short training of a long recipe keeps the room that its warm-up needs.
  return { ...filled, auxiliary, warmupEpochs: Math.min(filled.warmupEpochs, filled.epochs - 1) }
}

/**
 * Whether a network for images of this side begins with three convolutions that halve them (DARTS' NetworkImageNet; space darts only): from
 * 96 pixels on, where the side is a multiple of 32. With the stem for CIFAR such a network would take ten times as long, and more.
 */
export const hasImageNetStem = (imageSize: number, network: NetworkName): boolean =>
  network === 'darts' && imageSize >= 96 && imageSize % 32 === 0

/** DARTS' auxiliary head stands behind the second reduction and reads maps of 7 or 8 pixels: those of images of 28, 32, 224 or 256. */
const auxiliaryReads = (imageSize: number): boolean =>
  [7, 8].includes(imageSize / (hasImageNetStem(imageSize, 'darts') ? 32 : 4))

const IMAGE_SIZES: Readonly<Record<TrainingDatasetName, number>> = {
  digits: 8,
  'fashion-mnist': 28,
  cifar10: 32,
  cifar100: 32,
  imagenet: 224,
  own: 32,
}
