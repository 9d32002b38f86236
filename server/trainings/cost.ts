// What the network of a training costs, counted before anything is built.
import { countGenotype, type Cost } from '@cellboard/engine/facts'
import { DATASETS } from '@cellboard/schema/datasets'
import type { Genotype } from '@cellboard/schema/genotype'
import { hasImageNetStem, type ResolvedTrainingSettings } from '@cellboard/schema/training-settings'

export interface ImagesShape {
  readonly classes: number
  readonly channels: number
  /** Side in pixels. */
  readonly size: number
}

/** Classes and images of ILSVRC 2012. */
export const IMAGENET = { classes: 1000, channels: 3, train: 1_281_167, test: 50_000 } as const

/** What is known of the images before they are read; null of one's own. */
export function imagesOf({ dataset, imageSize }: ResolvedTrainingSettings): (ImagesShape & { train: number }) | null {
  if (dataset === 'own') return null
  return dataset === 'imagenet' ? { ...IMAGENET, size: imageSize } : DATASETS[dataset]
}

/** The network of a training; with `training` as it is trained, an auxiliary head included. */
export const countTraining = (
  settings: Pick<ResolvedTrainingSettings, 'channels' | 'cells' | 'auxiliary' | 'poolNorm'>,
  genotype: Genotype,
  { classes, channels, size }: ImagesShape,
  training = false,
): Cost =>
  countGenotype({
    genotype,
    channels: settings.channels,
    cells: settings.cells,
    poolNorm: settings.poolNorm,
    auxiliary: training && settings.auxiliary,
    stem: hasImageNetStem(size, genotype.space) ? 'imagenet' : 'cifar',
    classes,
    imageChannels: channels,
    imageSize: size,
  })

/** Images that train, at most; null where nobody has counted them. */
export function trainingImages(settings: ResolvedTrainingSettings): number | null {
  const all = imagesOf(settings)?.train
  if (all === undefined) return null
  return Math.floor((settings.images === 0 ? all : Math.min(settings.images, all)) * settings.trainShare)
}
