// Random search: cells drawn uniformly, each trained for a short while; the one that validates best is the result.
import type { EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { writeCheckpoint, type TrainedCandidate } from '../checkpoint.js'
import { randomStream } from '../data/random.js'
import { allCandidates } from '../space/candidates.js'
import { countGenotype } from '../space/cost.js'
import { randomGenotype } from '../space/random-genotype.js'
import { trainBriefly } from './brief-training.js'
import { Clock } from '../learning/clock.js'
import type { SearchContext } from './context.js'

/** The control that every search must beat (Li & Talwalkar 2019; Yang et al. 2020): no supernet, no logits. */
export async function* randomSearch(
  settings: ResolvedSearchSettings,
  context: SearchContext,
): AsyncGenerator<EngineEvent> {
  const { space, facts, stepsPerEpoch, resumed, checkpointFolder } = context
  const { samples, epochs, stage1Cells: cells, channels, seed } = settings
  const trained: TrainedCandidate[] = [...(resumed?.decided.candidates ?? [])]
  const clock = new Clock([{ stage: 1, steps: samples * epochs * stepsPerEpoch, work: 1 }])
  clock.begin(1, 1, trained.length * epochs * stepsPerEpoch)
  const shape = { channels, cells, classes: facts.classes, imageChannels: facts.channels, imageSize: facts.size }
  const candidates = allCandidates(space)

  yield { type: 'depth-matched', stage: 1, cells, origin: 'given' }
  yield {
    type: 'stage-started',
    ...{ stage: 1, cells, channels, epochs: samples, stepsPerEpoch: epochs * stepsPerEpoch },
    parameters: 0,
    edges: space.edges.map(({ cell, from, to }, i) => ({ cell, from, to, candidates: candidates[i]! })),
  }
  for (let number = trained.length + 1; number <= samples; number++) {
    const genotype = randomGenotype(space, randomStream(seed, 'cell', number))
    const outcome = yield* trainBriefly(genotype, number, settings, context, clock)
    const best = trained.every((one) => one.validationAccuracy < outcome.validationAccuracy)
    const { parameters } = countGenotype({ ...shape, genotype })
    const told = { number, of: samples, genotype, parameters, ...outcome, best }
    trained.push(told)
    yield { type: 'candidate-trained', ...told }
    yield { type: 'genotype-derived', stage: 1, epoch: number, final: false, genotype: bestOf(trained) }
    const at = { stage: 1, epoch: number, step: number * epochs * stepsPerEpoch } as const
    if (checkpointFolder) {
      const checkpoint = { settings, ...at, decided: { candidates: trained }, history: [], tensors: {} }
      yield { type: 'checkpoint-written', ...at, bytes: writeCheckpoint(checkpointFolder, checkpoint) }
    }
  }
  yield { type: 'genotype-derived', stage: 1, epoch: samples, final: true, genotype: bestOf(trained) }
}

/** The earlier one where two are equal. */
const bestOf = (trained: readonly TrainedCandidate[]): Genotype =>
  trained.reduce((best, one) => (one.validationAccuracy > best.validationAccuracy ? one : best)).genotype
