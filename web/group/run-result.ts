// The one figure by which a run of a group is told from the others: how accurate, measured on which images.
import type { GroupRun } from './group-query.js'
import { spreadOf, type Spread } from './spread.js'

export interface RunResult {
  readonly accuracy: number
  readonly loss: number
  /** Of what: a supernet while it searches, a cell that a random search trained, or the network of a training. */
  readonly of: 'supernet' | 'trained cell' | 'network'
  readonly on: 'validation' | 'training' | 'test'
}

type Figures = Pick<GroupRun, 'kind' | 'metrics' | 'candidates'>

/**
 * Of a training test images after the last epoch that looked at them; of a search validation where it is measured, else training, and the
 * best trained cell of a random search. NaN where nothing is known yet.
 */
export function resultOf({ kind, metrics, candidates = [] }: Figures): RunResult {
  const last = (name: string) => metrics.find((metric) => metric.name === name)?.last ?? NaN
  if (kind === 'TRAINING')
    return { accuracy: last('test-accuracy'), loss: last('test-loss'), of: 'network', on: 'test' }
  const validated = Number.isFinite(last('validation-accuracy')) || candidates.length > 0
  const part = validated ? 'validation' : 'train'
  const best = Math.max(...candidates.map((candidate) => candidate.validationAccuracy))
  return {
    accuracy: candidates.length > 0 ? best : last(`${part}-accuracy`),
    loss: last(`${part}-loss`),
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
  const of = {
    supernet: 'of the supernet',
    'trained cell': 'of the best cell, trained',
    network: 'after the last epoch',
  }
  return `${of[result.of]}, on ${result.on} images`
}
