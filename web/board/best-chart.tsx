// The best score of each leading team over time, in steps.
import { useElementSize } from '@mantine/hooks'
import { useQuery } from 'urql'
import { decodeFloat64Column } from '../charts/float64-column.js'
import { rangeOf, roundTicks } from '../charts/ticks.js'
import { BEST, type BoardFacts } from './board-query.js'
import { meanText } from './board-text.js'
import { useAgain } from './use-again.js'

const [LEFT, RIGHT, TOP, BOTTOM, HEIGHT] = [58, 120, 12, 26, 240]
/** Told apart by dash as well as by colour. */
const DASHES = ['', '7 4', '2 3', '9 3 2 3', '4 2']

export function BestCard({ board, changes }: { board: BoardFacts; changes: number }) {
  const [{ data }, ask] = useQuery({ query: BEST, variables: { id: board.id } })
  useAgain(changes, ask)
  const { ref, width } = useElementSize()
  const teams = (data?.board.bestOverTime ?? []).map(({ team, times, scores }) => ({
    team,
    times: [...decodeFloat64Column(times)],
    scores: [...decodeFloat64Column(scores)],
  }))
  const [scores, times] = [teams.flatMap((one) => one.scores), teams.flatMap((one) => one.times)]
  if (scores.length === 0) return null
  const [begin, now] = [Math.min(...times), Date.now()]
  const [low, high] = rangeOf(scores)
  const right = width > 500 ? RIGHT : 14
  const atX = (time: number) => LEFT + ((time - begin) / Math.max(1, now - begin)) * Math.max(1, width - LEFT - right)
  const atY = (score: number) => TOP + ((high - score) / (high - low)) * (HEIGHT - TOP - BOTTOM)
  const path = (one: (typeof teams)[number]) =>
    one.times
      .map((time, i) => `${i === 0 ? 'M' : 'H'}${atX(time)}${i === 0 ? ' ' : 'V'}${atY(one.scores[i]!)}`)
      .join('') + `H${atX(now)}`
  const text = (mean: number) => meanText({ name: board.rules.metric.name, mean }, board.rules.decimalsShown)
  const ends = labelPlaces(teams.map((one) => atY(one.scores.at(-1)!)))
  return (
    <section className="card" aria-labelledby="best-title">
      <div className="card-head">
        <h2 id="best-title">Best score over time</h2>
        <span className="quiet">of the {teams.length === 1 ? 'leading team' : `${teams.length} leading teams`}</span>
      </div>
      <figure className="small-chart" ref={ref}>
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={teams
            .map((one) => `${one.team.name}: ${text(one.scores[0]!)} at first, ${text(one.scores.at(-1)!)} now`)
            .join('; ')}
        >
          {roundTicks(low, high, 4).map((tick) => (
            <g key={tick}>
              <line className="small-chart-grid" x1={LEFT} x2={width - right} y1={atY(tick)} y2={atY(tick)} />
              <text x={LEFT - 6} y={atY(tick) + 4} textAnchor="end">
                {Number(tick.toPrecision(4))}
              </text>
            </g>
          ))}
          <text x={LEFT} y={HEIGHT - 8}>
            {new Date(begin).toLocaleDateString()}
          </text>
          <text x={width - right} y={HEIGHT - 8} textAnchor="end">
            now
          </text>
          {teams.map((one, i) => (
            <g key={one.team.id} className={`board-team board-team-${i % 5}`}>
              <path d={path(one)} fill="none" strokeDasharray={DASHES[i % 5]} />
              {one.times.map((time, at) => (
                <circle key={time} cx={atX(time)} cy={atY(one.scores[at]!)} r={2.5} />
              ))}
              {right === RIGHT && (
                <text x={width - right + 8} y={ends[i]! + 4}>
                  {one.team.name.length > 16 ? `${one.team.name.slice(0, 15)}…` : one.team.name}
                </text>
              )}
            </g>
          ))}
        </svg>
        <figcaption className="chart-legend">
          {teams.map((one, i) => (
            <span key={one.team.id} className="legend-entry">
              <svg width="26" height="8" aria-hidden="true" className={`board-team board-team-${i % 5}`}>
                <path d="M0 4H26" strokeDasharray={DASHES[i % 5]} />
              </svg>
              {one.team.name} <b>{text(one.scores.at(-1)!)}</b>
            </span>
          ))}
        </figcaption>
      </figure>
    </section>
  )
}

/** Labels keep a line's height between them. */
function labelPlaces(wished: readonly number[]): number[] {
  const order = wished.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y)
  const places: number[] = []
  let last = -Infinity
  for (const { y, i } of order) {
    last = Math.max(y, last + 13)
    places[i] = last
  }
  return places
}
