// The confusion table and chart on figures whose means, deviations and places are reckoned by hand.
import { describe, expect, it } from 'vitest'
import { confusionText, matchedCells, type ConfusionResult, type DepthResult } from './cli-confusion-text.js'
import { meanAndDeviation } from './mean-and-deviation.js'

/** After fresh weights alone: a seed for each cosine. */
const depth = (cells: number, ...cosines: number[]): DepthResult => ({
  cells,
  seeds: cosines.map((lowCosine) => [
    { pairs: 3, lowCosine, minCosine: lowCosine - 0.1, negativeShare: 0.25, minInnerProduct: -2.5 },
  ]),
})

describe('confusionText', () => {
  const told: Omit<ConfusionResult, 'matched'> = {
    ...{ space: 'darts', stage: 1, dataset: 'cifar10', channels: 16, finalChannels: 36 },
    ...{ seeds: [1, 2], statistic: 'lowCosine', steps: [0], batches: 3, batch: 128 },
    final: depth(20, 0.1, 0.3),
    depths: [depth(8, 0.9, 1.1), depth(14, 0.1, 0.1)],
  }
  const text = confusionText({ ...told, matched: [matchedCells(told, 0)] })

  it('shows mean and deviation over seeds', () => {
    expect(meanAndDeviation([0.9, 1.1]).mean).toBeCloseTo(1, 12)
    expect(meanAndDeviation([0.9, 1.1]).deviation).toBeCloseTo(Math.SQRT1_2 / 5, 12)
    expect(meanAndDeviation([3])).toEqual({ mean: 3, deviation: 0 })
    expect(text).toContain('8 cells    1.000 ± 0.141  0.900 ± 0.141  25.0 % ± 0.0 %     -2.5 ± 0.0')
    expect(text).toContain('final, 20  0.200 ± 0.141')
  })

  it('draws all rows on one scale, with the final network in each, and names the nearest depth', () => {
    const rows = text.split('\n')
    const chart = rows.slice(rows.findIndex((row) => row.startsWith('5 % quantile of')) + 1)
    // From 0.059 to 1.141 in 60 places, 0.018 each: 0.1 is at place 2, 0.2 at 8 (0 to 15), 1 at 51 (44 to 59).
    expect(chart[0]).toBe(`8 cells    ${' '.repeat(8)}|${' '.repeat(35)}-------o--------`)
    expect(chart[1]).toBe(`14 cells   ${' '.repeat(2)}o${' '.repeat(5)}|`)
    expect(chart[2]).toBe(`final, 20  --------o-------`)
    expect(text).toContain('Nearest the final network: 14 cells\n')
  })
})
