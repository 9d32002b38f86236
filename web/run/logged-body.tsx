// The parts of the page of a run that a program elsewhere logs: each of its metrics, and what it was started with.
import { useComputedColorScheme } from '@mantine/core'
import { isEnded } from '@cellboard/schema/run-state'
import { useState } from 'react'
import { countText, numberText } from '../charts/number-text.js'
import type { LiveRun } from './live-run.js'
import { MetricChart } from './metric-chart.js'
import type { LoggedFacts } from './run-query.js'
import { SettingsTable } from './settings-table.js'

const COLOURS = { light: '#3b50c4', dark: '#aab8ff' }
/** Beyond, a page of charts is folded. */
const FIRST = 12
const NOTHING_PUBLISHED = () => Promise.resolve({})

export function LoggedBody({ facts, live }: { facts: LoggedFacts; live: LiveRun }) {
  const colour = COLOURS[useComputedColorScheme('light')]
  const [all, setAll] = useState(false)
  const metrics = [...live.points].sort(([a], [b]) => a.localeCompare(b))
  const shown = all ? metrics : metrics.slice(0, FIRST)
  return (
    <>
      {metrics.length === 0 && (
        <p className="card quiet">
          {isEnded(live.seen.state)
            ? 'It ended before a point was logged.'
            : 'No points yet: they appear here as the program logs them.'}
        </p>
      )}
      <div className="pair">
        {shown.map(([name, metric]) => {
          const gaps = metric.last.filter((value) => !Number.isFinite(value)).length
          return (
            <section key={name} className="card" aria-label={name}>
              <div className="card-head">
                <h2>{name}</h2>
                <span className="quiet number">
                  last {numberText(metric.last.at(-1)!)} at step {countText(metric.steps.at(-1)!)}
                </span>
              </div>
              <MetricChart name={name} metric={metric} marks={[]} colour={colour} />
              {gaps > 0 && <p className="note">The line is broken where a value was not a finite number.</p>}
            </section>
          )
        })}
      </div>
      {shown.length < metrics.length && (
        <button type="button" className="button button-quiet" onClick={() => setAll(true)}>
          Show all {countText(metrics.length)} metrics
        </button>
      )}
      <SettingsTable settings={facts.settings} published={NOTHING_PUBLISHED} seen={live.seen} />
    </>
  )
}
