// One cell drawn: its states in order and the chosen operators on its edges. Loaded only when there is a cell to show.
import type { GenotypeCell } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import {
  EdgeLabelRenderer,
  Handle,
  Position,
  ReactFlow,
  ReactFlowProvider,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import {
  layoutCell,
  smoothPath,
  STATE_SIZE,
  type PlacedCell,
  type PlacedState,
  type Point,
} from '@cellboard/schema/cell-layout'
import type { Wiring } from '@cellboard/schema/edge-text'
import { operatorLook } from './operator-chip.js'

type StateNode = Node<{ label: string; kind: PlacedState['kind']; downwards: boolean }, 'state'>
type OperatorEdge = Edge<
  { operator: Operator | null; points: readonly Point[]; label: Point; downwards: boolean },
  'operator'
>

function CellState({ data }: NodeProps<StateNode>) {
  return (
    <div className={`cell-state cell-state-${data.kind}`}>
      <Handle type="target" position={data.downwards ? Position.Top : Position.Left} isConnectable={false} />
      {data.label}
      <Handle type="source" position={data.downwards ? Position.Bottom : Position.Right} isConnectable={false} />
    </div>
  )
}

function CellEdge({ id, data }: EdgeProps<OperatorEdge>) {
  const { operator, points, label, downwards } = data!
  const look = operator === null ? null : operatorLook(operator)
  const hidden = operator === 'none'
  return (
    <>
      <path
        id={id}
        d={smoothPath(points, downwards)}
        fill="none"
        stroke={look?.colour ?? 'var(--line-strong)'}
        strokeWidth={look ? 2.5 : 1.5}
        strokeDasharray={hidden ? '3 5' : undefined}
      />
      {look && (
        <EdgeLabelRenderer>
          <div
            className="cell-operator"
            style={{
              transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)`,
              borderColor: look.colour,
            }}
          >
            {look.label}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
}

const NODE_TYPES = { state: CellState }
const EDGE_TYPES = { operator: CellEdge }

function flowOf(placed: PlacedCell, downwards: boolean): { nodes: StateNode[]; edges: OperatorEdge[] } {
  return {
    nodes: placed.states.map(({ id, label, kind, x, y }) => ({
      id,
      type: 'state',
      position: { x: x - STATE_SIZE.width / 2, y: y - STATE_SIZE.height / 2 },
      sourcePosition: downwards ? Position.Bottom : Position.Right,
      targetPosition: downwards ? Position.Top : Position.Left,
      ...STATE_SIZE,
      data: { label, kind, downwards },
    })),
    edges: placed.edges.map(({ id, source, target, operator, points, label }) => ({
      id,
      source,
      target,
      type: 'operator',
      data: { operator, points, label, downwards },
    })),
  }
}

export function CellGraph({ wiring, cell, label }: { wiring: Wiring; cell: GenotypeCell; label: string }) {
  const { ref, width } = useElementSize()
  const downwards = width > 0 && width < 560
  const placed = useMemo(() => layoutCell(wiring, cell, downwards), [wiring, cell, downwards])
  const flow = useMemo(() => flowOf(placed, downwards), [placed, downwards])
  const scale = width > 0 ? Math.min(1.15, width / placed.width) : 1
  const key = `${downwards}-${Math.round(width)}-${placed.width}-${placed.height}`
  return (
    <div
      ref={ref}
      className="cell-graph"
      style={{ height: Math.ceil(placed.height * scale) + 8 }}
      role="img"
      aria-label={label}
    >
      {width > 0 && (
        <ReactFlowProvider key={key}>
          <ReactFlow
            nodes={flow.nodes}
            edges={flow.edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            defaultViewport={{ x: (width - placed.width * scale) / 2, y: 4, zoom: scale }}
            minZoom={0.1}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            panOnDrag={false}
            zoomOnScroll={false}
            zoomOnPinch={false}
            zoomOnDoubleClick={false}
            preventScrolling={false}
            disableKeyboardA11y
            proOptions={{ hideAttribution: true }}
          />
        </ReactFlowProvider>
      )}
    </div>
  )
}
