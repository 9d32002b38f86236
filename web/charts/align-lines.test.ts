// Lines on one axis: what is missing, what is a gap, what a readout shows.
import { expect, it } from 'vitest'
import { alignLines, legendAt } from './align-lines.js'

const line = (x: number[], y: number[]) => ({ label: 'loss', colour: 'red', width: 1, x, y })

it('joins steps, says nothing where a line has no point, and breaks at NaN', () => {
  const aligned = alignLines([line([1, 2, 3], [5, NaN, 4]), line([2, 10], [1, 2])])
  expect(aligned.x).toEqual([1, 2, 3, 10])
  expect(aligned.y).toEqual([
    [5, null, 4, undefined],
    [undefined, 1, undefined, 2],
  ])
})

it('widens a gap to the points around it, past the steps of other lines', () => {
  const aligned = alignLines([line([1, 5, 9], [1, NaN, 2]), line([1, 3, 4, 5, 7, 9], [0, 0, 0, 0, 0, 0])])
  expect(aligned.y[0]).toEqual([1, null, null, null, null, 2])
})

it('breaks at what a logarithmic axis cannot show', () => {
  expect(alignLines([line([1, 2], [0, 3])], true).y).toEqual([[null, 3]])
})

it('reads the newest piece at a place, or the value nearest before it', () => {
  const lines = [line([1, 2], [5, 4]), line([3, 9], [8, 7]), { ...line([1, 9], [0, 0]), label: 'other' }]
  const aligned = alignLines(lines)
  const read = (place: number) => legendAt(lines, aligned, place).map((entry) => entry.value)
  expect(aligned.x).toEqual([1, 2, 3, 9])
  expect(read(1)).toEqual([4, 0])
  expect(read(2)).toEqual([8, 0])
  expect(read(3)).toEqual([7, 0])
})
