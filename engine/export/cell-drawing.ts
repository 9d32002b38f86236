// A cell as shapes to draw, laid out and coloured as on the page: what SVG and PDF are both written from.
import { layoutCell, smoothPath, STATE_SIZE } from '@cellboard/schema/cell-layout'
import { wiringOf } from '@cellboard/schema/edge-text'
import type { Genotype, GenotypeCell } from '@cellboard/schema/genotype'
import { OPERATOR_FACTS } from '@cellboard/schema/operators'
import type { CellKind } from '@cellboard/schema/spaces'

export interface Way {
  /** As an SVG path says it. */
  readonly path: string
  readonly colour: string
  readonly width: number
  readonly dashed: boolean
}

/** A rounded box with a word in its middle. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly radius: number
  readonly fill: string
  readonly border: { readonly colour: string; readonly width: number; readonly dashed: boolean }
  readonly text: string
  readonly textColour: string
  readonly textSize: number
  readonly bold: boolean
}

export interface CellDrawing {
  readonly title: string
  readonly width: number
  readonly height: number
  readonly ways: readonly Way[]
  readonly boxes: readonly Box[]
}

/** The page's light colours (web/styles), whatever one's own are: drawings end up on paper. */
const LIGHT = { card: '#ffffff', inset: '#eef0f4', line: '#b9c0cc', text: '#1a2030', accent: '#3b50c4' } as const

const MARGIN = 8
const LABEL = { height: 22, textSize: 12, letter: 6.3, sides: 18 }

/** @param cell one of the genotype's */
export function drawCell(genotype: Genotype, kind: CellKind, cell: GenotypeCell): CellDrawing {
  const placed = layoutCell(wiringOf(genotype), cell, false)
  const ways = placed.edges.map(({ operator, points }): Way => {
    const moved = points.map(({ x, y }) => ({ x: round(x + MARGIN), y: round(y + MARGIN) }))
    const look = operator && OPERATOR_FACTS[operator]
    return {
      path: smoothPath(moved, false),
      colour: look?.colour ?? LIGHT.line,
      width: look ? 2.5 : 1.5,
      dashed: operator === 'none',
    }
  })
  const states = placed.states.map(({ x, y, label, kind }): Box => {
    const output = kind === 'output'
    return {
      ...middleAt(x, y, STATE_SIZE),
      radius: 9,
      fill: output ? LIGHT.accent : kind === 'input' ? LIGHT.inset : LIGHT.card,
      border: { colour: output ? LIGHT.accent : LIGHT.line, width: 1.5, dashed: kind === 'input' },
      text: label,
      textColour: output ? LIGHT.card : LIGHT.text,
      textSize: 14,
      bold: true,
    }
  })
  const labels = placed.edges.flatMap(({ operator, label }): Box[] => {
    if (!operator) return []
    const look = OPERATOR_FACTS[operator]
    const width = look.label.length * LABEL.letter + LABEL.sides
    return [
      {
        ...middleAt(label.x, label.y, { width, height: LABEL.height }),
        radius: 7,
        fill: LIGHT.card,
        border: { colour: look.colour, width: 2, dashed: false },
        text: look.label,
        textColour: LIGHT.text,
        textSize: LABEL.textSize,
        bold: false,
      },
    ]
  })
  return {
    title: `The ${kind} cell`,
    width: Math.ceil(placed.width + 2 * MARGIN),
    height: Math.ceil(placed.height + 2 * MARGIN),
    ways,
    boxes: [...states, ...labels],
  }
}

const round = (value: number) => Math.round(100 * value) / 100
const middleAt = (x: number, y: number, { width, height }: { width: number; height: number }) => ({
  x: round(x + MARGIN - width / 2),
  y: round(y + MARGIN - height / 2),
  width: round(width),
  height: round(height),
})
