// Loss and accuracy, live: a faint line for every step, a strong one for the epochs, and a table of the epochs.
import { useComputedColorScheme } from '@mantine/core'
import type { RunSeen } from '@cellboard/schema/progress'
import { useMemo, useState } from 'react'
import { LineChart } from '../charts/line-chart.js'
import type { MetricPoints } from '../charts/metric-points.js'
import { numberText, percentText } from '../charts/number-text.js'
import { ACCURACIES, curveLines, LOSSES, stageMarks, type CurveColours } from './curve-lines.js'
import { EpochTable } from './epoch-table.js'
import { MetricChart, wordsOf } from './metric-chart.js'

const COLOURS: Record<'light' | 'dark', CurveColours> = {
  light: { steps: '#a9b6ee', mean: '#3b50c4', validation: '#b45309', test: '#0f766e' },
  dark: { steps: '#4a568f', mean: '#aab8ff', validation: '#f0b429', test: '#5ed3c0' },
}

interface CurvesProps {
  seen: RunSeen
  points: ReadonlyMap<string, MetricPoints>
  /** Stages of a search, cells trained one after the other, or the epochs of a training. */
  of: 'stages' | 'cells' | 'training'
}

const MAIN = ['loss', 'accuracy']
/** What a training shows beside them. */
const TRAINING = ['learning-rate', 'gradient-norm']
/** Means of the epochs, which are drawn from the epochs' events. */
const EPOCHS = /^(train|validation|test)-/
const wholePercent = (value: number) => percentText(value, 0)

export function Curves({ seen, points, of }: CurvesProps) {
  const [log, setLog] = useState(false)
  // What is folded is not drawn: it would be anew with every frame.
  const [open, setOpen] = useState(false)
  const colours = COLOURS[useComputedColorScheme('light')]
  const { stages } = seen
  const [loss, accuracy] = [points.get('loss'), points.get('accuracy')]
  const marks = useMemo(() => stageMarks(stages), [stages])
  const lossLines = useMemo(() => curveLines(stages, loss, LOSSES, colours), [stages, loss, colours])
  const accuracyLines = useMemo(() => curveLines(stages, accuracy, ACCURACIES, colours), [stages, accuracy, colours])
  const others = [...points].filter(([name]) => !MAIN.includes(name) && !EPOCHS.test(name))
  const shown = others.filter(([name]) => of === 'training' && TRAINING.includes(name))
  const folded = others.filter((one) => !shown.includes(one))
  const gaps = loss?.last.filter((value) => !Number.isFinite(value)).length ?? 0
  return (
    <>
      <div className="pair">
        <section className="card" aria-labelledby="loss-title">
          <div className="card-head">
            <h2 id="loss-title">Loss</h2>
            <label className="switch">
              <input type="checkbox" checked={log} onChange={(event) => setLog(event.target.checked)} /> log scale
            </label>
          </div>
          <LineChart label="Loss" lines={lossLines} marks={marks} log={log} valueText={numberText} together="run" />
          {gaps > 0 && <p className="note">The line is broken where the loss was not a finite number.</p>}
        </section>
        <section className="card" aria-labelledby="accuracy-title">
          <div className="card-head">
            <h2 id="accuracy-title">Accuracy</h2>
          </div>
          <LineChart
            label="Accuracy"
            lines={accuracyLines}
            marks={marks}
            valueText={percentText}
            axisText={wholePercent}
            together="run"
          />
        </section>
      </div>
      {shown.length > 0 && (
        <div className="pair">
          {shown.map(([name, metric]) => (
            <section key={name} className="card" aria-label={wordsOf(name)}>
              <h2>{wordsOf(name)}</h2>
              <MetricChart name={name} metric={metric} marks={marks} colour={colours.mean} />
            </section>
          ))}
        </div>
      )}
      <details className="card fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {of === 'cells' ? 'Cells' : 'Epochs'} as a table
          {folded.length > 0 && `, and ${folded.map(([name]) => name.replaceAll('-', ' ')).join(', ')}`}
        </summary>
        {open && <EpochTable stages={stages} of={of} />}
        <div className="pair">
          {(open ? folded : []).map(([name, metric]) => (
            <div key={name}>
              <h3>{wordsOf(name)}</h3>
              <MetricChart name={name} metric={metric} marks={marks} colour={colours.mean} />
            </div>
          ))}
        </div>
      </details>
    </>
  )
}
