// Ends a search whose numbers have left the finite.
import { EngineError } from '../errors.js'

/** @throws EngineError DIVERGED where loss or gradient norm is NaN or infinite. step: of the stage, from 1. */
export function refuseDiverged(
  metrics: Readonly<Record<'loss' | 'gradient-norm', number>>,
  stage: number,
  step: number,
): void {
  for (const name of ['loss', 'gradient-norm'] as const)
    if (!Number.isFinite(metrics[name]))
      throw new EngineError(
        'DIVERGED',
        `Expected a finite ${name}, but received ${metrics[name]} in step ${step} of stage ${stage}.`,
        'Lower weightRate or gradientClip. The points before are kept.',
      )
}
