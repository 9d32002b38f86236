// When two genotypes are one architecture: the text that all isomorphic cells share. Architectures are kept and found by its hash.
import { canonicalGraph, type CanonicalGraph, type Vertex } from './canonical-graph.js'
import type { Genotype, GenotypeCell } from './genotype.js'
import { OPERATOR_FACTS, type Operator } from './operators.js'
import { spaceOfNetwork } from './spaces.js'

/**
 * In DARTS' network, whose cells hand out all their nodes, cells are isomorphic where they differ in the numbers of their nodes and the
 * order of their edges. In NAS-Bench-201's, whose cells hand out one state, they are where the same weights compute the same: a skip
 * hands its source on, none is no edge, pools have no weights, and of a convolution that nobody reads only its being there counts.
 * Stored hashes follow from this text: it must not change for any genotype.
 */
export function canonicalText({ space, normal, reduction }: Genotype): string {
  const { inputs } = spaceOfNetwork(space)
  if (space === 'nas-bench-201') return `${space} ${computationText(normal, inputs)}`
  const cells = { normal, ...(reduction && { reduction }) }
  return [space, ...Object.entries(cells).map(([kind, cell]) => `${kind} ${wiring(cell, inputs).text}`)].join(' ')
}

/** Inputs are told from one another by the cells that they come from. */
const inputVertices = (inputs: number): Vertex[] =>
  Array.from({ length: inputs }, (_, i) => ({ label: `in${i}`, reads: [] }))

function wiring(cell: GenotypeCell, inputs: number): CanonicalGraph {
  const nodes = cell.map((edges): Vertex => ({
    label: 'node',
    reads: edges.flatMap(({ operator, from }) => (operator === 'none' ? [] : [{ by: operator, from }])),
  }))
  return canonicalGraph([...inputVertices(inputs), ...nodes])
}

/** A cell of DARTS' network with its nodes and edges in canonical order: the same for all that are isomorphic. */
export function canonicalWiring(cell: GenotypeCell, inputs: number): GenotypeCell {
  const { numbers } = wiring(cell, inputs)
  const ordered: GenotypeCell = []
  cell.forEach((edges, i) => {
    const kept = edges
      .filter(({ operator }) => operator !== 'none')
      .map(({ operator, from }) => ({ operator, from: numbers[from]! }))
      .sort((a, b) => a.from - b.from || (a.operator < b.operator ? -1 : 1))
    ordered[numbers[inputs + i]! - inputs] = kept.length > 0 ? kept : [{ operator: 'none', from: 0 }]
  })
  return ordered
}

const isPool = (label: string): boolean => OPERATOR_FACTS[label as Operator]?.family === 'pooling'

/** Operators are the vertices; a state is the list of those that it sums. */
function computationText(cell: GenotypeCell, inputs: number): string {
  const vertices = inputVertices(inputs)
  const states = vertices.map((_, i) => [i])
  for (const edges of cell)
    states.push(
      edges.flatMap(({ operator, from }) => {
        const sources = states[from]!
        if (operator === 'none') return []
        if (operator === 'skip_connect') return sources
        return isPool(operator) ? poolOf(vertices, operator, sources) : [add(vertices, operator, sources)]
      }),
    )
  add(vertices, 'out', states.at(-1)!)
  const { read, unread } = sortOut(vertices)
  return [canonicalGraph(read).text, ...unread.map((label) => `unread ${label}`).sort()].join(' ')
}

function add(vertices: Vertex[], label: string, sources: readonly number[]): number {
  const reads = [...sources].sort((a, b) => a - b).map((from) => ({ by: '', from }))
  return vertices.push({ label, reads }) - 1
}

/** Pools of one state are one; of nothing they are nothing. */
function poolOf(vertices: Vertex[], operator: Operator, sources: readonly number[]): number[] {
  if (sources.length === 0) return []
  const pool = vertices[add(vertices, operator, sources)]!
  const same = vertices.findIndex(
    ({ label, reads }) =>
      label === operator && reads.map(({ from }) => from).join() === pool.reads.map(({ from }) => from).join(),
  )
  if (same < vertices.length - 1) vertices.pop()
  return [same]
}

/** What leads to the last vertex, numbered anew, and labels of the others that have weights. */
function sortOut(vertices: readonly Vertex[]): { read: Vertex[]; unread: string[] } {
  const leads = vertices.map(({ label }) => label.startsWith('in') || label === 'out')
  for (let i = vertices.length - 1; i >= 0; i--)
    if (leads[i]) for (const { from } of vertices[i]!.reads) leads[from] = true
  const numbers: number[] = []
  let number = 0
  leads.forEach((one, i) => (numbers[i] = one ? number++ : -1))
  return {
    read: vertices
      .filter((_, i) => leads[i])
      .map(({ label, reads }) => ({ label, reads: reads.map(({ by, from }) => ({ by, from: numbers[from]! })) })),
    unread: vertices.flatMap(({ label }, i) => (leads[i] || isPool(label) ? [] : [label])),
  }
}
