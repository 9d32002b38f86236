// Where a drawn cell's parts stand: in order, inside their box, whatever the direction.
import { expect, it } from 'vitest'
import { SPACES } from './spaces.js'
import { layoutCell, smoothPath, STATE_SIZE } from './cell-layout.js'

const sep = (from: number) => ({ operator: 'sep_conv_3x3' as const, from })
const DARTS_CELL = [
  [sep(0), sep(1)],
  [sep(0), sep(1)],
  [sep(1), sep(2)],
  [sep(0), sep(4)],
]

it.each([false, true])('lays a darts cell out from its inputs to its output, downwards %s', (downwards) => {
  const placed = layoutCell(SPACES.darts, DARTS_CELL, downwards)
  const along = (id: string) => {
    const state = placed.states.find((one) => one.id === id)!
    return downwards ? state.y : state.x
  }
  expect(placed.states.map((state) => state.label)).toEqual(['k−2', 'k−1', '0', '1', '2', '3', 'out'])
  expect(placed.edges.filter((edge) => edge.operator !== null)).toHaveLength(8)
  expect(placed.edges.filter((edge) => edge.operator === null)).toHaveLength(4)
  for (const { source, target } of placed.edges) expect(along(source)).toBeLessThan(along(target))
  for (const { x, y } of placed.states) {
    expect(x - STATE_SIZE.width / 2).toBeGreaterThanOrEqual(0)
    expect(x + STATE_SIZE.width / 2).toBeLessThanOrEqual(placed.width)
    expect(y + STATE_SIZE.height / 2).toBeLessThanOrEqual(placed.height)
  }
})

it('ends a nas-bench-201 cell in its last node', () => {
  const skip = (from: number) => ({ operator: 'skip_connect' as const, from })
  const placed = layoutCell(
    SPACES['nas-bench-201'],
    [[skip(0)], [skip(0), skip(1)], [skip(0), skip(1), skip(2)]],
    false,
  )
  expect(placed.states.map((state) => state.label)).toEqual(['in', '1', '2', 'out'])
  expect(placed.edges).toHaveLength(6)
})

it('draws a way through all points, along the direction at each', () => {
  const [a, b] = [
    { x: 0, y: 0 },
    { x: 10, y: 4 },
  ]
  expect(smoothPath([], false)).toBe('')
  expect(smoothPath([a, b], false)).toBe('M 0 0 C 5 0 5 4 10 4')
  expect(smoothPath([a, b], true)).toBe('M 0 0 C 0 2 10 2 10 4')
})
