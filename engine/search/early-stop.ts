// When a stage ends before its last epoch, and which epoch's logits decide then: three published rules, over what the stage remembers.
import type { Genotype } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { EpochRecord } from './history.js'

export interface Stop {
  /** One sentence with the figures that led to it. */
  readonly reason: string
  /** The epoch whose logits decide. */
  readonly keep: number
}

/** Looks at all epochs so far, the last of them just finished; null: go on. */
export type StopRule = (history: readonly EpochRecord[]) => Stop | null

export type StopSettings = Pick<
  ResolvedSearchSettings,
  'earlyStop' | 'stopFrom' | 'stopWindow' | 'stopRatio' | 'stopSkips' | 'stopStable'
>

/** @param candidates of each edge: what stands behind them in the logits is padding */
export function stopRuleOf(settings: StopSettings, candidates: readonly (readonly Operator[])[]): StopRule {
  switch (settings.earlyStop) {
    case 'none':
      return () => null
    case 'eigenvalue':
      return (history) => sharpened(history, settings)
    case 'skips':
      return (history) => skipped(history, settings)
    case 'ranking':
      return (history) => settled(history, settings, candidates)
  }
}

/** RobustDARTS (Zela et al. 2020, section 4.3): stops where the eigenvalue grew, and goes back to before it did. */
function sharpened(history: readonly EpochRecord[], { stopFrom, stopWindow, stopRatio }: StopSettings): Stop | null {
  const growth = eigenvalueGrowth(history, stopWindow)
  if (!growth || growth.from < stopFrom || growth.ratio <= stopRatio) return null
  return {
    reason: `The mean dominant eigenvalue grew to ${growth.ratio.toFixed(2)} times that around epoch ${growth.from}.`,
    keep: growth.from,
  }
}

/** How the moving average of the eigenvalue now compares with an earlier one, and the epoch in the middle of that earlier one. */
export interface EigenvalueGrowth {
  readonly ratio: number
  readonly from: number
}

/**
 * RobustDARTS (automl/RobustDARTS, EVLocalAvg): averages of the last `window` measurements, of fewer at the beginning but at least
 * half a window; each stands for the epoch in the middle of a whole window. Compared is that `window` - 1 measurements before.
 * Null before there are two to compare, or where the earlier one is not positive, which no ratio is of.
 */
export function eigenvalueGrowth(history: readonly EpochRecord[], window: number): EigenvalueGrowth | null {
  const measured = history.flatMap(({ epoch, eigenvalue }) => (eigenvalue === null ? [] : [{ epoch, eigenvalue }]))
  const half = Math.floor(window / 2)
  const average = (last: number) => {
    const within = measured.slice(Math.max(0, last - window + 1), last + 1)
    return within.reduce((sum, { eigenvalue }) => sum + eigenvalue, 0) / within.length
  }
  const now = measured.length - 1
  const then = now - Math.max(1, window - 1)
  if (then < half) return null
  const before = average(then)
  return before > 0 ? { ratio: average(now) / before, from: measured[then - half]!.epoch } : null
}

/** DARTS+ (Liang et al. 2019): stops where the cell has too many skips; the last epoch before that had fewer decides. */
function skipped(history: readonly EpochRecord[], { stopFrom, stopSkips }: StopSettings): Stop | null {
  const last = history.at(-1)
  if (!last || last.epoch < stopFrom) return null
  const skips = skipsIn(last.genotype)
  if (skips < stopSkips) return null
  const before = history.findLast(({ genotype }) => skipsIn(genotype) < stopSkips) ?? history.at(-2) ?? last
  return { reason: `The normal cell of epoch ${last.epoch} has ${skips} skips.`, keep: before.epoch }
}

/** Skips in the normal cell. */
export const skipsIn = ({ normal }: Genotype): number =>
  normal.flat().filter(({ operator }) => operator === 'skip_connect').length

/** DARTS+ (Liang et al. 2019): stops where each edge has had the same best operator for so many epochs. */
function settled(
  history: readonly EpochRecord[],
  { stopFrom, stopStable }: StopSettings,
  candidates: readonly (readonly Operator[])[],
): Stop | null {
  const last = history.at(-1)
  if (!last || last.epoch < stopFrom || history.length <= stopStable) return null
  const best = ({ logits }: EpochRecord) => candidates.map((edge, i) => bestOf(edge, logits[i]!)).join()
  const [from, ...since] = history.slice(-1 - stopStable).map(best)
  if (since.some((ranking) => ranking !== from)) return null
  return { reason: `No edge changed its best operator in the last ${stopStable} epochs.`, keep: last.epoch }
}

/** The place of the largest logit whose operator is not `none`. */
const bestOf = (edge: readonly Operator[], logits: readonly number[]): number =>
  edge.reduce((best, operator, i) => (operator !== 'none' && logits[i]! > (logits[best] ?? -Infinity) ? i : best), -1)
