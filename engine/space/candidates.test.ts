// What each edge may choose in the stages of a search.
import type { Operator } from '@cellboard/schema/operators'
import { SPACES } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { allCandidates, sameClusters, stageOneCandidates, stageTwoCandidates } from './candidates.js'

const { clusters } = SPACES.darts

describe('allCandidates', () => {
  it("gives every edge the space's operators", () => {
    expect(allCandidates(SPACES.darts)).toHaveLength(28)
    expect(allCandidates(SPACES['nas-bench-201'])[5]).toEqual(SPACES['nas-bench-201'].candidates)
  })
})

describe('stageOneCandidates', () => {
  it('takes the first of each cluster and none last, as StacNAS was released', () => {
    const expected = ['max_pool_3x3', 'skip_connect', 'sep_conv_3x3', 'dil_conv_3x3', 'none']
    expect(stageOneCandidates(SPACES.darts, sameClusters(clusters))).toEqual(SPACES.darts.edges.map(() => expected))
  })
})

describe('stageTwoCandidates', () => {
  const chosen = SPACES.darts.edges.map((_, i) => i % clusters.length)
  const secondStage = (rule: 'duplicate' | 'plain' | 'freeze') =>
    stageTwoCandidates(SPACES.darts, sameClusters(clusters), chosen, rule).slice(0, 4)
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
