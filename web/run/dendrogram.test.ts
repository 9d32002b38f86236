// A dendrogram's branches: leaves in an order in which nothing crosses, brackets over the middle of what they join.
import { expect, it } from 'vitest'
import { clusterRuns, layoutDendrogram } from './dendrogram.js'

// 0 and 3 first, 1 and 2 next, both pairs, and 4 last.
const MERGES = [
  { left: 0, right: 3, height: 0.1 },
  { left: 1, right: 2, height: 0.2 },
  { left: 5, right: 6, height: 0.6 },
  { left: 4, right: 7, height: 0.9 },
]

it('brings merged leaves side by side, and each bracket over the middle of what it joins', () => {
  const { order, branches, tallest } = layoutDendrogram(5, MERGES)
  expect(order).toEqual([4, 0, 3, 1, 2])
  expect(tallest).toBe(0.9)
  expect(branches[0]).toEqual({
    height: 0.1,
    arms: [
      { at: 1, height: 0 },
      { at: 2, height: 0 },
    ],
  })
  expect(branches[2]).toEqual({
    height: 0.6,
    arms: [
      { at: 1.5, height: 0.1 },
      { at: 3.5, height: 0.2 },
    ],
  })
  expect(branches[3]!.arms).toEqual([
    { at: 0, height: 0 },
    { at: 2.5, height: 0.6 },
  ])
})

it('keeps all that is merged together side by side, so that no bracket crosses another', () => {
  const { order } = layoutDendrogram(5, MERGES)
  const groups: number[][] = [[0], [1], [2], [3], [4]]
  for (const { left, right } of MERGES) groups.push([...groups[left]!, ...groups[right]!])
  for (const group of groups) {
    const places = group.map((leaf) => order.indexOf(leaf))
    expect(Math.max(...places) - Math.min(...places)).toBe(group.length - 1)
  }
})

it('draws leaves that nothing joins after the largest tree', () => {
  expect(layoutDendrogram(3, []).order).toEqual([0, 1, 2])
  expect(layoutDendrogram(4, [{ left: 2, right: 3, height: 0.4 }]).order).toEqual([2, 3, 0, 1])
})

it('finds the stretches that belong together', () => {
  const { order } = layoutDendrogram(5, MERGES)
  const cluster = [0, 1, 1, 0, 2]
  expect(clusterRuns(order, (leaf) => cluster[leaf]!)).toEqual([
    { cluster: 2, from: 0, to: 0 },
    { cluster: 0, from: 1, to: 2 },
    { cluster: 1, from: 3, to: 4 },
  ])
})
