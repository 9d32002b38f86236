// A space that somebody wrote, as a small YAML (or JSON) file; what is wrong is told with its line.
import { z } from 'zod'
import { nearestNames } from './nearest.js'
import { OPERATOR_FACTS, OPERATORS, type Operator } from './operators.js'
import { completeEdges } from './space-edges.js'
import { CELL_KINDS, NETWORK_NAMES, spaceOfNetwork, type CellKind, type Space, type SpaceEdge } from './spaces.js'
import { readYaml, YamlError, type Path, type YamlText } from './yaml-text.js'

export class SpaceFileError extends Error {
  override name = 'SpaceFileError'
}

const operator = z.string()
const state = z.number().int().min(0)
const depth = z.number().int().min(1).max(100)

const edgeSchema = z
  .object({ cell: z.enum(CELL_KINDS), from: state, to: state, candidates: z.array(operator) })
  .strict()

/**
 * What a space file says. Whatever is absent is as in the published space of its network; `candidates` are those of every edge that
 * `edges` does not name; without `candidates` only the edges that are named exist.
 */
const spaceFileSchema = z
  .object({
    title: z.string().min(1).max(100),
    nodes: z.number().int().min(1).max(8),
    keep: z.union([z.number().int().min(1), z.literal('all')]),
    cells: z.tuple([depth, depth]),
    singleCells: depth,
    channels: z.number().int().min(1).max(512),
    candidates: z.array(operator),
    edges: z.array(edgeSchema),
    clusters: z.array(z.array(operator).min(1)),
  })
  .partial()
  .extend({ network: z.enum(NETWORK_NAMES) })
  .strict()
type SpaceFile = z.infer<typeof spaceFileSchema>

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
  const { value, lineOf } = readLines(text)
  const fault: Fault = (path, message) => new SpaceFileError(`Line ${lineOf(path)}: ${message}`)
  const read = spaceFileSchema.safeParse(value)
  if (!read.success) throw misfit(read.error.issues[0]!, value, fault)
  return spaceFrom(read.data, fault)
}

function readLines(text: string): YamlText {
  try {
    return readYaml(text)
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    throw new SpaceFileError(`Line ${error.line}: Expected YAML, but it cannot be read: ${error.message}.`)
  }
}

/** A value that the schema refuses, told as expected and received. */
function misfit(issue: z.core.$ZodIssue, value: unknown, fault: Fault): SpaceFileError {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys as [string]
    const known = Object.keys(path.length === 0 ? spaceFileSchema.shape : edgeSchema.shape)
    return fault([...path, key], `${expected(`one of the keys ${known.join(', ')}`, key)} ${didYouMean(key, known)}`)
  }
  const received = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value)
  const place = path.length > 0 ? `${path.join('.')}: ` : ''
  if (issue.code === 'invalid_value')
    return fault(path, `${place}${expected(issue.values.map(String).join(' or '), received)}`)
  if (issue.code === 'invalid_union')
    return fault(path, `${place}${expected('all or a whole number from 1', received)}`)
  if (issue.code === 'invalid_type')
    return fault(path, `${place}${expected(KINDS[issue.expected] ?? issue.expected, received)}`)
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`
    const counted = COUNTED[issue.origin] ?? ''
    const size = counted ? (received as { length: number }).length : received
    return fault(path, `${place}${expected(`${bound}${counted}`, size)}`)
  }
  return fault(path, `${place}${issue.message}.`)
}

const COUNTED: Readonly<Record<string, string>> = { array: ' entries', string: ' characters' }

const KINDS: Readonly<Record<string, string>> = {
  object: 'keys and values',
  array: 'a list',
  tuple: 'a list of two whole numbers',
  string: 'a name',
  number: 'a number',
  int: 'a whole number',
}

const expected = (what: string, received: unknown) => `Expected ${what}, but received ${shown(received)}.`
const didYouMean = (name: string, known: readonly string[]) => `Did you mean ${nearestNames(name, known).join(' or ')}?`

function shown(value: unknown): string {
  if (value === '') return 'an empty text'
  if (Array.isArray(value)) return 'a list'
  if (value === undefined || value === null) return 'nothing'
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return 'keys and values'
  const text = String(value).replace(/\s+/g, ' ')
  return text.length > 40 ? `${text.slice(0, 40)}...` : text
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
  if (keep !== null && keep > inputs)
    throw fault(
      ['keep'],
      `Expected keep: all or at most ${inputs}, the edges into the first node, but received ${keep}.`,
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
  const named = new Set<number>()
  file.edges?.forEach(({ cell, from, to, candidates }, i) => {
    const at = edges.findIndex((edge) => edge.cell === cell && edge.from === from && edge.to === to)
    if (at < 0)
      throw fault(
        ['edges', i],
        `Expected an edge of ${cellKinds.join(' or ')} cells from a state to a later node (${inputs} to ${inputs + nodes - 1}), but received ${cell} ${from} to ${to}.`,
      )
    if (named.has(at))
      throw fault(['edges', i], `Expected each edge once, but received ${cell} ${from} to ${to} twice.`)
    named.add(at)
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
        `${expected(`an operator (${OPERATORS.join(', ')})`, name)} ${didYouMean(name, OPERATORS)}`,
      )
    return one
  })
  const real = known.filter((one) => one !== 'none')
  if (known.length === 0)
    throw fault(
      path,
      'Expected candidates, but received an empty list: to have no edge there, leave it out and name only the edges that there are.',
    )
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
  if (file.clusters.length > real.length)
    throw fault(
      ['clusters'],
      `Expected at most ${real.length} clusters, as many as there are operators, but received ${file.clusters.length}.`,
    )
  const seen = new Set<string>()
  file.clusters.forEach((cluster, i) =>
    cluster.forEach((name, j) => {
      const path = ['clusters', i, j]
      if (!real.some((one) => one === name))
        throw fault(
          path,
          `${expected(`an operator that some edge may choose (${real.join(', ')})`, name)} ${didYouMean(name, real)}`,
        )
      if (seen.has(name)) throw fault(path, `Expected each operator in one cluster, but received ${name} twice.`)
      seen.add(name)
    }),
  )
  const missing = real.filter((one) => !seen.has(one))
  if (missing.length > 0)
    throw fault(['clusters'], `Expected every operator in a cluster, but ${missing.join(', ')} is in none.`)
  return file.clusters as Operator[][]
}
