// Where the states of a cell stand when it is drawn, and the way each edge takes between them: dagre's layered layout.
import * as dagre from '@dagrejs/dagre'
import type { Operator } from './operators.js'
import type { GenotypeCell } from './genotype.js'
import { stateText, type Wiring } from './edge-text.js'

/** What of dagre is used here: its own types do not resolve in Node's modules. */
interface Graph {
  setGraph(options: object): void
  setNode(id: string, size: object): void
  setEdge(from: string, to: string, label: object, name: string): void
  node(id: string): Point
  edges(): { readonly v: string; readonly w: string; readonly name: string }[]
  edge(edge: object): { readonly points: Point[]; readonly x?: number; readonly y?: number }
}
const { graphlib, layout } = dagre as unknown as {
  graphlib: { Graph: new (options: object) => Graph }
  layout: (graph: Graph) => void
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface PlacedState extends Point {
  readonly id: string
  readonly label: string
  readonly kind: 'input' | 'node' | 'output'
}

export interface PlacedEdge {
  readonly id: string
  readonly source: string
  readonly target: string
  /** Null where states are only gathered into the output. */
  readonly operator: Operator | null
  readonly points: readonly Point[]
  readonly label: Point
}

export interface PlacedCell {
  readonly states: readonly PlacedState[]
  readonly edges: readonly PlacedEdge[]
  readonly width: number
  readonly height: number
}

export const STATE_SIZE = { width: 56, height: 34 }
const LABEL_SIZE = { width: 80, height: 22 }

/** @param downwards from top to bottom, for narrow screens; else from left to right. */
export function layoutCell(wiring: Wiring, cell: GenotypeCell, downwards: boolean): PlacedCell {
  const { inputs } = wiring
  const graph = new graphlib.Graph({ multigraph: true })
  graph.setGraph({
    rankdir: downwards ? 'TB' : 'LR',
    nodesep: downwards ? 8 : 22,
    ranksep: downwards ? 40 : 44,
    edgesep: downwards ? 6 : 12,
    marginx: 4,
    marginy: 4,
  })
  const labels = new Map<string, PlacedState['kind']>()
  const put = (id: string, kind: PlacedState['kind']) => {
    labels.set(id, kind)
    graph.setNode(id, { ...STATE_SIZE })
  }
  for (let state = 0; state < inputs; state++) put(String(state), 'input')
  // In nas-bench-201 the last node is the output; in darts all nodes are gathered into one.
  const gathers = wiring.network === 'darts'
  cell.forEach((_, node) => put(String(inputs + node), !gathers && node === cell.length - 1 ? 'output' : 'node'))
  if (gathers) put('out', 'output')
  const operators = new Map<string, Operator>()
  cell.forEach((edges, node) =>
    edges.forEach(({ operator, from }, i) => {
      operators.set(`${node}-${i}`, operator)
      graph.setEdge(String(from), String(inputs + node), { ...LABEL_SIZE, labelpos: 'c' }, `${node}-${i}`)
    }),
  )
  if (gathers)
    cell.forEach((_, node) => graph.setEdge(String(inputs + node), 'out', { width: 0, height: 0 }, `out-${node}`))
  layout(graph)
  const text = (id: string) => (id === 'out' ? 'out' : stateText(wiring, Number(id)))
  const states = [...labels].map(([id, kind]) => {
    const { x, y } = graph.node(id)
    return { id, kind, label: text(id), x, y }
  })
  const edges = graph.edges().map((edge) => {
    const placed = graph.edge(edge)
    const [source, target] = [graph.node(edge.v), graph.node(edge.w)]
    const out = downwards ? { x: 0, y: STATE_SIZE.height / 2 } : { x: STATE_SIZE.width / 2, y: 0 }
    const middle = placed.points[Math.floor(placed.points.length / 2)]!
    return {
      id: edge.name,
      source: edge.v,
      target: edge.w,
      operator: operators.get(edge.name) ?? null,
      // All edges leave and enter a state at the middle of its side; between, they pass where dagre keeps a way free.
      points: [
        { x: source.x + out.x, y: source.y + out.y },
        ...placed.points.slice(1, -1),
        { x: target.x - out.x, y: target.y - out.y },
      ],
      label: { x: placed.x ?? middle.x, y: placed.y ?? middle.y },
    }
  })
  return fitted(states, edges)
}

/** Moves all into the smallest box that holds it: dagre's own leaves out where edges without a label pass. */
function fitted(states: readonly PlacedState[], edges: readonly PlacedEdge[]): PlacedCell {
  const boxes = [
    ...states.map((state) => ({ ...state, ...STATE_SIZE })),
    ...edges.flatMap(({ operator, label }) => (operator ? [{ ...label, ...LABEL_SIZE }] : [])),
    ...edges.flatMap(({ points }) => points.map((point) => ({ ...point, width: 4, height: 4 }))),
  ]
  const left = Math.min(...boxes.map((box) => box.x - box.width / 2))
  const top = Math.min(...boxes.map((box) => box.y - box.height / 2))
  const moved = <Place extends Point>(place: Place): Place => ({ ...place, x: place.x - left, y: place.y - top })
  return {
    states: states.map(moved),
    edges: edges.map((edge) => ({ ...edge, points: edge.points.map(moved), label: moved(edge.label) })),
    width: Math.max(...boxes.map((box) => box.x + box.width / 2)) - left,
    height: Math.max(...boxes.map((box) => box.y + box.height / 2)) - top,
  }
}

/** A way through the points that runs along the direction of the drawing at each of them. */
export function smoothPath(points: readonly Point[], downwards: boolean): string {
  const [start, ...rest] = points
  if (!start) return ''
  let path = `M ${start.x} ${start.y}`
  let before = start
  for (const point of rest) {
    const [x, y] = [(before.x + point.x) / 2, (before.y + point.y) / 2]
    path += downwards
      ? ` C ${before.x} ${y} ${point.x} ${y} ${point.x} ${point.y}`
      : ` C ${x} ${before.y} ${x} ${point.y} ${point.x} ${point.y}`
    before = point
  }
  return path
}
