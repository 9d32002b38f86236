// A heat map on a canvas: rows by columns, each cell a hue with a strength; pointer and arrow keys choose a cell.
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import './charts.css'

export interface HeatCell {
  readonly colour: string
  /** 0 is hardly there, 1 is full. */
  readonly strength: number
  /** Written into it where there is room, in this ink; that of the page when absent. */
  readonly text?: string
  readonly ink?: string
}

export interface HeatPlace {
  readonly row: number
  readonly column: number
}

interface HeatMapProps {
  label: string
  /** Said by a screen reader of the chosen cell. */
  chosenText: string
  rowLabels: readonly string[]
  /** Columns there will be at the end: what is not there yet stays empty. */
  columns: number
  filled: number
  cell: (row: number, column: number) => HeatCell
  chosen: HeatPlace
  onChoose: (place: HeatPlace) => void
  rowHeight?: number
  /** Pixels for the rows' labels; none are written where rows are too low for them. */
  labelWidth?: number
  /** What the arrow keys choose, for screen readers. */
  keys?: string
  /** Stands under the columns. */
  foot?: ReactNode
}

/** Rows lower than this have no label, and cells smaller than twice of it no text. */
const LEAST_TEXT = 12

const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value))

export function HeatMap(props: HeatMapProps) {
  const { label, chosenText, rowLabels, columns, filled, cell, chosen, onChoose, rowHeight = 20 } = props
  const { labelWidth = 44, keys = 'an edge and an epoch' } = props
  const labelled = rowHeight >= LEAST_TEXT
  const scheme = useComputedColorScheme('light')
  const canvas = useRef<HTMLCanvasElement>(null)
  const height = rowLabels.length * rowHeight

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const draw = () => {
      const context = element.getContext('2d')
      const width = element.clientWidth
      if (!context || width === 0) return
      const scale = devicePixelRatio
      element.width = width * scale
      element.height = height * scale
      context.scale(scale, scale)
      const style = getComputedStyle(document.documentElement)
      context.fillStyle = style.getPropertyValue('--inset')
      context.fillRect(0, 0, width, height)
      const step = width / columns
      const gap = step > 6 ? 1 : 0
      const rowGap = rowHeight > 6 ? 1 : 0
      // Where there are more columns than pixels, each pixel shows the newest of its columns.
      const skip = Math.max(1, Math.floor(1 / step))
      for (let column = 0; column < filled; column += skip)
        for (let row = 0; row < rowLabels.length; row++) {
          const { colour, strength } = cell(row, Math.min(column + skip - 1, filled - 1))
          context.globalAlpha = 0.1 + 0.9 * strength
          context.fillStyle = colour
          context.fillRect(
            column * step,
            row * rowHeight + rowGap,
            Math.max(step * skip - gap, 0.75),
            rowHeight - 2 * rowGap,
          )
        }
      context.globalAlpha = 1
      if (Math.min(step, rowHeight) >= 2 * LEAST_TEXT) {
        context.font = '11px system-ui, sans-serif'
        context.textAlign = 'center'
        context.textBaseline = 'middle'
        for (let column = 0; column < filled; column++)
          for (let row = 0; row < rowLabels.length; row++) {
            const { text, ink } = cell(row, column)
            context.fillStyle = ink ?? style.getPropertyValue('--text')
            if (text) context.fillText(text, (column + 0.5) * step, (row + 0.5) * rowHeight)
          }
      }
      context.strokeStyle = style.getPropertyValue('--text')
      context.lineWidth = 1.5
      const left = chosen.column * step
      context.strokeRect(left + 0.75, 0.75, Math.max(step - gap - 1.5, 1.5), height - 1.5)
      context.lineWidth = 2.5
      context.strokeRect(left + 1, chosen.row * rowHeight + 1, Math.max(step - gap - 2, 1.5), rowHeight - 2)
    }
    draw()
    const resized = new ResizeObserver(draw)
    resized.observe(element)
    return () => resized.disconnect()
  }, [cell, chosen.column, chosen.row, columns, filled, height, rowHeight, rowLabels.length, scheme])

  const choose = (row: number, column: number) =>
    onChoose({ row: clamp(row, rowLabels.length - 1), column: clamp(column, filled - 1) })
  const point = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    choose(
      Math.floor((event.clientY - box.top) / rowHeight),
      Math.floor(((event.clientX - box.left) / box.width) * columns),
    )
  }
  const key = (event: KeyboardEvent) => {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      Home: [0, -chosen.column],
      End: [0, filled],
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    choose(chosen.row + move[0], chosen.column + move[1])
  }
  return (
    <div
      className="heat-rows"
      style={{ gridTemplateColumns: `${labelled ? labelWidth : 0}px minmax(0, 1fr)`, columnGap: labelled ? 8 : 0 }}
    >
      <div
        className="heat-labels number"
        style={{ height, gridTemplateRows: `repeat(${rowLabels.length}, ${rowHeight}px)` }}
        aria-hidden="true"
      >
        {(labelled ? rowLabels : []).map((text, row) => (
          <span key={text} className={row === chosen.row ? 'heat-label-chosen' : undefined}>
            {text}
          </span>
        ))}
      </div>
      <canvas
        ref={canvas}
        className="heat-canvas"
        style={{ height }}
        tabIndex={0}
        role="slider"
        aria-label={`${label}: arrow keys choose ${keys}`}
        aria-valuemin={1}
        aria-valuemax={Math.max(filled, 1)}
        aria-valuenow={chosen.column + 1}
        aria-valuetext={chosenText}
        onPointerMove={(event) => event.pointerType === 'mouse' && point(event)}
        onPointerDown={point}
        onKeyDown={key}
      />
      <span />
      {props.foot ?? (
        <div className="heat-axis number" aria-hidden="true">
          <span>epoch 1</span>
          <span>{columns}</span>
        </div>
      )}
    </div>
  )
}
