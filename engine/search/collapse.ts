// Whether a search is collapsing, read from its logits, the cell they would give and the curvature, never from accuracy.
import type { CollapseReport } from '@cellboard/schema/events'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { softmax } from '../space/derive.js'
import { eigenvalueGrowth, skipsIn } from './early-stop.js'
import type { EpochRecord } from './history.js'

/** Shares of a normal cell's edges that are skips: from the one on it has collapsed, above the other it is about to. */
const COLLAPSED = 1 / 2
const WARNING = 1 / 4
/** Mean share of `none` above which the supernet is mostly nothing. */
const MUCH_NONE = 1 / 2

export type Collapse = Omit<CollapseReport, 'type' | 'stage' | 'step'>
type Settings = Pick<ResolvedSearchSettings, 'stopWindow' | 'stopRatio'>
type Candidates = readonly (readonly Operator[])[]

/** What the last epoch of the history says, with the epoch since when it has not been healthy. @param history at least one epoch */
export function collapseReport(history: readonly EpochRecord[], candidates: Candidates, settings: Settings): Collapse {
  const report = judge(history, candidates, settings)
  let healthyUntil = history.length
  while (healthyUntil > 0 && judge(history.slice(0, healthyUntil), candidates, settings).verdict !== 'healthy')
    healthyUntil--
  return { ...report, since: report.verdict === 'healthy' ? null : history[healthyUntil]!.epoch }
}

/** The verdict on the last epoch alone. */
function judge(
  history: readonly EpochRecord[],
  candidates: Candidates,
  { stopWindow, stopRatio }: Settings,
): Omit<Collapse, 'since'> {
  const { epoch, logits, genotype, eigenvalue } = history.at(-1)!
  const shares = candidates.map((edge, i) => softmax(logits[i]!.slice(0, edge.length)))
  const skips = skipsIn(genotype)
  const edges = genotype.normal.flat().filter(({ operator }) => operator !== 'none').length
  const noneShare = mean(
    candidates.flatMap((edge, i) => (edge.includes('none') ? [shares[i]![edge.indexOf('none')]!] : [])),
  )
  const entropy = mean(shares.filter((edge) => edge.length > 1).map(normalisedEntropy))
  const growth = eigenvalueGrowth(history, stopWindow)

  const reasons: string[] = []
  const part = edges > 0 ? skips / edges : 0
  if (part > WARNING || part >= COLLAPSED) reasons.push(`${skips} of the ${edges} edges of the normal cell are skips.`)
  if (noneShare > MUCH_NONE) reasons.push(`none holds ${(100 * noneShare).toFixed(0)} % of the shares.`)
  if (growth && growth.ratio > stopRatio)
    reasons.push(
      `The mean dominant eigenvalue is ${growth.ratio.toFixed(2)} times what it was around epoch ${growth.from}.`,
    )
  const verdict = part >= COLLAPSED ? 'collapsed' : reasons.length > 0 ? 'warning' : 'healthy'
  return { epoch, skips, edges, noneShare, entropy, eigenvalue, verdict, reasons }
}

/** 1 where all shares are alike, 0 where one has all. */
function normalisedEntropy(shares: readonly number[]): number {
  const entropy = shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0)
  return entropy / Math.log(shares.length)
}

const mean = (values: readonly number[]): number =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0
