// The network that a training's settings ask for.
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { Genotype } from '@cellboard/schema/genotype'
import { hasImageNetStem, type ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import type { FinalNetworkPlan } from '../network/final-network-plan.js'

/** Its stem goes by the images' size: see `hasImageNetStem`. */
export const trainingPlan = (
  genotype: Genotype,
  {
    cells,
    channels,
    auxiliary,
    poolNorm,
  }: Pick<ResolvedTrainingSettings, 'cells' | 'channels' | 'auxiliary' | 'poolNorm'>,
  { classes, channels: imageChannels, size: imageSize }: Pick<DatasetFacts, 'classes' | 'channels' | 'size'>,
): FinalNetworkPlan => ({
  ...{ genotype, cells, channels, classes, imageChannels, imageSize, auxiliary, poolNorm },
  stem: hasImageNetStem(imageSize, genotype.space) ? 'imagenet' : 'cifar',
})
