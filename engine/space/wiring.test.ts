// The one order of edges that candidates, logits and shares are aligned with.
import { describe, expect, it } from 'vitest'
import { SPACES } from '@cellboard/schema/spaces'
import { cellKindAt, strideOf } from './wiring.js'

describe('edgesOf', () => {
  it('lists 14 edges of a normal and 14 of a reduction cell for darts, node by node', () => {
    const edges = SPACES.darts.edges
    const normal = edges.slice(0, 14)
    expect(edges).toHaveLength(28)
    expect(normal.every((edge) => edge.cell === 'normal')).toBe(true)
    expect(normal.map(({ from, to }) => `${from}>${to}`).join(' ')).toBe(
      '0>2 1>2 0>3 1>3 2>3 0>4 1>4 2>4 3>4 0>5 1>5 2>5 3>5 4>5',
    )
    expect(edges.slice(14)).toEqual(normal.map((edge) => ({ ...edge, cell: 'reduction' })))
  })
  it('lists 6 edges for nas-bench-201, whose reductions are fixed', () => {
    expect(SPACES['nas-bench-201'].edges.map(({ from, to }) => `${from}>${to}`)).toEqual(
      '0>1 0>2 1>2 0>3 1>3 2>3'.split(' '),
    )
  })
})

describe('strideOf', () => {
  it('is 2 only where a reduction cell reads its inputs', () => {
    const strided = SPACES.darts.edges.filter((edge) => strideOf(SPACES.darts, edge) === 2)
    expect(strided).toHaveLength(8)
    expect(strided.every((edge) => edge.cell === 'reduction' && edge.from < 2)).toBe(true)
  })
})

describe('cellKindAt', () => {
  it.each([
    [8, [2, 5]],
    [14, [4, 9]],
    [20, [6, 13]],
    [3, [1, 2]],
  ])('%i cells reduce at %j', (cells, expected) => {
    const reductions = Array.from({ length: cells }, (_, i) => i).filter((i) => cellKindAt(i, cells) === 'reduction')
    expect(reductions).toEqual(expected)
  })
})
