// The collapse report: its figures by hand, its verdicts at their borders, and since when they hold.
import type { Operator } from '@cellboard/schema/operators'
import { describe, expect, it } from 'vitest'
import { collapseReport } from './collapse.js'
import { historyOf } from './history-fixture.js'

const settings = { stopWindow: 1, stopRatio: 1.3 }
const candidates: Operator[][] = [['sep_conv_3x3', 'skip_connect', 'none'], ['skip_connect', 'none'], ['sep_conv_3x3']]
const even = [[0, 0, 0], [0, 0, 99], [0, 99, 99]] // prettier-ignore
const report = (...epochs: Parameters<typeof historyOf>[0]) =>
  collapseReport(historyOf(epochs.map((one) => ({ logits: even, ...one }))), candidates, settings)

describe('collapseReport', () => {
  it('tells shares of none and entropy without padding and without edges that have no choice', () => {
    expect(report({ eigenvalue: 0.25 })).toEqual({
      epoch: 1,
      skips: 0,
      edges: 8,
      noneShare: (1 / 3 + 1 / 2) / 2,
      entropy: expect.closeTo(1, 12) as number,
      eigenvalue: 0.25,
      verdict: 'healthy',
      reasons: [],
      since: null,
    })
    const decided = [[99, 0, 0], [Math.log(3), 0], [0]] // prettier-ignore
    const { noneShare, entropy } = report({ logits: decided })
    expect(noneShare).toBeCloseTo(1 / 8, 12)
    expect(entropy).toBeCloseTo(-(0.75 * Math.log2(0.75) + 0.25 * Math.log2(0.25)) / 2, 12)
  })

  it.each([
    { skips: 2, verdict: 'healthy', reasons: [] },
    { skips: 3, verdict: 'warning', reasons: ['3 of the 8 edges of the normal cell are skips.'] },
    { skips: 4, verdict: 'collapsed', reasons: ['4 of the 8 edges of the normal cell are skips.'] },
  ])('says $verdict of a cell with $skips skips', ({ skips, verdict, reasons }) => {
    expect(report({ skips })).toMatchObject({ skips, verdict, reasons, since: verdict === 'healthy' ? null : 1 })
  })

  it('warns where none holds more than half', () => {
    const zeroed = [[0, 0, Math.log(2)], [0, Math.log(4)], [0]] // prettier-ignore
    expect(report({ logits: zeroed })).toMatchObject({
      verdict: 'warning',
      reasons: ['none holds 65 % of the shares.'],
    })
  })

  it('warns where the eigenvalue grew, and says against which epoch', () => {
    expect(report({ eigenvalue: 1 }, {}, { eigenvalue: 1.4 })).toMatchObject({
      verdict: 'warning',
      reasons: ['The mean dominant eigenvalue is 1.40 times what it was around epoch 1.'],
      since: 3,
    })
    expect(report({ eigenvalue: 1 }, { eigenvalue: 1.2 })).toMatchObject({ verdict: 'healthy' })
  })

  it('knows since when it has not been healthy, whatever lay before', () => {
    const skips = [3, 0, 3, 4, 3].map((one) => ({ skips: one }))
    expect(report(...skips)).toMatchObject({ verdict: 'warning', since: 3 })
    expect(report(...skips, { skips: 0 })).toMatchObject({ verdict: 'healthy', since: null })
  })

  it('never looks at accuracy', () => {
    const history = historyOf([{ logits: even }])
    const poor = history.map((one) => ({ ...one, validationAccuracy: 0 }))
    expect(collapseReport(poor, candidates, settings)).toEqual(collapseReport(history, candidates, settings))
  })
})
