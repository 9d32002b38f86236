// StacNAS: stage 1 chooses a cluster of operators for every edge, stage 2 an operator among the winning cluster's members.
import type { EngineEvent, OperatorCluster } from '@cellboard/schema/events'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { winningClusters } from '../clustering/group.js'
import { stageOneCandidates, stageTwoCandidates } from '../space/candidates.js'
import { countSupernet } from '../space/cost.js'
import { deriveGenotype } from '../space/derive.js'
import { edgesOf } from '../space/wiring.js'
import { Clock } from './clock.js'
import { runStage, type SearchContext } from './stage.js'

/** Li et al. 2019 (arXiv 1909.11926) as released; docs/method.md names what the paper leaves open and what is taken here. */
export async function* stacnas(settings: ResolvedSearchSettings, context: SearchContext): AsyncGenerator<EngineEvent> {
  const { space, clusters, singletons, ranking } = settings
  const one = {
    stage: 1 as const,
    cells: settings.stage1Cells,
    candidates: stageOneCandidates(space, clusters),
    stageOneLogits: null,
  }
  const clock = clockOf(settings, context)

  const asClusters = clusters.map((operators): OperatorCluster => ({ operators, representative: operators[0]! }))
  yield { type: 'operators-clustered', origin: 'given', clusters: asClusters }

  let stageOneLogits = context.resumed?.stageOneLogits ?? null
  if (!stageOneLogits) {
    yield { type: 'depth-matched', stage: 1, cells: one.cells, origin: 'given' }
    stageOneLogits = yield* runStage(one, settings, context, clock)
  }

  const chosen = winningClusters(space, clusters, one.candidates, stageOneLogits)
  yield { type: 'clusters-chosen', edges: chosen }

  const candidates = stageTwoCandidates(
    space,
    clusters,
    chosen.map((edge) => edge.cluster),
    singletons,
  )
  const two = { stage: 2 as const, cells: settings.stage2Cells, candidates, stageOneLogits }
  yield { type: 'depth-matched', stage: 2, cells: two.cells, origin: 'given' }
  const logits = yield* runStage(two, settings, context, clock)

  const genotype = deriveGenotype(space, candidates, logits, ranking)
  yield { type: 'genotype-derived', stage: 2, epoch: settings.epochs, final: true, genotype }
}

/** Work of stage 2 before its candidates are known: as if every edge held the dearest cluster. */
function clockOf(settings: ResolvedSearchSettings, { facts, stepsPerEpoch }: SearchContext): Clock {
  const { space, clusters, singletons, channels } = settings
  const network = { space, channels, classes: facts.classes, imageChannels: facts.channels, imageSize: facts.size }
  const work = (cells: number, candidates: ReturnType<typeof stageOneCandidates>) =>
    countSupernet({ ...network, cells, candidates }).multiplyAdds
  const dearest = clusters.map((_, cluster) =>
    work(
      settings.stage2Cells,
      stageTwoCandidates(
        space,
        clusters,
        edgesOf(space).map(() => cluster),
        singletons,
      ),
    ),
  )
  const steps = settings.epochs * stepsPerEpoch
  return new Clock([
    { steps, work: work(settings.stage1Cells, stageOneCandidates(space, clusters)) },
    { steps, work: Math.max(...dearest) },
  ])
}
