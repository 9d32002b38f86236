// One numbering for all graphs that differ only in how their vertices are numbered. Vertices are told apart by what they read and who reads
// them, round by round; where that leaves a tie, each of the tied is put first in turn, and the least text is taken.

export interface Vertex {
  /** What it is: only vertices of one label can stand for one another. */
  readonly label: string
  /** Vertices before it, by index, and by which operator it reads them; in any order, repeats count. */
  readonly reads: readonly Read[]
}

export interface Read {
  readonly by: string
  readonly from: number
}

/** A class for each vertex, numbered without gaps; alike vertices are of one class. */
type Classes = readonly number[]

export interface CanonicalGraph {
  /** The same for all graphs that are isomorphic, and for no others. */
  readonly text: string
  /** Of each vertex, in this text: whoever is read comes first. */
  readonly numbers: readonly number[]
}

/** Vertices read only vertices with lower indices. */
export function canonicalGraph(vertices: readonly Vertex[]): CanonicalGraph {
  const depths: number[] = []
  for (const { reads } of vertices) depths.push(Math.max(0, ...reads.map(({ from }) => depths[from]! + 1)))
  return least(vertices, ranks(vertices.map(({ label }, i) => `${padded(depths[i]!)} ${label}`)))
}

function least(vertices: readonly Vertex[], classes: Classes): CanonicalGraph {
  const refined = refine(vertices, classes)
  const tied = firstTie(refined)
  if (tied.length === 0) return { text: textOf(vertices, refined), numbers: refined }
  // Where two of the tied lead to one text, some renumbering that keeps the graph takes the one to the other: one of them is enough.
  const seen = new Set<string>()
  const found = tied.flatMap((vertex) => {
    const first = putFirst(refined, vertex)
    const text = anyText(vertices, first)
    if (seen.has(text)) return []
    seen.add(text)
    return [least(vertices, first)]
  })
  return found.reduce((one, other) => (other.text < one.text ? other : one))
}

/** With the first of every tie taken. */
function anyText(vertices: readonly Vertex[], classes: Classes): string {
  const refined = refine(vertices, classes)
  const [first] = firstTie(refined)
  return first === undefined ? textOf(vertices, refined) : anyText(vertices, putFirst(refined, first))
}

function refine(vertices: readonly Vertex[], classes: Classes): Classes {
  const around = vertices.map(({ reads }): string[] =>
    reads.map(({ by, from }) => `reads ${by} ${padded(classes[from]!)}`),
  )
  vertices.forEach(({ reads }, i) =>
    reads.forEach(({ by, from }) => around[from]!.push(`read by ${by} ${padded(classes[i]!)}`)),
  )
  const refined = ranks(around.map((texts, i) => [padded(classes[i]!), ...texts.sort()].join()))
  return Math.max(...refined) === Math.max(...classes) ? refined : refine(vertices, refined)
}

/** The vertices of the first class that has more than one. */
function firstTie(classes: Classes): number[] {
  const members = Array.from({ length: Math.max(...classes) + 1 }, (): number[] => [])
  classes.forEach((one, vertex) => members[one]!.push(vertex))
  return members.find(({ length }) => length > 1) ?? []
}

const putFirst = (classes: Classes, vertex: number): Classes =>
  ranks(classes.map((one, i) => `${padded(one)} ${one === classes[vertex] && i !== vertex ? 1 : 0}`))

function ranks(keys: readonly string[]): Classes {
  const sorted = [...new Set(keys)].sort()
  const rank = new Map(sorted.map((key, i) => [key, i]))
  return keys.map((key) => rank.get(key)!)
}

/** Each vertex in the order of the classes, with what it reads by their numbers. */
function textOf(vertices: readonly Vertex[], classes: Classes): string {
  const texts: string[] = []
  vertices.forEach(({ label, reads }, i) => {
    const sources = reads.map(({ by, from }) => `${by}~${padded(classes[from]!)}`).sort()
    texts[classes[i]!] = `${label}(${sources.map((source) => source.replace(/~0+(?=\d)/, '~')).join()})`
  })
  return texts.join(' ')
}

/** So that texts sort as numbers do. */
const padded = (value: number): string => String(value).padStart(3, '0')
