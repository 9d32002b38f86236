// What each edge may choose in the stages of a search.
import type { Operator } from '@cellboard/schema/operators'
import { SPACES } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { publishedCandidates, stageOneCandidates, stageTwoCandidates } from './candidates.js'
import { edgesOf } from './wiring.js'

const { clusters } = SPACES.darts

describe('publishedCandidates', () => {
  it("gives every edge the space's operators", () => {
    expect(publishedCandidates('darts')).toHaveLength(28)
    expect(publishedCandidates('nas-bench-201')[5]).toEqual(SPACES['nas-bench-201'].candidates)
  })
})

describe('stageOneCandidates', () => {
  it('takes the first of each cluster and none last, as StacNAS was released', () => {
    const expected = ['max_pool_3x3', 'skip_connect', 'sep_conv_3x3', 'dil_conv_3x3', 'none']
    expect(stageOneCandidates('darts', clusters)).toEqual(edgesOf('darts').map(() => expected))
  })
})

describe('stageTwoCandidates', () => {
  const chosen = edgesOf('darts').map((_, i) => i % clusters.length)
  const secondStage = (rule: 'duplicate' | 'plain' | 'freeze') =>
    stageTwoCandidates('darts', clusters, chosen, rule).slice(0, 4)
  const pools: Operator[] = ['max_pool_3x3', 'avg_pool_3x3', 'none']
  const others: Operator[][] = [
    ['sep_conv_3x3', 'sep_conv_5x5', 'none'],
    ['dil_conv_3x3', 'dil_conv_5x5', 'none'],
  ]
  it.each([
    ['duplicate', ['skip_connect', 'skip_connect', 'none']],
    ['plain', ['skip_connect', 'none']],
    ['freeze', ['skip_connect']],
  ] as const)('holds the members of the chosen cluster; one alone: %s', (rule, alone) => {
    expect(secondStage(rule)).toEqual([pools, alone, ...others])
  })
})
