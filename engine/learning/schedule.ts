// How the learning rate of the weights falls from epoch to epoch.
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'

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
