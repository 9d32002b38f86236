// Optimisation-complexity match: the depth of a stage's supernet that is as hard to train as the final network (Li et al. 2019).
import type { EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { Space } from '@cellboard/schema/spaces'
import { measureSubjects, type Draw, type MeasureContext } from './measure-subjects.js'
import { meanConfusion, nearestDepth, type ConfusionAtDepth } from './nearest-depth.js'
import { finalSubject, hasAuxiliaryHead, supernetSubject } from './subject.js'

/** What is measured on; a search's context has it. */
export interface MatchContext extends MeasureContext {
  readonly space: Space
}

export interface MatchedDepth {
  readonly cells: number
  /** The final network's, over all references. */
  readonly target: ConfusionAtDepth
  /** Each choice's. */
  readonly measured: ConfusionAtDepth[]
}

/** Draws of weights and batches that are averaged over, at least: one more for each further reference. */
const DRAWS = 3

/**
 * Measures gradient confusion of the stage's supernet at each of `depthChoices`, and of the final network (`finalCells`,
 * `finalChannels`, its auxiliary head where there is one) with each of the `references`, on the same batches, after
 * `confusionSteps` of training; the depth whose `confusionStatistic` is nearest matches. The share of pairs that point apart is the default:
 * it grows with depth and differs more between depths than between draws; cosines do so less, and inner products scale
 * with the length of the gradients, whatever their confusion (docs/results/confusion.md).
 * @param candidates of the stage, for each edge of the space
 * @param references cells that stand for the one yet to be found; at least one
 */
export async function* matchDepth(
  stage: 1 | 2,
  candidates: readonly (readonly Operator[])[],
  references: readonly Genotype[],
  settings: ResolvedSearchSettings,
  context: MatchContext,
): AsyncGenerator<EngineEvent, MatchedDepth> {
  const { space, facts } = context
  const { channels, depthChoices, finalCells, finalChannels, seed } = settings
  const images = { classes: facts.classes, imageChannels: facts.channels, imageSize: facts.size }
  const draws = Array.from({ length: Math.max(DRAWS, references.length) }, (_, i): Draw => ({
    seed,
    repeat: stage + 2 * i,
  }))
  const finals = references.map((genotype, at) => ({
    subject: finalSubject({
      genotype,
      cells: finalCells,
      channels: finalChannels,
      ...images,
      auxiliary: hasAuxiliaryHead(genotype, facts.size),
      poolNorm: false,
    }),
    draws: draws.filter((_, i) => i % references.length === at),
  }))
  const supernets = depthChoices.map((cells) => ({
    subject: supernetSubject({ space, candidates, cells, channels, ...images }),
    draws,
  }))
  const measured = yield* measureSubjects(
    [...finals, ...supernets],
    { ...settings, steps: [settings.confusionSteps] },
    context,
  )
  const mean = (some: typeof measured) => meanConfusion(some.flat(2))
  const target = { cells: finalCells, confusion: mean(measured.slice(0, finals.length)) }
  const atDepths = depthChoices.map((cells, i) => ({ cells, confusion: mean([measured[finals.length + i]!]) }))
  return { cells: nearestDepth(target, atDepths, settings.confusionStatistic).cells, target, measured: atDepths }
}
