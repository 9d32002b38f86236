// What falls out by chance in a step of a search, from streams of its own: a resumed search draws what it would have drawn.
import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { randomStream } from '../data/random.js'
import { pathMasks } from '../network/chance.js'
import type { Supernet } from '../network/supernet.js'

export interface StepChance {
  /** A whole number below 2^24 that noise is drawn by. */
  readonly seed: number
  /** Drop path's masks, [paths, batch]; absent where the search drops none. */
  readonly masks?: Tensor2D
}

/** @param at epoch and step of the stage, from 1 */
export function stepChance(
  net: Supernet,
  settings: Pick<ResolvedSearchSettings, 'seed' | 'batch' | 'epochs' | 'dropPath'>,
  at: { readonly stage: number | string; readonly epoch: number; readonly step: number },
): StepChance {
  const { seed, batch, dropPath } = settings
  const noise = Math.floor(randomStream(seed, 'noise', at.stage, at.step)() * 2 ** 24)
  if (dropPath === 0) return { seed: noise }
  const random = randomStream(seed, 'paths', at.stage, at.step)
  return { seed: noise, masks: pathMasks(net, batch, dropChance(settings, at.epoch), random) }
}

/** The chance that an edge is dropped: from 0 in the first epoch in even steps to `dropPath` in the last (RobustDARTS, train_search.py). */
export const dropChance = ({ dropPath, epochs }: { dropPath: number; epochs: number }, epoch: number): number =>
  epochs > 1 ? (dropPath * (epoch - 1)) / (epochs - 1) : dropPath
