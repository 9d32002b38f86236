// The front, against the definition of dominance taken word by word.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pareto } from './pareto.js'

const direction = fc.constantFrom('higher' as const, 'lower' as const)
const small = fc.integer({ min: 0, max: 6 })

test('on the front is what no other is at least as good as in both and better than in one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ x: small, y: small }), { maxLength: 30 }),
      direction,
      direction,
      (points, x, y) => {
        const asGood = (a: number, b: number, way: string) => (way === 'higher' ? a >= b : a <= b)
        const dominates = (a: { x: number; y: number }, b: { x: number; y: number }) =>
          asGood(a.x, b.x, x) && asGood(a.y, b.y, y) && (a.x !== b.x || a.y !== b.y)
        const marked = pareto(
          points.map((point, of) => ({ of, ...point })),
          { x, y },
        )
        expect(marked).toHaveLength(points.length)
        for (const point of marked) expect(point.front).toBe(!points.some((other) => dominates(other, point)))
      },
    ),
    { numRuns: Number(process.env.CELLBOARD_CASES ?? 1_000) },
  )
})
