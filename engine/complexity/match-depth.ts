// Optimisation-complexity match: the depth of a stage's supernet that is as hard to train as the final network (Li et al. 2019).
import type { ConfusionSeen, EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { Space } from '@cellboard/schema/spaces'
import { meanConfusion, measureSubjects, type Draw, type MeasureContext } from './measure-subjects.js'
import { finalSubject, hasAuxiliaryHead, supernetSubject } from './subject.js'

/** What is measured on; a search's context has it. */
export interface MatchContext extends MeasureContext {
  readonly space: Space
}

/** The confusion of a network of so many cells. */
export interface ConfusionAtDepth {
  readonly cells: number
  readonly confusion: ConfusionSeen
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
 * `finalChannels`, its auxiliary head where there is one) with each of the `references`, on the same batches; the depth whose
 * `lowCosine` is nearest matches. The paper's smallest inner product scales with the length of gradients, which differs between
 * networks whatever their confusion, and the smallest of a hundred cosines moves much from draw to draw: docs/results/confusion.md.
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
  const measured = yield* measureSubjects([...finals, ...supernets], { ...settings, steps: [0] }, context)
  const mean = (some: typeof measured) => meanConfusion(some.flat(2))
  const target = { cells: finalCells, confusion: mean(measured.slice(0, finals.length)) }
  const atDepths = depthChoices.map((cells, i) => ({ cells, confusion: mean([measured[finals.length + i]!]) }))
  return { cells: nearestDepth(target, atDepths).cells, target, measured: atDepths }
}

/** The depth whose `lowCosine` is nearest the target's; of equally near ones the shallowest, which costs least. */
export function nearestDepth(
  { confusion: target }: Pick<ConfusionAtDepth, 'confusion'>,
  measured: readonly ConfusionAtDepth[],
): ConfusionAtDepth {
  const distance = ({ confusion }: ConfusionAtDepth) => Math.abs(confusion.lowCosine - target.lowCosine)
  return [...measured].sort((a, b) => distance(a) - distance(b) || a.cells - b.cells)[0]!
}
