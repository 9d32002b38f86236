// What the published searches differ in, method by method.
import type { Method, Optimisation, SearchSettings } from './settings.js'

/** What the published searches differ in. Random search has no publication to follow: it divides its images as DARTS does. */
export const METHOD_DEFAULTS = {
  stacnas: { optimisation: 'one-level', epochs: 80, gradientClip: 3 },
  darts: { optimisation: 'first-order', epochs: 50, gradientClip: 5 },
  random: { optimisation: 'one-level', epochs: 10, gradientClip: 5 },
} as const satisfies Record<Method, Partial<SearchSettings>>

/** One level trains on all images; bi-level searches move the logits by the other half, random ones choose by it. */
export const publishedShare = (method: Method, optimisation: Optimisation): number =>
  optimisation === 'one-level' && method !== 'random' ? 1 : 0.5
