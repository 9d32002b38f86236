// Runs side by side: where their settings differ, what came of them, and their curves in one chart.
import '../without-eval.js'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { decodeFloat64Column } from '../charts/float64-column.js'
import { LineChart } from '../charts/line-chart.js'
import { graphql } from '../graphql.js'
import { StateMark } from '../run/state-mark.js'
import '../runs/runs.css'
import { bestOf, shownFigure } from '../runs/best-of.js'
import { NotShown } from './not-shown.js'
import { whyOf } from '../why.js'

const COMPARE = graphql(`
  query Compare($runs: [ID!]!) {
    compare(runs: $runs) {
      runs {
        id
        name
        state
        loss: series(name: "loss", buckets: 300) {
          x
          last
        }
        accuracy: series(name: "accuracy", buckets: 300) {
          x
          last
        }
      }
      settings {
        name
        values
        differs
      }
      metrics {
        name
        summaries {
          last
          min
          max
        }
      }
    }
  }
`)

/** Told apart by those who see colours otherwise too (Okabe and Ito's, without the yellow that is lost on white). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']
const MOST_LINES = COLOURS.length

export function Compare() {
  const [parameters] = useSearchParams()
  const ids = useMemo(() => (parameters.get('runs') ?? '').split(',').filter(Boolean), [parameters])
  const [{ data, error, fetching }] = useQuery({ query: COMPARE, variables: { runs: ids }, pause: ids.length === 0 })
  const [onlyDiffering, setOnlyDiffering] = useState(true)
  if (ids.length === 0) return <NotShown what="comparison" why="Select runs in the list of runs first." />
  if (error && !data) return <NotShown what="comparison" why={whyOf(error)} />
  if (!data) return <p className="loading">{fetching ? 'Loading…' : ''}</p>
  const { runs, settings, metrics } = data.compare
  const shown = settings.filter(({ differs }) => differs || !onlyDiffering)
  const linesOf = (name: 'loss' | 'accuracy') =>
    runs.slice(0, MOST_LINES).map((run, i) => ({
      label: run.name,
      colour: COLOURS[i]!,
      x: [...decodeFloat64Column(run[name].x)],
      y: [...decodeFloat64Column(run[name].last)],
      width: 1.5,
    }))
  const heads = runs.map((run) => (
    <th key={run.id} scope="col">
      <Link to={`/runs/${encodeURIComponent(run.id)}`}>{run.name}</Link>
    </th>
  ))
  return (
    <div className="page">
      <title>Compare · Cellboard</title>
      <h1>{runs.length} runs side by side</h1>
      {(['loss', 'accuracy'] as const).map((name) => {
        const lines = linesOf(name).filter(({ x }) => x.length > 0)
        return (
          lines.length > 0 && (
            <section key={name} className="card" aria-label={name}>
              <div className="card-head">
                <h2>{name === 'loss' ? 'Loss' : 'Accuracy'}</h2>
                {runs.length > MOST_LINES && <span className="quiet">of the first {MOST_LINES}</span>}
              </div>
              <LineChart label={name} lines={lines} valueText={shownFigure} together="compare" log={name === 'loss'} />
            </section>
          )
        )
      })}
      <section className="card" aria-labelledby="metrics-title">
        <div className="card-head">
          <h2 id="metrics-title">Metrics</h2>
          <span className="quiet">last values; the best is bold</span>
        </div>
        <div className="scroll-x" tabIndex={0} role="region" aria-label="Table of metrics">
          <table className="compare-table number">
            <thead>
              <tr>
                <th scope="col">Metric</th>
                {heads}
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">state</th>
                {runs.map((run) => (
                  <td key={run.id}>
                    <StateMark state={run.state} />
                  </td>
                ))}
              </tr>
              {metrics.map(({ name, summaries }) => {
                const values = summaries.map((one) => one?.last ?? null)
                const best = bestOf(name, values)
                return (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    {values.map((value, i) => (
                      <td key={runs[i]!.id} className={i === best ? 'best' : undefined}>
                        {value === null ? '–' : shownFigure(value)}
                      </td>
                    ))}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </section>
      <section className="card" aria-labelledby="settings-title">
        <div className="card-head">
          <h2 id="settings-title">Settings</h2>
          <label className="switch">
            <input
              type="checkbox"
              checked={onlyDiffering}
              onChange={(event) => setOnlyDiffering(event.target.checked)}
            />{' '}
            only differing
          </label>
        </div>
        <div className="scroll-x" tabIndex={0} role="region" aria-label="Table of settings">
          <table className="compare-table">
            <thead>
              <tr>
                <th scope="col">Setting</th>
                {heads}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ name, values, differs }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {values.map((value, i) => (
                    <td key={runs[i]!.id} className={differs ? 'differs' : undefined}>
                      {value ?? '–'}
                    </td>
                  ))}
                </tr>
              ))}
              {shown.length === 0 && (
                <tr>
                  <td colSpan={runs.length + 1} className="quiet">
                    All settings are alike.
                  </td>
                </tr>
              )}
            </tbody>
          </table>
        </div>
      </section>
    </div>
  )
}
