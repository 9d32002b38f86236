// Networks that cannot be built are refused in a sentence; the published numbers are held in test/oracle/counts.test.ts.
import { describe, expect, it } from 'vitest'
import { SPACES } from '@cellboard/schema/spaces'
import { countGenotype, countSupernet, estimateMemory } from './cost.js'
import { PUBLISHED_GENOTYPES } from './presets.js'
import { parseGenotype } from './parse-genotype.js'

const supernet = { space: SPACES.darts, channels: 4, cells: 3, classes: 10 } as const
const genotype = { genotype: PUBLISHED_GENOTYPES.DARTS_V2!, channels: 4, cells: 8, classes: 10 } as const
const badSettings = (message: string): unknown =>
  expect.objectContaining({ code: 'BAD_SETTINGS', message: expect.stringContaining(message) as unknown })

describe('countSupernet', () => {
  it.each([
    [{ cells: 2 }, 'at least 3, but received 2'],
    [{ channels: 0 }, 'channels, at least 1, but received 0'],
    [{ channels: 2.5 }, 'received 2.5'],
    [{ classes: NaN }, 'received NaN'],
    [{ imageChannels: -1 }, 'image channels'],
    [{ imageSize: 30 }, 'multiple of 4, but received 30'],
    [{ candidates: [] }, 'candidates for 28 edges, but received 0'],
    [{ candidates: SPACES.darts.edges.map(() => []) }, 'candidate on every edge'],
    [{ candidates: SPACES.darts.edges.map(() => ['nor_conv_1x1'] as const) }, 'but received nor_conv_1x1'],
  ])('refuses %j', (change, message) => {
    expect(() => countSupernet({ ...supernet, ...change })).toThrow(badSettings(message))
  })

  it('follows the image: fewer pixels cost less work and memory, and the same weights', () => {
    const small = countSupernet({ ...supernet, imageSize: 8 })
    const large = countSupernet({ ...supernet, imageSize: 32 })
    expect(small.parameters).toBe(large.parameters)
    expect(large.multiplyAdds / small.multiplyAdds).toBeCloseTo(16, 1)
    expect(large.activations / small.activations).toBeCloseTo(16, 1)
  })
})

describe('countGenotype', () => {
  it.each([
    [{ auxiliary: true, imageSize: 8 }, '7x7 or 8x8'],
    [{ stem: 'imagenet' as const, imageSize: 100 }, 'multiple of 32'],
    [{ genotype: { ...PUBLISHED_GENOTYPES.DARTS_V2!, normal: [] } }, 'Expected 1 to 8 nodes'],
    [
      {
        genotype: parseGenotype('|none~0|+|none~0|none~1|+|none~0|none~1|none~2|'),
        auxiliary: true,
      },
      'space darts for an auxiliary head',
    ],
  ])('refuses %#', (change, message) => {
    expect(() => countGenotype({ ...genotype, ...change })).toThrow(badSettings(message))
  })
  it('takes the auxiliary head on 28 pixels too', () => {
    const plain = countGenotype({ ...genotype, imageSize: 28 })
    const helped = countGenotype({ ...genotype, imageSize: 28, auxiliary: true })
    // 128 c + 256 + 393216 + 1536 + 769 classes, c = 16 channels of the first cell
    expect(helped.parameters - plain.parameters).toBe(128 * 64 + 256 + 393_216 + 1536 + 7690)
  })
})

describe('estimateMemory', () => {
  it('is 4 bytes for each kept float of each image, and for weights, gradients and momentum', () => {
    expect(estimateMemory({ activations: 1000, parameters: 10, batch: 8 })).toBe(4 * 8000 + 4 * 30)
  })
})
