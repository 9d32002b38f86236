// Which edges are measured in each space, and what they say together: all of them the same, absent operators left out.
import type { Operator } from '@cellboard/schema/operators'
import { SPACES } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { edgePools, measuredOperators, poolCorrelations } from './pool-edges.js'

const ends = (name: 'darts' | 'nas-bench-201') =>
  edgePools(SPACES[name], 'two').map(({ edges }) =>
    edges.map((edge) => [SPACES[name].edges[edge]!.from, SPACES[name].edges[edge]!.to]),
  )

describe('edgePools', () => {
  it('takes the two published edges of each kind of cell', () => {
    expect(ends('darts')).toEqual([[[0, 2], [4, 5], [0, 2], [4, 5]]]) // prettier-ignore
    expect(ends('nas-bench-201')).toEqual([[[0, 1], [2, 3]]]) // prettier-ignore
  })

  it('takes all edges, or those of each kind of cell', () => {
    const all = SPACES.darts.edges.map((_, edge) => edge)
    expect(edgePools(SPACES.darts, 'all')).toEqual([{ cell: null, edges: all }])
    expect(edgePools(SPACES.darts, 'cell-kind')).toEqual([
      { cell: 'normal', edges: all.slice(0, 14) },
      { cell: 'reduction', edges: all.slice(14) },
    ])
  })

  it('counts the only edge of a cell once', () => {
    const edge = { cell: 'normal', from: 0, to: 1, candidates: ['skip_connect'] } as const
    expect(edgePools({ edges: [edge], cellKinds: ['normal'] }, 'two')).toEqual([{ cell: null, edges: [0] }])
  })
})

describe('measuredOperators', () => {
  it('counts copies once and leaves none out', () => {
    expect(measuredOperators(['none', 'skip_connect', 'skip_connect', 'sep_conv_3x3'])).toEqual({
      operators: ['skip_connect', 'sep_conv_3x3'],
      places: [0, 2],
    })
  })
})

describe('poolCorrelations', () => {
  const operators: Operator[] = ['max_pool_3x3', 'avg_pool_3x3', 'skip_connect']

  it('is the mean over the edges that offer both', () => {
    const pooled = poolCorrelations(operators, [
      { operators, values: [[1, 0.9, 0.2], [0.9, 1, 0.4], [0.2, 0.4, 1]] }, // prettier-ignore
      { operators: ['skip_connect', 'max_pool_3x3'], values: [[1, 0.6], [0.6, 1]] }, // prettier-ignore
    ])
    expect(pooled).toEqual({ operators, rho: [[1, 0.9, 0.4], [0.9, 1, 0.4], [0.4, 0.4, 1]] }) // prettier-ignore
  })

  it('names pairs that no edge offers together, and takes them as unlike', () => {
    const pooled = poolCorrelations(operators, [
      { operators: ['max_pool_3x3', 'avg_pool_3x3'], values: [[1, 0.9], [0.9, 1]] }, // prettier-ignore
      { operators: ['skip_connect'], values: [[1]] },
    ])
    expect(pooled.rho).toEqual([[1, 0.9, 0], [0.9, 1, 0], [0, 0, 1]]) // prettier-ignore
    expect(pooled.unseen).toEqual([['max_pool_3x3', 'skip_connect'], ['avg_pool_3x3', 'skip_connect']]) // prettier-ignore
  })
})
