// Streams of random numbers keyed by what they are for: the same seed and path give the same numbers, whatever was drawn before.
import { createHash } from 'node:crypto'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

/** Numbers in [0, 1), multiples of 2^-53. */
export type RandomStream = () => number

/**
 * A stream of its own for each seed and path, so that a resumed search needs no stored generator:
 * `randomStream(6, 'shuffle', stage, epoch)`. The 128 bits of its state are the head of SHA-256 over seed and path.
 */
export function randomStream(seed: number, ...path: (string | number)[]): RandomStream {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...path]))
    .digest()
  const state = [0, 4, 8, 12].map((at) => digest.readInt32LE(at))
  const generator = xoroshiro128plusFromState(state)
  return () => uniformFloat64(generator)
}

/** Standard normal numbers drawn from `stream` (Box & Muller 1958), two uniform ones for each. */
export const gaussian = (stream: RandomStream): RandomStream => {
  return () => {
    const radius = Math.sqrt(-2 * Math.log(1 - stream()))
    return radius * Math.cos(2 * Math.PI * stream())
  }
}

/** Shuffles in place, every order equally likely (Fisher & Yates). */
export function shuffle<T extends { [index: number]: number; length: number }>(items: T, stream: RandomStream): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(stream() * (i + 1))
    const held = items[i]!
    items[i] = items[j]!
    items[j] = held
  }
  return items
}
