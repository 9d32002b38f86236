// The one figure by which a run of a group is told from the others: how accurate, measured on which images.
import type { GroupRun } from './group-query.js'
import { spreadOf, type Spread } from './spread.js'

export interface RunResult {
  readonly accuracy: number
  readonly loss: number
  /** Of what: a supernet while it searches, or a cell that was trained. */
  readonly of: 'supernet' | 'trained cell'
  readonly on: 'validation' | 'training'
}

type Figures = Pick<GroupRun, 'metrics' | 'candidates'>

/** Validation where it is measured, else training; the best trained cell of a random search. NaN where nothing is known yet. */
export function resultOf({ metrics, candidates }: Figures): RunResult {
  const last = (name: string) => metrics.find((metric) => metric.name === name)?.last ?? NaN
  const validated = Number.isFinite(last('validation-accuracy')) || candidates.length > 0
  const kind = validated ? 'validation' : 'train'
  const best = Math.max(...candidates.map((candidate) => candidate.validationAccuracy))
  return {
    accuracy: candidates.length > 0 ? best : last(`${kind}-accuracy`),
    loss: last(`${kind}-loss`),
    of: candidates.length > 0 ? 'trained cell' : 'supernet',
    on: validated ? 'validation' : 'training',
  }
}

/** Over the runs that have ended well, as the server reckons aggregates. */
export function spreads(runs: readonly (Figures & Pick<GroupRun, 'state'>)[]): { accuracy: Spread; loss: Spread } {
  const results = runs.filter((run) => run.state === 'FINISHED').map(resultOf)
  return {
    accuracy: spreadOf(results.map((result) => result.accuracy)),
    loss: spreadOf(results.map((result) => result.loss)),
  }
}

/** What the accuracies of these runs are measured on, in words; empty while there is none. */
export function accuracyMeaning(runs: readonly Figures[]): string {
  const result = runs.map(resultOf).find((one) => Number.isFinite(one.accuracy))
  if (!result) return ''
  return `${result.of === 'supernet' ? 'of the supernet' : 'of the best cell, trained'}, on ${result.on} images`
}
