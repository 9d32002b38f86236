// The genotype that logits speak for, by both rankings, with ties and padding.
import { SPACES } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { gaussian, randomStream } from '../data/random.js'
import { allCandidates, sameClusters, stageTwoCandidates } from './candidates.js'
import { checkGenotype } from './check-genotype.js'
import { deriveGenotype, softmax } from './derive.js'

describe('softmax', () => {
  it('sums to 1, also where exponentials would overflow', () => {
    expect(softmax([0, Math.log(3)])).toEqual([0.25, 0.75].map((share) => expect.closeTo(share, 12) as unknown))
    expect(softmax([1000, 1000])).toEqual([0.5, 0.5])
  })
})

describe('deriveGenotype', () => {
  const candidates = allCandidates(SPACES.darts)
  const flat = () => candidates.map((edge) => edge.map(() => 0))

  it('resolves ties toward the lower operator and source, and never takes none', () => {
    const { normal, reduction } = deriveGenotype(SPACES.darts, candidates, flat())
    const node = [
      { operator: 'max_pool_3x3', from: 0 },
      { operator: 'max_pool_3x3', from: 1 },
    ]
    expect(normal).toEqual([node, node, node, node])
    expect(reduction).toEqual(normal)
    const zeroed = candidates.map((edge) => edge.map((operator) => (operator === 'none' ? 9 : 0)))
    expect(deriveGenotype(SPACES.darts, candidates, zeroed).normal).toEqual(normal)
  })

  it('keeps the two edges of a node whose best operator has the largest share, sources ascending', () => {
    const logits = flat()
    const at = (from: number, to: number) =>
      SPACES.darts.edges.findIndex((edge) => edge.cell === 'normal' && edge.from === from && edge.to === to)
    logits[at(4, 5)]![4] = 3
    logits[at(2, 5)]![7] = 2
    logits[at(0, 5)]![3] = 1
    expect(deriveGenotype(SPACES.darts, candidates, logits).normal[3]).toEqual([
      { operator: 'dil_conv_5x5', from: 2 },
      { operator: 'sep_conv_3x3', from: 4 },
    ])
  })

  it('ranks by share or by raw logit, which differ where an edge is shifted or none is strong', () => {
    const logits = flat()
    const edge = (from: number) => logits[SPACES.darts.edges.findIndex((e) => e.from === from && e.to === 4)]!
    edge(3).fill(5) // all logits high: shares stay even
    edge(2)[4] = 1
    edge(1)[4] = 2
    edge(1)[0] = 8 // none takes the edge
    const sources = (ranking: 'softmax' | 'logit') =>
      deriveGenotype(SPACES.darts, candidates, logits, ranking).normal[2]!.map(({ from }) => from)
    expect(sources('softmax')).toEqual([0, 2])
    expect(sources('logit')).toEqual([1, 3])
  })

  it('ignores padding behind the candidates of an edge', () => {
    const chosen = SPACES.darts.edges.map(() => 1)
    const skips = stageTwoCandidates(SPACES.darts, sameClusters(SPACES.darts.clusters), chosen, 'plain')
    const padded = skips.map((_, i) => [i / 10, 0, 99])
    expect(deriveGenotype(SPACES.darts, skips, padded)).toEqual(
      deriveGenotype(
        SPACES.darts,
        skips,
        padded.map((edge) => edge.slice(0, 2)),
      ),
    )
  })

  it('keeps every edge of nas-bench-201', () => {
    const candidates = allCandidates(SPACES['nas-bench-201'])
    const logits = candidates.map((edge, i) => edge.map((_, j) => (j === 1 + (i % 4) ? 1 : 0)))
    expect(deriveGenotype(SPACES['nas-bench-201'], candidates, logits)).toEqual({
      space: 'nas-bench-201',
      normal: [
        [{ operator: 'skip_connect', from: 0 }],
        [
          { operator: 'nor_conv_1x1', from: 0 },
          { operator: 'nor_conv_3x3', from: 1 },
        ],
        [
          { operator: 'avg_pool_3x3', from: 0 },
          { operator: 'skip_connect', from: 1 },
          { operator: 'nor_conv_1x1', from: 2 },
        ],
      ],
    })
  })

  it('gives a genotype that can be built and holds no none, whatever the logits', () => {
    const draw = gaussian(randomStream(1, 'logits'))
    for (let round = 0; round < 200; round++) {
      for (const space of ['darts', 'nas-bench-201'] as const) {
        const candidates = allCandidates(SPACES[space])
        const logits = candidates.map((edge) => edge.map(draw))
        const genotype = checkGenotype(
          deriveGenotype(SPACES[space], candidates, logits, round % 2 === 0 ? 'softmax' : 'logit'),
        )
        const nodes = [...genotype.normal, ...(genotype.reduction ?? [])]
        for (const node of nodes) {
          expect(new Set(node.map(({ from }) => from)).size).toBe(node.length)
          expect(node.every(({ operator }) => operator !== 'none')).toBe(true)
        }
      }
    }
  })
})
