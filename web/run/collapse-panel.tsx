// Is the search collapsing? A verdict, since when and why, and the four figures it is judged by, epoch by epoch.
import type { CollapseReport } from '@cellboard/schema/events'
import type { RunSeen } from '@cellboard/schema/progress'
import { useMemo } from 'react'
import { SmallChart } from '../charts/small-chart.js'
import { numberText, percentText } from '../charts/number-text.js'
import { collapseCurves, pointsOf } from './collapse-curves.js'
import { VerdictBadge } from './verdict-badge.js'

const whole = (value: number) => (Number.isInteger(value) ? String(value) : '')
const wholePercent = (value: number) => percentText(value, 0)
const figure = (value: number) => numberText(Number(value.toPrecision(3)))

export function CollapsePanel({ seen }: { seen: RunSeen }) {
  const { collapse, stages } = seen
  const { places, marks, ticks, shadedFrom, last } = useMemo(() => collapseCurves(collapse, stages), [collapse, stages])
  const report = collapse.at(-1)
  if (!report) return null
  const placeText = (x: number) => {
    const place = places[x - 1]
    return place ? `stage ${place.stage}, epoch ${place.epoch}` : `${x}`
  }
  const chart = (
    title: string,
    value: (one: CollapseReport) => number | null,
    text: (value: number) => string,
    y?: [number, number],
  ) => {
    const points = pointsOf(places, value)
    const newest = points.findLast((one) => Number.isFinite(one.y))
    return (
      <div className="kind">
        <h3>{title}</h3>
        {newest ? (
          <SmallChart
            label={`${title} by epoch, now ${text(newest.y)}`}
            lines={[{ label: title, points }]}
            x={[1, Math.max(2, last)]}
            {...(y && { y })}
            valueText={text}
            placeText={placeText}
            shadedFrom={shadedFrom}
            marks={marks}
            ticks={ticks}
          />
        ) : (
          <p className="note">Not measured in this search.</p>
        )}
      </div>
    )
  }
  return (
    <section className="card" aria-labelledby="collapse-title">
      <div className="card-head">
        <h2 id="collapse-title">Collapse</h2>
        <VerdictBadge {...report} />
      </div>
      {report.reasons.length > 0 ? (
        <ul className="reasons">
          {report.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : (
        <p className="quiet">Judged by the cell that would be derived and by the supernet, never by accuracy.</p>
      )}
      <div className="quads">
        {chart(`Skips of ${report.edges} edges`, (one) => one.skips, whole, [0, Math.max(4, report.edges)])}
        {chart('Share of none', (one) => one.noneShare, wholePercent, [0, 1])}
        {chart('Entropy of shares', (one) => one.entropy, figure, [0, 1])}
        {chart('Sharpness (Hessian eigenvalue)', (one) => one.eigenvalue, figure)}
      </div>
    </section>
  )
}
