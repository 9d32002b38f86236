// Isomorphic cells have one canonical text, others have others: held against brute force, over all of NAS-Bench-201.
import fc from 'fast-check'
import { expect, describe, it } from 'vitest'
import { canonicalText, canonicalWiring } from './canonical-cell.js'
import type { Genotype, GenotypeCell } from './genotype.js'
import type { Operator } from './operators.js'

type Edge = GenotypeCell[number][number]

function permutations<T>(of: readonly T[]): T[][] {
  if (of.length === 0) return [[]]
  return of.flatMap((one, i) => permutations(of.toSpliced(i, 1)).map((rest) => [one, ...rest]))
}

describe('in the network of DARTS', () => {
  const INPUTS = 2
  const darts = (normal: GenotypeCell, reduction = normal): Genotype => ({ space: 'darts', normal, reduction })

  /** Few operators, so that isomorphic cells are drawn by chance too. */
  const cell = (nodes: number): fc.Arbitrary<GenotypeCell> =>
    fc.tuple(
      ...Array.from({ length: nodes }, (_, i) =>
        fc.array(
          fc.record({
            operator: fc.constantFrom<Operator>('skip_connect', 'sep_conv_3x3'),
            from: fc.nat({ max: INPUTS + i - 1 }),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      ),
    )

  /** The node that was number i becomes number order[i]; null where an edge would then go backwards. */
  function renumber(cell: GenotypeCell, order: readonly number[]): GenotypeCell | null {
    const number = (state: number) => (state < INPUTS ? state : INPUTS + order[state - INPUTS]!)
    const renumbered: Edge[][] = []
    cell.forEach((edges, i) => {
      renumbered[order[i]!] = edges.map(({ operator, from }) => ({ operator, from: number(from) }))
    })
    const forward = renumbered.every((edges, i) => edges.every(({ from }) => from < INPUTS + i))
    return forward ? renumbered : null
  }
  const plain = (cell: GenotypeCell) =>
    JSON.stringify(cell.map((edges) => edges.map(({ operator, from }) => `${operator} ${from}`).sort()))
  const all = (cell: GenotypeCell) =>
    permutations([...cell.keys()]).flatMap((order) => {
      const renumbered = renumber(cell, order)
      return renumbered ? [renumbered] : []
    })

  it('every renumbering and every order of edges gives the same text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }).chain(cell), (cell) => {
        const text = canonicalText(darts(cell))
        const ordered = canonicalWiring(cell, INPUTS)
        expect(canonicalText(darts(ordered))).toBe(text)
        for (const other of all(cell)) {
          expect(canonicalText(darts(other.map((edges) => [...edges].reverse())))).toBe(text)
          expect(canonicalWiring(other, INPUTS)).toEqual(ordered)
        }
      }),
    )
  })

  it('cells have one text if and only if some renumbering takes one to the other', () => {
    fc.assert(
      fc.property(cell(3), cell(3), (one, other) => {
        const isomorphic = all(one).some((renumbered) => plain(renumbered) === plain(other))
        expect(canonicalText(darts(one)) === canonicalText(darts(other))).toBe(isomorphic)
      }),
      { numRuns: 2000 },
    )
  })

  it('inputs are not interchangeable, a repeated edge counts, none does not, and cells keep their kinds', () => {
    const conv = (from: number): Edge => ({ operator: 'sep_conv_3x3', from })
    const none = (from: number): Edge => ({ operator: 'none', from })
    expect(canonicalText(darts([[conv(0)]]))).not.toBe(canonicalText(darts([[conv(1)]])))
    expect(canonicalText(darts([[conv(0)]]))).not.toBe(canonicalText(darts([[conv(0), conv(0)]])))
    expect(canonicalText(darts([[conv(0)]]))).toBe(canonicalText(darts([[conv(0), none(1)]])))
    expect(canonicalText(darts([[conv(0)], [conv(2)]], [[conv(1)]]))).not.toBe(
      canonicalText(darts([[conv(1)]], [[conv(0)], [conv(2)]])),
    )
  })

  it('takes the largest cells, however much of them is alike', () => {
    const conv = (from: number): Edge => ({ operator: 'sep_conv_3x3', from })
    const alike = Array.from({ length: 8 }, () => [conv(0), conv(1)])
    const pairs = (place: number) => Array.from({ length: 8 }, (_, i) => [conv(i % 2 === place ? INPUTS + i - 1 : 0)])
    expect(canonicalText(darts(alike, pairs(1)))).not.toBe(canonicalText(darts(pairs(1), alike)))
    const sources = [0, 0, 2, 0, 0, 3, 5, 6] // the same four pairs in another order
    expect(canonicalText(darts(alike, pairs(1)))).toBe(
      canonicalText(
        darts(
          alike,
          sources.map((from) => [conv(from)]),
        ),
      ),
    )
  })

  it('has a text that does not change: hashes of it are stored', () => {
    const [skip, pool]: Edge[] = [
      { operator: 'skip_connect', from: 0 },
      { operator: 'max_pool_3x3', from: 2 },
    ]
    expect(canonicalText(darts([[skip!, { operator: 'sep_conv_3x3', from: 1 }], [pool!]], [[skip!]]))).toBe(
      'darts normal in0() in1() node(sep_conv_3x3~1,skip_connect~0) node(max_pool_3x3~2) reduction in0() in1() node(skip_connect~0)',
    )
  })
})

