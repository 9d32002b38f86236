// Noise with plain loops, in both of its forms: Philox as TensorFlow draws by it, and the hash of the other backends.
import type { Numbers } from './naive-kernels.js'
import { onTensorFlow } from './native.js'

/** `seed` holds one number; `size` numbers out. */
export const naiveNoise = (seed: Numbers, place: number, size: number): number[] =>
  (onTensorFlow() ? philoxNoise : hashedNoise)(Math.round(seed.values[0]!), place, size)

const WORD = 2n ** 32n - 1n
type Words = [bigint, bigint, bigint, bigint]

/** Philox4x32-10 (Salmon et al. 2011). */
function philox(counter: Words, key: [bigint, bigint]): Words {
  let [a, b, c, d] = counter
  let [left, right] = key
  for (let round = 0; round < 10; round++) {
    const [first, second] = [a * 0xd2511f53n, c * 0xcd9e8d57n]
    ;[a, b, c, d] = [(second >> 32n) ^ b ^ left, second & WORD, (first >> 32n) ^ d ^ right, first & WORD]
    ;[left, right] = [(left + 0x9e3779b9n) & WORD, (right + 0xbb67ae85n) & WORD]
  }
  return [a, b, c, d]
}

/** tensorflow/core/kernels/stateless_random_ops.cc: the two seeds give key and counter by one Philox of their own. */
function philoxNoise(seed: number, place: number, size: number): number[] {
  const mixed = philox([BigInt(seed), 0n, BigInt(place), 0n], [0x3ec8f720n, 0x02461e29n])
  const numbers: number[] = []
  for (let at = 0n; numbers.length < size; at++) {
    const words = philox([at, 0n, mixed[2], mixed[3]], [mixed[0], mixed[1]])
    for (const pair of [words.slice(0, 2), words.slice(2)]) {
      // 23 bits each, as many as a float32 has behind the point.
      const [first, second] = pair.map((word) => Number(word & 0x7fffffn) / 2 ** 23) as [number, number]
      const radius = Math.sqrt(-2 * Math.log(Math.max(first, 1e-7)))
      numbers.push(radius * Math.sin(2 * Math.PI * second), radius * Math.cos(2 * Math.PI * second))
    }
  }
  return numbers.slice(0, size)
}

function hashedNoise(seed: number, place: number, size: number): number[] {
  const half = Math.ceil(size / 2)
  const keys = [seed % 4096, place % 4096, Math.floor(seed / 4096), Math.floor(place / 4096)]
  const uniform = (counter: number) => {
    let [left, right] = [Math.floor(counter / 4096), counter % 4096]
    for (let round = 1; round <= 8; round++) {
      const times = Math.floor(((round * 0.6180339887498949) % 1) * 4096) | 1
      const plus = Math.floor(((round * 0.7548776662466927) % 1) * 4096)
      const mixed = (right * times + ((keys[(round - 1) % 4]! + plus) % 4096)) % 4096
      ;[left, right] = [right, (left + Math.floor(mixed ** 2 / 64)) % 4096]
    }
    return Math.fround(left * 4096 + right + 0.5) / 2 ** 24
  }
  const polar = (i: number) => ({
    radius: Math.sqrt(-2 * Math.log(uniform(i))),
    angle: 2 * Math.PI * uniform(half + i),
  })
  const pairs = Array.from({ length: half }, (_, i) => polar(i))
  const cosines = pairs.map(({ radius, angle }) => radius * Math.cos(angle))
  const sines = pairs.map(({ radius, angle }) => radius * Math.sin(angle))
  return [...cosines, ...sines].slice(0, size)
}
