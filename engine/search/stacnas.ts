// StacNAS: stage 1 chooses a cluster of operators for every edge, stage 2 an operator among the winning cluster's members.
import type { EngineEvent, OperatorCluster } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { Space } from '@cellboard/schema/spaces'
import { winningClusters } from '../clustering/group.js'
import { sameClusters, stageOneCandidates, stageTwoCandidates, uniformStageTwo } from '../space/candidates.js'
import { countSupernet } from '../space/cost.js'
import { deriveGenotype } from '../space/derive.js'
import { Clock } from './clock.js'
import { runStage, type SearchContext, type StagePlan } from './stage.js'

/** Li et al. 2019 (arXiv 1909.11926) as released; docs/method.md names what the paper leaves open and what is taken here. */
export async function* stacnas(settings: ResolvedSearchSettings, context: SearchContext): AsyncGenerator<EngineEvent> {
  const { clusters, singletons, ranking } = settings
  const { space } = context
  const clustering = sameClusters(clusters)
  const clock = clockOf(settings, context)

  const asClusters = clusters.map((operators): OperatorCluster => ({ operators, representative: operators[0]! }))
  yield { type: 'operators-clustered', origin: 'given', cell: null, clusters: asClusters }

  const one: StagePlan = {
    stage: 1,
    cells: settings.stage1Cells,
    candidates: stageOneCandidates(space, clustering),
    stageOneLogits: null,
    derive: (logits) => deriveGenotype(space, one.candidates, logits, ranking),
  }
  let stageOneLogits = context.resumed?.stageOneLogits ?? null
  if (!stageOneLogits) {
    yield { type: 'depth-matched', stage: 1, cells: one.cells, origin: 'given' }
    stageOneLogits = yield* runStage(one, settings, context, clock)
  }

  const chosen = winningClusters(space, clustering, one.candidates, stageOneLogits)
  yield { type: 'clusters-chosen', edges: chosen }

  const indices = chosen.map((edge) => edge.cluster)
  const two: StagePlan = {
    stage: 2,
    cells: settings.stage2Cells,
    candidates: stageTwoCandidates(space, clustering, indices, singletons),
    stageOneLogits,
    derive: (logits) => deriveFromBoth({ space, ranking }, one, two, logits),
  }
  yield { type: 'depth-matched', stage: 2, cells: two.cells, origin: 'given' }
  const logits = yield* runStage(two, settings, context, clock)
  yield { type: 'genotype-derived', stage: 2, epoch: settings.epochs, final: true, genotype: two.derive(logits) }
}

/**
 * Stage 2 decides, except on edges that were frozen: there one operator is left, whose share says nothing, so that the edge
 * is ranked by what stage 1 measured of it.
 */
export function deriveFromBoth(
  { space, ranking }: { space: Space; ranking: ResolvedSearchSettings['ranking'] },
  one: Pick<StagePlan, 'candidates'>,
  two: Pick<StagePlan, 'candidates' | 'stageOneLogits'>,
  logits: number[][],
): Genotype {
  const frozen = two.candidates.map((edge) => edge.length === 1)
  const candidates = two.candidates.map((edge, i) => (frozen[i] ? one.candidates[i]! : edge))
  const ranked = logits.map((edge, i) => (frozen[i] ? two.stageOneLogits![i]! : edge))
  return deriveGenotype(space, candidates, ranked, ranking)
}

/** Work of stage 2 before its candidates are known: as if every edge held the dearest cluster. */
function clockOf(settings: ResolvedSearchSettings, { space, facts, stepsPerEpoch }: SearchContext): Clock {
  const { singletons, channels } = settings
  const clustering = sameClusters(settings.clusters)
  const network = { space, channels, classes: facts.classes, imageChannels: facts.channels, imageSize: facts.size }
  const work = (cells: number, candidates: ReturnType<typeof stageOneCandidates>) =>
    countSupernet({ ...network, cells, candidates }).multiplyAdds
  const dearest = uniformStageTwo(space, clustering, singletons).map((candidates) =>
    work(settings.stage2Cells, candidates),
  )
  const steps = settings.epochs * stepsPerEpoch
  return new Clock([
    { steps, work: work(settings.stage1Cells, stageOneCandidates(space, clustering)) },
    { steps, work: Math.max(...dearest) },
  ])
}