describe('in the network of NAS-Bench-201', () => {
  const OPERATORS: readonly Operator[] = ['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3']
  const cells = Array.from({ length: 5 ** 6 }, (_, cell) =>
    Array.from({ length: 6 }, (_, edge) => OPERATORS[Math.floor(cell / 5 ** edge) % 5]!),
  )
  const toCell = ([a, b, c, d, e, f]: Operator[]): GenotypeCell =>
    [[a], [b, c], [d, e, f]].map((node) => node.map((operator, from) => ({ operator: operator!, from })))
  const textOf = (cell: Operator[]) => canonicalText({ space: 'nas-bench-201', normal: toCell(cell) })
  const groups = (keyOf: (cell: Operator[]) => string) => {
    const found = new Map<string, Operator[][]>()
    for (const cell of cells) {
      const key = keyOf(cell)
      found.set(key, [...(found.get(key) ?? []), cell])
    }
    return [...found.values()]
  }
  const sizes = (cell: Operator[]) =>
    ['nor_conv_1x1', 'nor_conv_3x3'].map((kind) => cell.filter((one) => one === kind).length).join()

  /** What some operator with its own weights makes of a value: anything that no two of them share. */
  const mix = (weights: number, value: number) =>
    Math.imul(Math.imul(value ^ weights, 0x9e3779b1) ^ (value >>> 13), 0x85ebca6b + 2 * weights)

  /** What the cell makes of an image whose values are one number; null stands for zeros. */
  function compute(cell: GenotypeCell, weights: readonly number[]): number | null {
    const states: (number | null)[] = [20_200_117]
    let convolution = 0
    for (const edges of cell) {
      const terms = edges.map(({ operator, from }) => {
        const value = states[from]!
        if (operator === 'none') return null
        if (operator === 'skip_connect') return value
        if (operator === 'avg_pool_3x3') return value === null ? null : mix(77, value)
        return mix(weights[convolution++]!, value ?? 1)
      })
      const summed = terms.filter((term) => term !== null)
      states.push(summed.length === 0 ? null : summed.reduce((sum, term) => (sum + term) | 0, 0))
    }
    return states.at(-1)!
  }

  /** Over all ways to hand the same weights out to the convolutions: alike for two cells that can compute the same. */
  function leastOutput(cell: Operator[]): string {
    const kinds = cell.filter((one) => one.startsWith('nor_conv'))
    const handOuts = permutations([...kinds.keys()]).map((order) =>
      kinds.map((kind, i) => 1000 + 31 * order[i]! + (kind === 'nor_conv_3x3' ? 7_000_000 : 0)),
    )
    return String(handOuts.map((weights) => compute(toCell(cell), weights) ?? 'zero').sort()[0])
  }

  it('two cells have one text if and only if, with the same weights, they compute the same', () => {
    const texts = new Map<string, string>()
    for (const cell of cells) {
      const computed = `${sizes(cell)} ${leastOutput(cell)}`
      const text = textOf(cell)
      expect(texts.get(computed) ?? text).toBe(text)
      texts.set(computed, text)
    }
    expect(new Set(texts.values()).size).toBe(texts.size)
  })

  it('there are 6,245 architectures, all cells of one having as many weights', () => {
    const found = groups(textOf)
    expect(found).toHaveLength(6245)
    expect(found.every((group) => new Set(group.map(sizes)).size === 1)).toBe(true)
  })

  /** The benchmark's own text of a cell (D-X-Y/AutoDL-Projects, Structure.to_unique_str), told anew. */
  function benchmarkText(cell: Operator[], zeros: boolean): string {
    const states = ['0']
    for (const edges of toCell(cell)) {
      const terms = edges.map(({ operator, from }) => {
        const source = states[from]!
        if (zeros && (operator === 'none' || source === '#')) return '#'
        return operator === 'skip_connect' ? source : `(${source})@${operator}`
      })
      states.push(terms.sort().join('+'))
    }
    return states.at(-1)!
  }

  it('which is not what the benchmark counts: its 6,466 take cells of different sizes for one', () => {
    const found = groups((cell) => benchmarkText(cell, true))
    expect(found).toHaveLength(6466)
    expect(groups((cell) => benchmarkText(cell, false))).toHaveLength(12_751)
    expect(found.filter((group) => new Set(group.map(sizes)).size > 1)).toHaveLength(578)
  })

  it('takes the largest cells, however much of them is alike', () => {
    const full = (operator: (to: number, from: number) => Operator): GenotypeCell =>
      Array.from({ length: 8 }, (_, i) =>
        Array.from({ length: i + 1 }, (_, from) => ({ operator: operator(i + 1, from), from })),
      )
    const layers = (first: readonly number[]) => (to: number, from: number) => {
      if (from === 0) return first.includes(to) ? 'nor_conv_1x1' : 'none'
      return first.includes(from) && !first.includes(to) && from < to ? 'nor_conv_3x3' : 'none'
    }
    const texts = [
      full(() => 'nor_conv_3x3'),
      full((to, from) => (from === 0 || to === 8 ? 'nor_conv_3x3' : 'none')),
      full((to, from) => (from === 0 ? 'nor_conv_3x3' : to === 8 ? 'skip_connect' : 'none')),
      full(layers([1, 2, 3])),
    ].map((normal) => canonicalText({ space: 'nas-bench-201', normal }))
    expect(new Set(texts).size).toBe(4)
  })

  it('has a text that does not change: hashes of it are stored', () => {
    expect(textOf(['nor_conv_3x3', 'skip_connect', 'none', 'avg_pool_3x3', 'skip_connect', 'nor_conv_1x1'])).toBe(
      'nas-bench-201 in0() avg_pool_3x3(~0) nor_conv_1x1(~0) nor_conv_3x3(~0) out(~1,~2,~3)',
    )
  })
})
