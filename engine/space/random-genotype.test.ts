// Random cells: whole by the space's own rules, every choice as likely as the others, the same for the same stream.
import { SPACES, type PublishedSpaceName } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../data/random.js'
import { checkGenotype } from './check-genotype.js'
import { randomGenotype } from './random-genotype.js'

const draw = (space: PublishedSpaceName, count: number) => {
  const random = randomStream(1, 'cells', space)
  return Array.from({ length: count }, () => randomGenotype(SPACES[space], random))
}

describe('randomGenotype', () => {
  it.each(Object.keys(SPACES) as PublishedSpaceName[])('draws cells that %s has', (name) => {
    const space = SPACES[name]
    for (const genotype of draw(name, 50)) {
      checkGenotype(genotype)
      for (const kind of space.cellKinds)
        genotype[kind]!.forEach((node, i) => {
          const to = space.inputs + i
          expect(node).toHaveLength(Math.min(space.keep ?? to, to))
          expect(new Set(node.map(({ from }) => from)).size).toBe(node.length)
          for (const { operator, from } of node) {
            const edge = space.edges.find((one) => one.cell === kind && one.from === from && one.to === to)!
            expect(edge.candidates).toContain(operator)
            if (space.keep !== null) expect(operator).not.toBe('none')
          }
        })
    }
  })

  it('takes each pair of sources and each operator equally often, however often an edge lists it', () => {
    const cells = draw('darts-3-skip', 6000)
    const tally = (keys: string[]) => {
      const counts = new Map<string, number>()
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
      return counts
    }
    const pairs = tally(cells.map(({ normal }) => normal[3]!.map(({ from }) => from).join()))
    expect(pairs.size).toBe(10)
    for (const count of pairs.values()) expect(Math.abs(count - 600)).toBeLessThan(5 * Math.sqrt(600 * 0.9))
    const operators = tally(cells.map(({ reduction }) => reduction![0]![0]!.operator))
    expect(operators.size).toBe(5)
    for (const count of operators.values()) expect(Math.abs(count - 1200)).toBeLessThan(5 * Math.sqrt(1200 * 0.8))
  })

  it('draws none where every edge is kept', () => {
    const operators = draw('nas-bench-201', 200).flatMap(({ normal }) => normal.flat().map(({ operator }) => operator))
    expect(operators.filter((operator) => operator === 'none').length / operators.length).toBeCloseTo(0.2, 1)
  })

  it('gives the same cell for the same stream', () => {
    expect(draw('darts', 3)).toEqual(draw('darts', 3))
  })
})
