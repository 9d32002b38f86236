// One cell with its title: drawn when the drawing is loaded, and told in words to who cannot see it.
import { stateText, wiringOf, type Wiring } from '@cellboard/schema/edge-text'
import type { Genotype } from '@cellboard/schema/genotype'
import { lazy, Suspense, useMemo } from 'react'
import './cell.css'
import { operatorLook } from './operator-chip.js'

const CellGraph = lazy(async () => ({ default: (await import('./cell-graph.js')).CellGraph }))

/** What the drawing shows, in words. */
function cellText(wiring: Wiring, cell: Genotype['normal']): string[] {
  return cell.map((edges, node) => {
    const parts = edges.map(({ operator, from }) => `${operatorLook(operator).label} of ${stateText(wiring, from)}`)
    return `Node ${stateText(wiring, wiring.inputs + node)} sums ${parts.join(' and ')}.`
  })
}

interface DrawnCellProps {
  genotype: Genotype
  kind: 'normal' | 'reduction'
  /** One level below the heading that it stands under. */
  heading?: 'h2' | 'h3'
}

export function DrawnCell({ genotype, kind, heading: Heading = 'h3' }: DrawnCellProps) {
  const cell = kind === 'normal' ? genotype.normal : genotype.reduction!
  const title = kind === 'normal' ? 'Normal cell' : 'Reduction cell'
  const wiring = useMemo(() => wiringOf(genotype), [genotype])
  const words = cellText(wiring, cell)
  return (
    <div className="drawn-cell">
      <Heading>{title}</Heading>
      <Suspense fallback={<div className="cell-graph cell-graph-empty" />}>
        <CellGraph wiring={wiring} cell={cell} label={`${title}: ${words.join(' ')}`} />
      </Suspense>
    </div>
  )
}
