// StacNAS: stage 1 chooses a cluster of operators for every edge, stage 2 an operator among the winning cluster's members.
import type { EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { Decided, FoundClustering } from '../checkpoint.js'
import { winningClusters } from '../clustering/group.js'
import { clusteringBatches, measureClusters } from '../clustering/measure-clusters.js'
import { withRepresentative } from '../clustering/representative.js'
import { searchableClusters } from '../clustering/searchable-clusters.js'
import { matchDepth } from '../complexity/match-depth.js'
import type { Subject } from '../complexity/subject.js'
import { randomStream } from '../data/random.js'
import {
  sameClusters,
  stageOneCandidates,
  stageTwoCandidates,
  supernetCandidates,
  uniformStageTwo,
  type Clustering,
} from '../space/candidates.js'
import { countSupernet } from '../space/cost.js'
import { randomGenotype } from '../space/random-genotype.js'
import { Clock, type StageWork } from '../learning/clock.js'
import type { SearchContext } from './context.js'
import { deriverOf } from './derive.js'
import { refuseTooLarge } from '../learning/out-of-memory.js'
import { scheduleOf } from './schedule.js'
import { runStage, type StagePlan } from './stage.js'
import { zeroAttention } from './zero-attention.js'

/** Li et al. 2019 (arXiv 1909.11926) as released; docs/method.md names what the paper leaves open and what is taken here. */
export async function* stacnas(settings: ResolvedSearchSettings, context: SearchContext): AsyncGenerator<EngineEvent> {
  const { space } = context
  const { singletons } = settings
  const derive = deriverOf(settings, context)
  let decided: Decided = context.resumed?.decided ?? {}

  const clusterings = decided.clusterings ?? (yield* clusteringsOf(settings, context))
  const origin = settings.clustering === 'given' ? 'given' : 'measured'
  if (!decided.clusterings) for (const found of clusterings) yield { type: 'operators-clustered', origin, ...found }
  decided = { ...decided, clusterings }
  const clustering = searchableClusters(clusterings)
  const clock = clockOf(settings, context, clustering)

  const candidates = stageOneCandidates(space, clustering)
  let stageOneLogits = decided.logits?.[1]
  if (!stageOneLogits) {
    const cells = yield* depthOf(1, candidates, randomCells(settings, context), decided, settings, context)
    decided = { ...decided, cells: { ...decided.cells, 1: cells } }
    const one: StagePlan = {
      ...{ stage: 1, space, cells, epochs: settings.epochs, candidates, decided },
      derive: (logits) => derive(candidates, logits),
    }
    stageOneLogits = (yield* runStage(one, settings, context, clock)).logits
    decided = { ...decided, logits: { ...decided.logits, 1: stageOneLogits } }
  }

  const chosen = winningClusters(space, clustering, candidates, stageOneLogits)
  yield { type: 'clusters-chosen', edges: chosen }
  const members = stageTwoCandidates(
    space,
    clustering,
    chosen.map(({ cluster }) => cluster),
    singletons,
  )
  const fromBoth = (logits: number[][]) =>
    deriveFromBoth(derive, { candidates, logits: stageOneLogits }, members, logits)
  let logits = decided.logits?.[2]
  if (!logits) {
    const cells = yield* depthOf(2, members, [derive(candidates, stageOneLogits)], decided, settings, context)
    decided = { ...decided, cells: { ...decided.cells, 2: cells } }
    const two: StagePlan = {
      ...{ stage: 2, space, cells, epochs: settings.epochs, candidates: members, decided },
      derive: fromBoth,
    }
    logits = (yield* runStage(two, settings, context, clock)).logits
    decided = { ...decided, logits: { ...decided.logits, 2: logits } }
  }
  const genotype = fromBoth(logits)
  if (settings.zeroAttention) yield* zeroAttention(genotype, settings.stage2Cells, decided, settings, context, clock)
  yield { type: 'genotype-derived', stage: 2, epoch: settings.epochs, final: true, genotype }
}

/** As given, or measured on a supernet with all candidates (stage 0). */
async function* clusteringsOf(
  settings: ResolvedSearchSettings,
  context: SearchContext,
): AsyncGenerator<EngineEvent, readonly FoundClustering[]> {
  const { space, facts, train } = context
  if (settings.clustering === 'given') {
    const { representative: rule, channels } = settings
    const clusters = settings.clusters.map((one) =>
      withRepresentative(one, { rule, space, channels, size: facts.size }),
    )
    return [{ cell: null, clusters }]
  }
  const candidates = supernetCandidates(space)
  const { clusteringCells: cells, clusteringEpochs: epochs } = settings
  const plan: StagePlan = {
    ...{ stage: 0, space, cells, epochs, candidates, decided: {} },
    derive: deriverOf(settings, context).bind(null, candidates),
  }
  const clock = clockOf(settings, context, sameClusters(space.clusters))
  const { net, trained } = yield* runStage(plan, settings, context, clock)
  const { weights, alphas } = trained
  const batches = clusteringBatches(train, settings, facts)
  return yield* measureClusters(
    net,
    candidates,
    space,
    { weights: weights!, alphas: alphas! },
    batches,
    facts,
    settings,
  )
}

/** A stage's depth as given, or the one whose gradient confusion is nearest that of final networks with these cells. */
async function* depthOf(
  stage: 1 | 2,
  candidates: StagePlan['candidates'],
  cells: readonly Genotype[],
  decided: Decided,
  settings: ResolvedSearchSettings,
  context: SearchContext,
): AsyncGenerator<EngineEvent, number> {
  const known = decided.cells?.[stage]
  if (known) return known
  if (settings.depth === 'given') {
    const given = stage === 1 ? settings.stage1Cells : settings.stage2Cells
    yield { type: 'depth-matched', stage, cells: given, origin: 'given' }
    return given
  }
  const measuring = {
    ...context,
    admit: ({ name, cost }: Subject, batch: number) => refuseTooLarge({ of: `${name} (confusionBatch)`, cost, batch }),
  }
  const match = yield* matchDepth(stage, candidates, cells, settings, measuring)
  yield { type: 'depth-matched', stage, origin: 'measured', ...match }
  return match.cells
}

/** How many random cells stand for the final network before anything is found. */
const RANDOM_CELLS = 3

const randomCells = ({ seed }: ResolvedSearchSettings, { space }: SearchContext): Genotype[] =>
  Array.from({ length: RANDOM_CELLS }, (_, i) => randomGenotype(space, randomStream(seed, 'depth', i)))

/**
 * Stage 2 decides, except on edges that were frozen: there one operator is left, whose share says nothing, so that the edge
 * is ranked by what stage 1 measured of it.
 */
export function deriveFromBoth(
  derive: (candidates: StagePlan['candidates'], logits: number[][]) => Genotype,
  one: { readonly candidates: StagePlan['candidates']; readonly logits: number[][] },
  members: StagePlan['candidates'],
  logits: number[][],
): Genotype {
  const frozen = members.map((edge) => edge.length === 1)
  return derive(
    members.map((edge, i) => (frozen[i] ? one.candidates[i]! : edge)),
    logits.map((edge, i) => (frozen[i] ? one.logits[i]! : edge)),
  )
}

/** Work of stage 2 before its candidates are known: as if every edge held the dearest cluster. */
function clockOf(settings: ResolvedSearchSettings, context: SearchContext, clustering: Clustering): Clock {
  const { space, facts, stepsPerEpoch } = context
  const { singletons, channels } = settings
  const network = { space, channels, classes: facts.classes, imageChannels: facts.channels, imageSize: facts.size }
  const work = (cells: number, candidates: StagePlan['candidates']) =>
    countSupernet({ ...network, cells, candidates }).multiplyAdds
  const dearest = () =>
    Math.max(...uniformStageTwo(space, clustering, singletons).map((one) => work(settings.stage2Cells, one)))
  return new Clock(
    scheduleOf(settings).map(({ stage, epochs }): StageWork => {
      const steps = epochs * stepsPerEpoch
      if (stage === 0) return { stage, steps, work: work(settings.clusteringCells, supernetCandidates(space)) }
      if (stage === 1) return { stage, steps, work: work(settings.stage1Cells, stageOneCandidates(space, clustering)) }
      return { stage, steps, work: dearest() }
    }),
  )
}
