// A space that somebody wrote, as a small YAML (or JSON) file; what is wrong is told with its line.
import { isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { nearestNames } from './nearest.js'
import { OPERATOR_FACTS, OPERATORS, type Operator } from './operators.js'
import { completeEdges } from './space-edges.js'
import { CELL_KINDS, networkNameSchema, spaceOfNetwork, type CellKind, type Space, type SpaceEdge } from './spaces.js'

export class SpaceFileError extends Error {
  override name = 'SpaceFileError'
}

const operator = z.string()
const state = z.number().int().min(0)
const depth = z.number().int().min(1).max(100)

/**
 * What a space file says. Whatever is absent is as in the published space of its network; `candidates` are those of every edge that
 * `edges` does not name; without `candidates` only the edges that are named exist.
 */
const spaceFileSchema = z
  .object({
    title: z.string().min(1).max(100),
    network: networkNameSchema,
    nodes: z.number().int().min(1).max(8),
    keep: z.union([z.number().int().min(1), z.literal('all')]),
    cells: z.tuple([depth, depth]),
    singleCells: depth,
    channels: z.number().int().min(1).max(512),
    candidates: z.array(operator),
    edges: z.array(
      z.object({ cell: z.enum(CELL_KINDS), from: state, to: state, candidates: z.array(operator) }).strict(),
    ),
    clusters: z.array(z.array(operator).min(1)),
  })
  .partial()
  .required({ network: true })
  .strict()
type SpaceFile = z.infer<typeof spaceFileSchema>

type Path = readonly PropertyKey[]
/** Says where in the text, and what. */
type Fault = (path: Path, message: string) => SpaceFileError

/**
 * The space that the text describes, named `custom`.
 * @throws {SpaceFileError} with the line of the first fault, what was expected there and what was received
 */
export function readSpaceFile(text: string): Space {
  if (text.trim() === '')
    throw new SpaceFileError(
      'Expected a space file for space custom, but received none: give its text, or --space FILE.',
    )
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const [syntax] = document.errors
  if (syntax)
    throw new SpaceFileError(
      `Line ${lines.linePos(syntax.pos[0]).line}: ${syntax.message.split('\n')[0]!.replace(/ at line .*$/, '')}`,
    )
  const fault: Fault = (path, message) => new SpaceFileError(`Line ${lineAt(document, lines, path)}: ${message}`)
  const read = spaceFileSchema.safeParse(document.toJS({ maxAliasCount: 100 }))
  if (!read.success) {
    const { path, message } = read.error.issues[0]!
    throw fault(path, `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`)
  }
  return spaceFrom(read.data, fault)
}

/** The line of what the path leads to, or of the nearest thing around it. */
function lineAt(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    const at =
      isScalar(node) || (node && typeof node === 'object' && 'range' in node)
        ? (node as { range?: [number] }).range
        : null
    if (at) return lines.linePos(at[0]).line
  }
  return 1
}

function spaceFrom(file: SpaceFile, fault: Fault): Space {
  const published = spaceOfNetwork(file.network)
  const { inputs, cellKinds, minCells } = published
  const nodes = file.nodes ?? published.nodes
  const keep = file.keep === undefined ? published.keep : file.keep === 'all' ? null : file.keep
  if (file.network === 'nas-bench-201' && keep !== null)
    throw fault(
      ['keep'],
      `Expected keep: all in network nas-bench-201, whose nodes keep every edge, but received ${keep}.`,
    )
  for (const key of ['cells', 'singleCells'] as const) {
    const least = Math.min(...[file[key] ?? minCells].flat())
    if (least < minCells)
      throw fault([key], `Expected at least ${minCells} cells in network ${file.network}, but received ${least}.`)
  }
  const edges = edgesFrom(file, { cellKinds, inputs, nodes, keep }, fault)
  const candidates = OPERATORS.filter((one) => edges.some((edge) => edge.candidates.includes(one)))
  return {
    ...published,
    name: 'custom',
    title: file.title ?? 'Own space',
    nodes,
    keep,
    cells: file.cells ?? published.cells,
    singleCells: file.singleCells ?? published.singleCells,
    channels: file.channels ?? published.channels,
    candidates,
    edges,
    clusters: clustersFrom(file, candidates, fault),
  }
}

