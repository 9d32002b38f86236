// What is worth its price: score against a figure, the front as a line of filled diamonds, baselines hollow.
import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { shortCountText } from '../charts/number-text.js'
import { rangeOf, roundTicks } from '../charts/ticks.js'
import { PARETO, type BoardFacts, type Point } from './board-query.js'
import { figureNames, meanText } from './board-text.js'
import { useAgain } from './use-again.js'

const [LEFT, RIGHT, TOP, BOTTOM, HEIGHT] = [58, 14, 12, 26, 260]

export function ParetoCard({ board, changes }: { board: BoardFacts; changes: number }) {
  const names = figureNames(board)
  const [x, setX] = useState(names[0] ?? '')
  const [better, setBetter] = useState<'LOWER' | 'HIGHER'>('LOWER')
  const [{ data }, ask] = useQuery({ query: PARETO, variables: { id: board.id, x, better }, pause: x === '' })
  useAgain(x === '' ? 0 : changes, ask)
  if (names.length === 0) return null
  const points = data?.board.pareto ?? []
  return (
    <section className="card" aria-labelledby="pareto-title">
      <div className="card-head">
        <h2 id="pareto-title">What it costs</h2>
        <span className="board-choices">
          <label className="project-choice">
            <span className="quiet">against</span>
            <select value={x} onChange={(event) => setX(event.target.value)}>
              {names.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <label className="project-choice">
            <span className="sr-only">Which is the better</span>
            <select value={better} onChange={(event) => setBetter(event.target.value as 'LOWER')}>
              <option value="LOWER">lower is better</option>
              <option value="HIGHER">higher is better</option>
            </select>
          </label>
        </span>
      </div>
      {points.length === 0 ? (
        <p className="quiet">No entry has both figures so far.</p>
      ) : (
        <Pareto points={points} x={x} board={board} />
      )}
    </section>
  )
}

function Pareto({ points, x: name, board }: { points: readonly Point[]; x: string; board: BoardFacts }) {
  const { ref, width } = useElementSize()
  const navigate = useNavigate()
  const [pointed, setPointed] = useState<Point | null>(null)
  const [left, right] = rangeOf(points.map(({ x }) => x))
  const [low, high] = rangeOf(points.map(({ y }) => y))
  const atX = (x: number) => LEFT + ((x - left) / (right - left)) * Math.max(1, width - LEFT - RIGHT)
  const atY = (y: number) => TOP + ((high - y) / (high - low)) * (HEIGHT - TOP - BOTTOM)
  const front = points.filter((one) => one.front).sort((a, b) => a.x - b.x)
  const told = (point: Point) =>
    `${point.entry.title}: ${meanText({ name: board.rules.metric.name, mean: point.y }, board.rules.decimalsShown)} at ${meanText({ name, mean: point.x }, board.rules.decimalsShown)} ${name}${point.front ? ', on the front' : ''}${point.entry.baseline ? ', a baseline' : ''}`
  return (
    <figure className="small-chart" ref={ref}>
      <svg
        width={width}
        height={HEIGHT}
        role="group"
        aria-label={`Score against ${name}, ${points.length} entries, ${front.length} on the front`}
      >
        {roundTicks(low, high, 4).map((tick) => (
          <g key={`y${tick}`}>
            <line className="small-chart-grid" x1={LEFT} x2={width - RIGHT} y1={atY(tick)} y2={atY(tick)} />
            <text x={LEFT - 6} y={atY(tick) + 4} textAnchor="end">
              {Number(tick.toPrecision(4))}
            </text>
          </g>
        ))}
        {roundTicks(left, right, Math.max(2, Math.floor(width / 90))).map((tick) => (
          <text key={`x${tick}`} x={atX(tick)} y={HEIGHT - 8} textAnchor="middle">
            {shortCountText(tick)}
          </text>
        ))}
        <path
          className="board-front"
          d={front.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${atX(x)} ${atY(y)}`).join('')}
          fill="none"
        />
        {points.map((point) => (
          <path
            key={point.entry.id}
            className={`board-point${point.front ? ' board-point-front' : ''}${point.entry.baseline ? ' board-point-baseline' : ''}`}
            d={point.front ? 'M0-7 7 0 0 7-7 0Z' : 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z'}
            transform={`translate(${atX(point.x)} ${atY(point.y)})`}
            role="link"
            tabIndex={0}
            aria-label={told(point)}
            onPointerEnter={() => setPointed(point)}
            onFocus={() => setPointed(point)}
            onClick={() => void navigate(`/entries/${encodeURIComponent(point.entry.id)}`)}
            onKeyDown={(event) =>
              event.key === 'Enter' && void navigate(`/entries/${encodeURIComponent(point.entry.id)}`)
            }
          />
        ))}
      </svg>
      <figcaption>{pointed ? told(pointed) : '◆ on the front: no other is better in both. ○ a baseline.'}</figcaption>
    </figure>
  )
}
