// Each seed's figure as a dot on one line, with the mean and the deviation under it; another group's on a second line, same scale.
import { useElementSize } from '@mantine/hooks'
import { roundTicks } from '../charts/ticks.js'
import { spreadOf, spreadText } from './spread.js'

export interface DotRow {
  readonly label: string
  readonly dots: readonly { readonly seed: number; readonly value: number }[]
}

const LEFT = 8
const ROW = 62

export function SeedDots({
  rows,
  label,
  text,
}: {
  rows: readonly DotRow[]
  label: string
  text: (value: number) => string
}) {
  const { ref, width } = useElementSize()
  const known = rows.map((row) => ({ ...row, dots: row.dots.filter((dot) => Number.isFinite(dot.value)) }))
  const values = known.flatMap((row) => row.dots.map((dot) => dot.value))
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = (most - least) * 0.1 || Math.abs(most) * 0.05 || 0.05
  const [low, high] = [least - room, most + room]
  const atX = (value: number) => LEFT + ((value - low) / (high - low)) * (width - 2 * LEFT)
  const height = known.length * ROW + 22
  const told = known.map((row) => `${row.label}: ${spreadText(spreadOf(row.dots.map((dot) => dot.value)), text)}`)
  if (values.length === 0) return <p className="note">No seed has a result yet.</p>
  return (
    <div ref={ref} className="seed-dots">
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={`${label}. ${told.join('. ')}.`}>
          {roundTicks(low, high, Math.max(2, Math.floor(width / 110))).map((tick) => (
            <g key={tick}>
              <line className="small-chart-grid" x1={atX(tick)} x2={atX(tick)} y1={0} y2={height - 20} />
              <text x={atX(tick)} y={height - 5} textAnchor="middle">
                {text(tick)}
              </text>
            </g>
          ))}
          {known.map(({ label: name, dots }, i) => {
            const { mean, deviation } = spreadOf(dots.map((dot) => dot.value))
            const y = i * ROW + 40
            return (
              <g key={name} className={`seed-row seed-row-${i}`}>
                <text className="seed-name" x={LEFT} y={i * ROW + 16}>
                  {told[i]}
                </text>
                {mean !== null && deviation !== null && (
                  <rect
                    className="seed-band"
                    x={atX(mean - deviation)}
                    y={y - 11}
                    width={Math.max(1, atX(mean + deviation) - atX(mean - deviation))}
                    height={22}
                    rx={4}
                  />
                )}
                {mean !== null && <line className="seed-mean" x1={atX(mean)} x2={atX(mean)} y1={y - 13} y2={y + 13} />}
                {dots.map(({ seed, value }) => (
                  <circle key={seed} className="seed-dot" cx={atX(value)} cy={y} r={5}>
                    <title>{`seed ${seed}: ${text(value)}`}</title>
                  </circle>
                ))}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
