// A live line chart (uPlot): any lines over steps, marks where something begins, a readout under the pointer; light, dark, any width.
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { alignLines, legendAt, type ChartLine } from './align-lines.js'
import './charts.css'
import { countText } from './number-text.js'

export interface ChartMark {
  readonly x: number
  readonly label: string
}

interface LineChartProps {
  label: string
  lines: readonly ChartLine[]
  marks?: readonly ChartMark[]
  log?: boolean
  /** How a value reads in the readout, and on the axis where that differs. */
  valueText: (value: number) => string
  axisText?: (value: number) => string
  /** Charts with the same word move their pointers together. */
  together?: string
  height?: number
  /** Where the numbers are to be read. */
  numbers?: string
}

const ink = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

function drawMarks(plot: uPlot, marks: readonly ChartMark[]) {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.strokeStyle = ink('--quiet')
  ctx.fillStyle = ink('--quiet')
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`
  for (const mark of marks) {
    const x = Math.round(plot.valToPos(mark.x, 'x', true))
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio])
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    // Beside its line, on the side where there is room.
    const right = x < bbox.left + bbox.width * 0.8
    ctx.textAlign = right ? 'left' : 'right'
    ctx.fillText(mark.label, x + (right ? 5 : -5) * devicePixelRatio, bbox.top + 12 * devicePixelRatio)
  }
  ctx.restore()
}

export function LineChart({
  label,
  lines,
  marks = [],
  log = false,
  valueText,
  axisText = valueText,
  together,
  height = 240,
  numbers = 'the table of epochs',
}: LineChartProps) {
  const scheme = useComputedColorScheme('light')
  const holder = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const shown = useRef({ marks })
  shown.current = { marks }
  const zoomed = useRef(false)
  const [place, setPlace] = useState<number | null>(null)
  const aligned = useMemo(() => alignLines(lines, log), [lines, log])
  const shape = JSON.stringify(
    lines.map(({ label, colour, width, dash, marked, bound }) => [label, colour, width, dash, marked, bound]),
  )

  useEffect(() => {
    const element = holder.current
    if (!element) return
    const axis: uPlot.Axis = {
      stroke: ink('--quiet'),
      grid: { stroke: ink('--grid'), width: 1 },
      ticks: { show: false },
      font: '11px system-ui, sans-serif',
    }
    const made = new uPlot(
      {
        width: element.clientWidth || 320,
        height,
        legend: { show: false },
        padding: [8, 12, 0, 0],
        cursor: {
          y: false,
          points: { size: 7 },
          drag: { x: true, y: false },
          ...(together && { sync: { key: together, setSeries: false } }),
        },
        scales: { x: { time: false }, y: { distr: log ? 3 : 1 } },
        axes: [
          {
            ...axis,
            size: 30,
            values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? countText(tick) : '')),
          },
          { ...axis, size: 50, values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : axisText(tick))) },
        ],
        series: [
          {},
          ...lines.map((line): uPlot.Series => ({
            label: line.label,
            stroke: line.colour,
            width: line.width,
            ...(line.dash && { dash: [...line.dash] }),
            points: line.marked ? { show: true, size: 6, fill: line.colour } : { show: line.bound ? false : undefined },
          })),
        ],
        bands: lines.flatMap((line, i) =>
          line.label === 'largest' && lines[i + 1]?.bound
            ? [{ series: [i + 1, i + 2] as [number, number], fill: `${line.colour}33` }]
            : [],
        ),
        hooks: {
          setScale: [
            (scaled, key) => {
              const [first, last] = [scaled.data[0][0], scaled.data[0].at(-1)]
              const { min, max } = scaled.scales.x!
              if (key === 'x' && first !== undefined)
                zoomed.current = min != null && max != null && (min > first || max < last!)
            },
          ],
          setCursor: [(moved) => setPlace(moved.cursor.idx ?? null)],
          draw: [(drawn) => drawMarks(drawn, shown.current.marks)],
        },
      },
      [[], ...lines.map(() => [])],
      element,
    )
    plot.current = made
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }))
    resized.observe(element)
    return () => {
      resized.disconnect()
      made.destroy()
      plot.current = null
    }
    // The lines' look is in `shape`; their numbers are set below without building the chart anew.
  }, [shape, scheme, log, together, height])

  useEffect(() => {
    const chart = plot.current
    if (!chart) return
    // Who has zoomed in keeps the view while new points come; a double click shows all again.
    const keep = zoomed.current && chart.data[0].length > 0
    chart.setData([aligned.x, ...aligned.y] as uPlot.AlignedData, !keep)
    if (keep) chart.redraw()
  }, [aligned, shape, scheme, log, together, height])

  const at = place ?? aligned.x.length - 1
  return (
    <figure className="chart">
      <div
        ref={holder}
        className="chart-canvas"
        role="img"
        aria-label={`${label} over steps; the numbers are in ${numbers}`}
      />
      {aligned.x.length === 0 && <p className="chart-empty">No points yet</p>}
      <figcaption className="chart-legend">
        {legendAt(lines, aligned, at).map(({ line, value }) => (
          <span key={line.label} className="legend-entry">
            <svg width="18" height="8" aria-hidden="true">
              <line
                x1="0"
                y1="4"
                x2="18"
                y2="4"
                stroke={line.colour}
                strokeWidth={line.width + 0.5}
                strokeDasharray={line.dash?.join(' ')}
              />
            </svg>
            {line.label} <b className="number">{value === null ? '–' : valueText(value)}</b>
          </span>
        ))}
        {aligned.x.length > 0 && <span className="legend-step number">step {countText(aligned.x[at] ?? 0)}</span>}
      </figcaption>
    </figure>
  )
}
