// Limits on a derived cell: kept, and nothing given up that they do not ask for.
import { SPACES } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { gaussian, randomStream } from '../data/random.js'
import { allCandidates } from './candidates.js'
import { countGenotype } from './cost.js'
import { deriveWithin, type GenotypeLimits } from './derive-within.js'
import { deriveGenotype } from './derive.js'

const space = SPACES.darts
const candidates = allCandidates(space)
const final = { channels: 36, cells: 20, classes: 10 }
const none: GenotypeLimits = { skips: Infinity, parameters: Infinity, multiplyAdds: Infinity, final }
const logitsOf = (seed: number) => {
  const draw = gaussian(randomStream(seed, 'logits'))
  return candidates.map((edge) => edge.map(() => draw()))
}
const skipsOf = (genotype: ReturnType<typeof deriveGenotype>) =>
  genotype.normal.flat().filter(({ operator }) => operator === 'skip_connect').length

describe('deriveWithin', () => {
  it('is deriveGenotype where nothing is limited', () => {
    for (let seed = 0; seed < 20; seed++)
      expect(deriveWithin(space, candidates, logitsOf(seed), 'softmax', none)).toEqual(
        deriveGenotype(space, candidates, logitsOf(seed)),
      )
  })

  it('gives up the skips that rank lowest', () => {
    // Skips lead everywhere; the second best operator of each edge is a separable convolution.
    const skip = space.candidates.indexOf('skip_connect')
    const separable = space.candidates.indexOf('sep_conv_3x3')
    const logits = candidates.map((edge, e) => edge.map((_, i) => (i === skip ? 2 + e / 100 : i === separable ? 1 : 0)))
    expect(skipsOf(deriveWithin(space, candidates, logits, 'softmax', none))).toBe(8)
    const two = deriveWithin(space, candidates, logits, 'softmax', { ...none, skips: 2 })
    expect(skipsOf(two)).toBe(2)
    expect(two.normal[3]!.map(({ operator }) => operator)).toEqual(['skip_connect', 'skip_connect']) // the highest logits
    expect(two.normal[0]!.map(({ operator }) => operator)).toEqual(['sep_conv_3x3', 'sep_conv_3x3'])
  })

  it('keeps any limit that can be kept, for random logits', () => {
    for (let seed = 0; seed < 30; seed++) {
      const limits = { ...none, skips: seed % 3, parameters: 2.5e6 + 2e5 * (seed % 5), multiplyAdds: 450e6 }
      const genotype = deriveWithin(space, candidates, logitsOf(seed), seed % 2 === 0 ? 'softmax' : 'logit', limits)
      const { parameters, multiplyAdds } = countGenotype({ ...final, genotype })
      expect(skipsOf(genotype)).toBeLessThanOrEqual(limits.skips)
      expect(parameters).toBeLessThanOrEqual(limits.parameters)
      expect(multiplyAdds).toBeLessThanOrEqual(limits.multiplyAdds)
      expect(genotype.normal.every((node) => node.length === 2 && node[0]!.from < node[1]!.from)).toBe(true)
    }
  })

  it('says how far it came where no cell is small enough', () => {
    const limits = { ...none, parameters: 1000 }
    expect(() => deriveWithin(space, candidates, logitsOf(1), 'softmax', limits)).toThrow(
      'Expected a cell with at most 1000 parameters, but space darts has none below',
    )
  })
})
