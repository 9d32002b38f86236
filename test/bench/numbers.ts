// Numbers by chance that are the same in every run of a benchmark.

/** In [0, 1): a linear congruential generator, as in Numerical Recipes. */
export function numbers(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}
