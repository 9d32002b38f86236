// How the two stages decide together.
import { SPACES } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { sameClusters, stageOneCandidates, stageTwoCandidates } from '../space/candidates.js'
import { deriveGenotype } from '../space/derive.js'
import { deriveFromBoth } from './stacnas.js'

const space = SPACES.darts
const { clusters } = space

describe('deriveFromBoth', () => {
  it('ranks an edge that stage 1 decided by what stage 1 measured of it, not by the share of 1 that is left', () => {
    const { edges } = space
    // Every edge from the first input goes on as skip (cluster 1) by a hair, every other as separable (2) clearly.
    const chosen = edges.map(({ from }) => (from === 0 ? 1 : 2))
    const logitsOne = edges.map(({ from }) => (from === 0 ? [0, 0.1, 0, 0, 0] : [0, 0, 3, 0, 0]))
    const one = { candidates: stageOneCandidates(space, sameClusters(clusters)), logits: logitsOne }
    const two = stageTwoCandidates(space, sameClusters(clusters), chosen, 'freeze')
    const logits = edges.map(({ from }) => (from === 0 ? [5] : [0, 2, 0]))
    const { normal } = deriveFromBoth((of, at) => deriveGenotype(space, of, at), one, two, logits)
    // Node 0 has but two edges and keeps the skip; the nodes after it find two better ones.
    expect(normal[0]!.map(({ operator }) => operator).sort()).toEqual(['sep_conv_5x5', 'skip_connect'])
    for (const node of normal.slice(1))
      expect(node.map(({ operator }) => operator)).toEqual(['sep_conv_5x5', 'sep_conv_5x5'])
  })
})
