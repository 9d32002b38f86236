// Collapse reports of several stages on one axis.
import type { CollapseReport } from '@cellboard/schema/events'
import { expect, it } from 'vitest'
import { collapseCurves, pointsOf } from './collapse-curves.js'

const report = (stage: 1 | 2, epoch: number, since: number | null): CollapseReport => ({
  type: 'collapse-measured',
  stage,
  epoch,
  step: epoch,
  skips: 1,
  edges: 8,
  noneShare: 0.1,
  entropy: 0.9,
  eigenvalue: null,
  verdict: since === null ? 'healthy' : 'warning',
  reasons: since === null ? [] : ['Too many skips.'],
  since,
})
const STAGES = [
  { stage: 1, epochs: 2 },
  { stage: 2, epochs: 5 },
] as const

it('puts stages one after the other, and leaves room for the epochs to come', () => {
  const curves = collapseCurves([report(1, 1, null), report(1, 2, null), report(2, 1, null)], STAGES)
  expect(curves.marks).toEqual([{ x: 2.5, label: 'stage 2' }])
  expect(curves.ticks).toEqual([
    { x: 2, label: '2' },
    { x: 3, label: '1' },
  ])
  expect(curves.last).toBe(7)
  expect(curves.shadedFrom).toBeNull()
})

it('shades from the epoch since when something is wrong, in its own stage', () => {
  const reports = [report(1, 1, 1), report(1, 2, 1), report(2, 1, null), report(2, 2, 2), report(2, 3, 2)]
  expect(collapseCurves(reports, STAGES).shadedFrom).toBe(4)
})

it('knows nothing before the first report', () => {
  expect(collapseCurves([], [])).toEqual({ places: [], ticks: [], marks: [], shadedFrom: null, last: 0 })
})

it('breaks a line between stages, and leaves out what was not measured', () => {
  const reports = [
    report(1, 1, null),
    { ...report(1, 2, null), eigenvalue: 0.5 },
    { ...report(2, 1, null), eigenvalue: 2 },
  ]
  expect(pointsOf(reports, (one) => one.eigenvalue)).toEqual([
    { x: 2, y: 0.5 },
    { x: 2.5, y: NaN },
    { x: 3, y: 2 },
  ])
})
