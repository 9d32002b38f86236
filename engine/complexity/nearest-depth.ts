// Which of several measured depths is nearest the final network; plain numbers.
import type { ConfusionStatistic } from '@cellboard/schema/settings'
import type { Confusion } from './confusion.js'

/** The confusion of a network of so many cells. */
export interface ConfusionAtDepth {
  readonly cells: number
  readonly confusion: Confusion
}

/** The mean of each figure. @param all at least one, of as many pairs each */
export function meanConfusion(all: readonly Confusion[]): Confusion {
  const mean = (of: (one: Confusion) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length
  return {
    pairs: all[0]!.pairs,
    minCosine: mean((one) => one.minCosine),
    minInnerProduct: mean((one) => one.minInnerProduct),
    lowCosine: mean((one) => one.lowCosine),
    negativeShare: mean((one) => one.negativeShare),
  }
}

/**
 * The depth whose statistic is nearest the target's; of equally near ones (no pair points apart in any of them) that whose
 * `lowCosine` is, then the shallowest, which costs least.
 */
export function nearestDepth(
  { confusion: target }: Pick<ConfusionAtDepth, 'confusion'>,
  measured: readonly ConfusionAtDepth[],
  statistic: ConfusionStatistic,
): ConfusionAtDepth {
  const distance = ({ confusion }: ConfusionAtDepth, by = statistic) => Math.abs(confusion[by] - target[by])
  return [...measured].sort(
    (a, b) => distance(a) - distance(b) || distance(a, 'lowCosine') - distance(b, 'lowCosine') || a.cells - b.cells,
  )[0]!
}