interface Wiring {
  readonly cellKinds: readonly CellKind[]
  readonly inputs: number
  readonly nodes: number
  readonly keep: number | null
}

function edgesFrom(file: SpaceFile, { cellKinds, inputs, nodes, keep }: Wiring, fault: Fault): SpaceEdge[] {
  const everywhere = file.candidates ? operatorsOf(file.candidates, ['candidates'], fault) : []
  if (!file.candidates && !file.edges) throw fault([], 'Expected candidates, edges or both, but received neither.')
  const edges = completeEdges(cellKinds, inputs, nodes, everywhere)
  file.edges?.forEach(({ cell, from, to, candidates }, i) => {
    const at = edges.findIndex((edge) => edge.cell === cell && edge.from === from && edge.to === to)
    if (at < 0)
      throw fault(
        ['edges', i],
        `Expected an edge of ${cellKinds.join(' or ')} cells from a state to a later node (${inputs} to ${inputs + nodes - 1}), but received ${cell} ${from} to ${to}.`,
      )
    edges[at] = { ...edges[at]!, candidates: operatorsOf(candidates, ['edges', i, 'candidates'], fault) }
  })
  const there = edges.filter((edge) => edge.candidates.length > 0)
  for (const cell of cellKinds)
    for (let to = inputs; to < inputs + nodes; to++) {
      const incoming = there.filter((edge) => edge.cell === cell && edge.to === to).length
      if (incoming < (keep ?? 1))
        throw fault(
          ['edges'],
          `Expected at least ${keep ?? 1} edges into node ${to} of the ${cell} cell, but received ${incoming}. Name more edges, or give candidates for all.`,
        )
    }
  return there
}

function operatorsOf(names: readonly string[], path: Path, fault: Fault): Operator[] {
  const known = names.map((name, i) => {
    const one = OPERATORS.find((each) => each === name)
    if (!one)
      throw fault(
        [...path, i],
        `Expected an operator (${OPERATORS.join(', ')}), but received ${name}. Did you mean ${nearestNames(name, OPERATORS).join(' or ')}?`,
      )
    return one
  })
  const real = known.filter((one) => one !== 'none')
  if (known.length === 0)
    throw fault(path, 'Expected candidates, but received none at all: leave the edge out to have none there.')
  if (real.length === 0) throw fault(path, 'Expected a candidate besides none, which never wins an edge.')
  if (known.length === 1)
    throw fault(path, `Expected at least 2 candidates to choose from, but received only ${known[0]}.`)
  return known
}

function clustersFrom(file: SpaceFile, candidates: readonly Operator[], fault: Fault): Operator[][] {
  const real = candidates.filter((one) => one !== 'none')
  if (!file.clusters) {
    const families = [...new Set(real.map((one) => OPERATOR_FACTS[one].family))]
    return families.map((family) => real.filter((one) => OPERATOR_FACTS[one].family === family))
  }
  const seen = new Set<string>()
  file.clusters.forEach((cluster, i) =>
    cluster.forEach((name, j) => {
      const path = ['clusters', i, j]
      if (!real.some((one) => one === name))
        throw fault(path, `Expected an operator that some edge may choose (${real.join(', ')}), but received ${name}.`)
      if (seen.has(name)) throw fault(path, `Expected each operator in one cluster, but received ${name} twice.`)
      seen.add(name)
    }),
  )
  const missing = real.filter((one) => !seen.has(one))
  if (missing.length > 0)
    throw fault(['clusters'], `Expected every operator in a cluster, but ${missing.join(', ')} is in none.`)
  return file.clusters as Operator[][]
}
