// Ends a search or a training whose numbers have left the finite.
import { EngineError } from '../errors.js'

/** @throws EngineError DIVERGED where loss or gradient norm is NaN or infinite. where: "step 3 of stage 1" */
export function refuseDiverged(metrics: Readonly<Record<'loss' | 'gradient-norm', number>>, where: string): void {
  for (const name of ['loss', 'gradient-norm'] as const)
    if (!Number.isFinite(metrics[name]))
      throw new EngineError(
        'DIVERGED',
        `Expected a finite ${name}, but received ${metrics[name]} in ${where}.`,
        'Lower weightRate or gradientClip. The points before are kept.',
      )
}
