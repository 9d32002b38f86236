// What the network of a training costs, counted before anything is built.
import { countGenotype, trainingPlan, type Cost } from '@cellboard/engine/facts'
import { DATASETS, IMAGENET_FACTS, type DatasetFacts } from '@cellboard/schema/datasets'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'

export type ImagesShape = Pick<DatasetFacts, 'classes' | 'channels' | 'size'>

/** What is known of the images before they are read; null of one's own. */
export function imagesOf({ dataset, imageSize }: ResolvedTrainingSettings): (ImagesShape & { train: number }) | null {
  if (dataset === 'own') return null
  return dataset === 'imagenet' ? { ...IMAGENET_FACTS, size: imageSize } : DATASETS[dataset]
}

/** The network of a training; with `training` as it is trained, an auxiliary head included. */
export const countTraining = (
  settings: Pick<ResolvedTrainingSettings, 'channels' | 'cells' | 'auxiliary' | 'poolNorm'>,
  genotype: Genotype,
  images: ImagesShape,
  training = false,
): Cost => countGenotype({ ...trainingPlan(genotype, settings, images), auxiliary: training && settings.auxiliary })

/** Images that train, at most; null where nobody has counted them. */
export function trainingImages(settings: ResolvedTrainingSettings): number | null {
  const all = imagesOf(settings)?.train
  if (all === undefined) return null
  return Math.floor((settings.images === 0 ? all : Math.min(settings.images, all)) * settings.trainShare)
}
