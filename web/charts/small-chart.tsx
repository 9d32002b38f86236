// A small still chart in SVG: few lines over whole numbers, a level to compare with, a chosen point, a stretch that is shaded.
import { useElementSize } from '@mantine/hooks'
import { useState, type PointerEvent } from 'react'
import './charts.css'
import { rangeOf, roundTicks } from './ticks.js'

export interface SmallPoint {
  readonly x: number
  /** Not finite where nothing was measured: the line is broken there. */
  readonly y: number
}

export interface SmallLine {
  readonly label: string
  readonly points: readonly SmallPoint[]
}

interface SmallChartProps {
  /** Said by screen readers: what the picture shows. */
  label: string
  lines: readonly SmallLine[]
  /** Ends of the axes; those of the points where absent. */
  x?: readonly [number, number]
  y?: readonly [number, number]
  valueText: (value: number) => string
  /** What an x is, such as `epoch 12`. */
  placeText: (x: number) => string
  level?: { readonly y: number; readonly label: string } | undefined
  chosen?: number | undefined
  /** From where on the ground is shaded. */
  shadedFrom?: number | null
  marks?: readonly { readonly x: number; readonly label: string }[]
  /** What is written under the axis; the places themselves where they are few, else round numbers. */
  ticks?: readonly { readonly x: number; readonly label: string }[]
  dots?: boolean
  height?: number
}

const LEFT = 44
const RIGHT = 10
const TOP = 10
const BOTTOM = 20

/** The line as an SVG path, begun anew after each point that is not finite. */
export function brokenPath(points: readonly SmallPoint[]): string {
  let pen = 'M'
  let path = ''
  for (const { x, y } of points) {
    if (Number.isFinite(y)) path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`
    pen = Number.isFinite(y) ? 'L' : 'M'
  }
  return path
}

export function SmallChart(props: SmallChartProps) {
  const { label, lines, valueText, placeText, level, chosen, shadedFrom = null, marks = [], dots, height = 130 } = props
  const { ref, width } = useElementSize()
  const [pointed, setPointed] = useState<number | null>(null)
  const all = lines.flatMap((line) => line.points)
  const xs = [...new Set(all.map((point) => point.x))].sort((a, b) => a - b)
  const [left, right] = props.x ?? [xs[0] ?? 0, xs.at(-1) ?? 1]
  const [low, high] = props.y ?? rangeOf([...all.map((point) => point.y), ...(level ? [level.y] : [])])
  const inner = { width: Math.max(1, width - LEFT - RIGHT), height: height - TOP - BOTTOM }
  const atX = (x: number) => LEFT + (right > left ? (x - left) / (right - left) : 0.5) * inner.width
  const atY = (y: number) => TOP + (high > low ? (high - y) / (high - low) : 0.5) * inner.height
  const few = xs.length <= inner.width / 30 ? xs : roundTicks(left, right, Math.max(3, inner.width / 60))
  const xTicks = props.ticks ?? few.filter(Number.isInteger).map((x) => ({ x, label: String(x) }))
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const nearest = xs
      .filter(Number.isInteger)
      .reduce((best, one) => (Math.abs(atX(one) - x) < Math.abs(atX(best) - x) ? one : best), xs[0] ?? 0)
    setPointed(xs.length > 0 ? nearest : null)
  }
  const place = pointed ?? chosen ?? xs.at(-1)
  const told = lines.flatMap((line) => {
    const y = line.points.findLast((one) => one.x === place)?.y
    return y === undefined ? [] : [`${lines.length > 1 ? `${line.label} ` : ''}${valueText(y)}`]
  })
  return (
    <figure className="small-chart" ref={ref}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={label}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setPointed(null)}
      >
        {shadedFrom !== null && (
          <rect
            className="small-chart-shade"
            x={atX(shadedFrom)}
            y={TOP}
            width={Math.max(2, LEFT + inner.width - atX(shadedFrom))}
            height={inner.height}
          />
        )}
        {roundTicks(low, high, 3).map((tick) => (
          <g key={tick}>
            <line className="small-chart-grid" x1={LEFT} x2={LEFT + inner.width} y1={atY(tick)} y2={atY(tick)} />
            <text x={LEFT - 6} y={atY(tick) + 4} textAnchor="end">
              {valueText(tick)}
            </text>
          </g>
        ))}
        {xTicks.map(({ x, label: text }) => (
          <text key={x} x={atX(x)} y={height - 5} textAnchor="middle">
            {text}
          </text>
        ))}
        {marks.map((mark) => (
          <g key={mark.x}>
            <line className="small-chart-mark" x1={atX(mark.x)} x2={atX(mark.x)} y1={TOP} y2={TOP + inner.height} />
            <text x={atX(mark.x) + 4} y={TOP + 9}>
              {mark.label}
            </text>
          </g>
        ))}
        {level && (
          <line className="small-chart-level" x1={LEFT} x2={LEFT + inner.width} y1={atY(level.y)} y2={atY(level.y)} />
        )}
        {lines.map((line, i) => {
          const placed = line.points.map(({ x, y }) => ({ x: atX(x), y: atY(y) }))
          return (
            <g key={line.label} className={`small-chart-line small-chart-line-${i}`}>
              <path d={brokenPath(placed)} fill="none" />
              {(dots ? placed : placed.slice(-1)).map(
                ({ x, y }) => Number.isFinite(y) && <circle key={x} cx={x} cy={y} r={3} />,
              )}
            </g>
          )
        })}
        {chosen !== undefined &&
          lines.map((line) => {
            const at = line.points.find((one) => one.x === chosen)
            return at && Number.isFinite(at.y) ? (
              <circle key={line.label} className="small-chart-chosen" cx={atX(at.x)} cy={atY(at.y)} r={8} />
            ) : null
          })}
        {pointed !== null && (
          <line className="small-chart-mark" x1={atX(pointed)} x2={atX(pointed)} y1={TOP} y2={TOP + inner.height} />
        )}
      </svg>
      <figcaption className="number">
        {place !== undefined && told.length > 0 && (
          <>
            {placeText(place)}: <b>{told.join(', ')}</b>
          </>
        )}
        {level && (
          <span className="small-chart-told">
            <svg width="18" height="8" aria-hidden="true">
              <line className="small-chart-level" x1="0" y1="4" x2="18" y2="4" />
            </svg>{' '}
            {level.label} <b>{valueText(level.y)}</b>
          </span>
        )}
      </figcaption>
    </figure>
  )
}
