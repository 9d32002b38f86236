// Reads clusters, depths, collapse and trained cells out of what was seen of a search.
import type { ConfusionSeen } from '@cellboard/schema/events'
import type { RunSeen } from '@cellboard/schema/progress'
import type { Clustering } from './clustering.type.js'
import type { CollapseReport } from './collapse.type.js'
import { ConfusedNetwork, type ConfusionMeasure, type StageDepth } from './depth.type.js'
import { shownGenotype, type TrainedCandidate } from './genotype.type.js'

export const clusteringsOf = ({ clusterings }: RunSeen): Clustering[] =>
  clusterings.map(({ correlation, linkage, cut, ...rest }) => ({
    ...rest,
    correlation: correlation ? { ...correlation, unseen: correlation.unseen ?? [] } : null,
    linkage: linkage ?? null,
    cut: cut ?? null,
  }))

interface AtDepth {
  readonly cells: number
  readonly confusion: ConfusionSeen
}

export const depthsOf = ({ depths }: RunSeen): StageDepth[] =>
  depths.map(({ stage, cells, origin, target, measured }) => {
    const measure = (network: ConfusedNetwork, at: AtDepth): ConfusionMeasure => ({
      network,
      cells: at.cells,
      ...at.confusion,
      matched: network === ConfusedNetwork.SUPERNET && at.cells === cells,
    })
    const confusion = (measured ?? []).map((at) => measure(ConfusedNetwork.SUPERNET, at))
    if (target) confusion.unshift(measure(ConfusedNetwork.FINAL, target))
    return { stage, cells, origin, confusion }
  })

export function collapseOf({ collapse: history }: RunSeen): CollapseReport | null {
  const last = history.at(-1)
  return last ? { ...last, history } : null
}

export const candidatesOf = ({ candidates }: RunSeen): TrainedCandidate[] =>
  candidates.map(({ genotype, ...rest }) => ({ ...rest, genotype: shownGenotype(genotype) }))
