// How deep each stage's network is: given, or the depth at which gradients disagree as much as in the final network.
import type { ConfusionSeen } from '@cellboard/schema/events'
import type { RunSeen } from '@cellboard/schema/progress'
import { useState } from 'react'
import { SmallChart } from '../charts/small-chart.js'
import { numberText, percentText } from '../charts/number-text.js'

type Depth = RunSeen['depths'][number]

const STATISTICS = {
  negativeShare: { title: 'Negative pairs', text: (value: number) => percentText(value, 0) },
  lowCosine: { title: '5 % quantile', text: (value: number) => value.toFixed(2) },
  minCosine: { title: 'Smallest cosine', text: (value: number) => value.toFixed(2) },
  minInnerProduct: { title: 'Smallest product', text: numberText },
} as const satisfies Partial<Record<keyof ConfusionSeen, { title: string; text: (value: number) => string }>>
type Statistic = keyof typeof STATISTICS

/** @param matched the statistic that the search matched by */
export function DepthMatch({ depths, unit, matched }: { depths: readonly Depth[]; unit: string; matched: Statistic }) {
  const [statistic, setStatistic] = useState<Statistic>(matched)
  const measured = depths.filter((depth) => depth.measured && depth.measured.length > 0)
  if (measured.length === 0) return null
  return (
    <section className="card" aria-labelledby="depth-title">
      <div className="card-head">
        <h2 id="depth-title">Depth, matched</h2>
        <div className="segments" role="group" aria-label="Statistic">
          {(Object.keys(STATISTICS) as Statistic[]).map((name) => (
            <button key={name} type="button" aria-pressed={name === statistic} onClick={() => setStatistic(name)}>
              {STATISTICS[name].title}
            </button>
          ))}
        </div>
      </div>
      <p className="quiet">
        Gradients of different batches agree or disagree: the cosines of their pairs. A stage gets the depth at which “
        {STATISTICS[matched].title.toLowerCase()}” is nearest the final network’s (dashed); ○ marks it.
      </p>
      <div className={measured.length > 1 ? 'pair' : undefined}>
        {measured.map((depth) => (
          <StageDepth key={depth.stage} depth={depth} statistic={statistic} unit={unit} />
        ))}
      </div>
    </section>
  )
}

function StageDepth({ depth, statistic, unit }: { depth: Depth; statistic: Statistic; unit: string }) {
  const { stage, cells, target, measured = [] } = depth
  const { title, text } = STATISTICS[statistic]
  const depthsInOrder = measured.toSorted((a, b) => a.cells - b.cells)
  const points = depthsInOrder.map((one) => ({ x: one.cells, y: one.confusion[statistic] }))
  return (
    <div className="kind">
      <h3>
        Stage {stage}: {cells} {unit}
      </h3>
      <SmallChart
        label={`${title} by depth in stage ${stage}: ${points.map(({ x, y }) => `${x} ${unit} ${text(y)}`).join(', ')}. ${
          target ? `The final network has ${text(target.confusion[statistic])}. ` : ''
        }Chosen: ${cells} ${unit}.`}
        lines={[{ label: title, points }]}
        valueText={text}
        placeText={(x) => `${x} ${unit}`}
        level={
          target && {
            y: target.confusion[statistic],
            label: `final network, ${target.cells} ${unit}:`,
          }
        }
        chosen={cells}
        dots
        height={170}
      />
      <details className="small-fold">
        <summary>As a table</summary>
        <div className="scroll-x" tabIndex={0} role="region" aria-label={`Gradient confusion of stage ${stage}`}>
          <table className="table number">
            <thead>
              <tr>
                <th scope="col">Network</th>
                <th scope="col">5 % quantile</th>
                <th scope="col">Smallest cosine</th>
                <th scope="col">Negative</th>
                <th scope="col">Smallest product</th>
                <th scope="col">Pairs</th>
              </tr>
            </thead>
            <tbody>
              {[...(target ? [{ ...target, final: true }] : []), ...depthsInOrder].map((row) => (
                <tr key={`${'final' in row}-${row.cells}`}>
                  <th scope="row">
                    {'final' in row ? 'final, ' : row.cells === cells ? '○ ' : ''}
                    {row.cells} {unit}
                  </th>
                  <td>{numberText(row.confusion.lowCosine)}</td>
                  <td>{numberText(row.confusion.minCosine)}</td>
                  <td>{percentText(row.confusion.negativeShare)}</td>
                  <td>{numberText(row.confusion.minInnerProduct)}</td>
                  <td>{row.confusion.pairs}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  )
}
