// How the learning rate of the weights falls from epoch to epoch, and rises before it does.
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'

type RateSettings = Pick<ResolvedSearchSettings, 'weightRate' | 'weightRateEnd' | 'schedule' | 'epochs'>

/**
 * The rate of an epoch, from 1: from `weightRate` at the first toward `weightRateEnd` after the last.
 *
 * cosine: torch.optim.lr_scheduler.CosineAnnealingLR, stepped each epoch. power-cosine: sharpDARTS (arXiv 1903.09900) with
 * p = 2, factor (p^(c+1) - p) / (p^2 - p) of c = (1 + cos) / 2, which falls sooner.
 */
export function weightRate({ weightRate, weightRateEnd, schedule, epochs }: RateSettings, epoch: number): number {
  const cosine = (1 + Math.cos((Math.PI * (epoch - 1)) / epochs)) / 2
  const factor = schedule === 'cosine' ? cosine : (2 ** (cosine + 1) - 2) / 2
  return weightRateEnd + (weightRate - weightRateEnd) * factor
}

type TrainingRateSettings = Pick<
  ResolvedTrainingSettings,
  'weightRate' | 'weightRateEnd' | 'schedule' | 'epochs' | 'warmupEpochs'
>

/** Of each epoch's rate, what is left in the next (DARTS cnn/train_imagenet.py: StepLR with gamma 0.97). */
const DECAY = 0.97

/**
 * The rate of a step of a training, from 1. Cosine as above; linear in even steps toward `weightRateEnd` after the last epoch;
 * exponential times 0.97 each epoch. In the warm-up it is less: it grows in a line at every step, up to the scheduled rate at the
 * warm-up's last (Goyal et al. 2017, section 2.2).
 */
export function trainingRate(settings: TrainingRateSettings, step: number, stepsPerEpoch: number): number {
  const epoch = Math.ceil(step / stepsPerEpoch)
  const grown = Math.min(1, step / Math.max(1, settings.warmupEpochs * stepsPerEpoch))
  return grown * scheduledRate(settings, epoch)
}

function scheduledRate(settings: TrainingRateSettings, epoch: number): number {
  const { weightRate: first, weightRateEnd: last, schedule, epochs } = settings
  switch (schedule) {
    case 'cosine':
      return weightRate({ ...settings, schedule }, epoch)
    case 'linear':
      return first + ((last - first) * (epoch - 1)) / epochs
    case 'exponential':
      return first * DECAY ** (epoch - 1)
  }
}
