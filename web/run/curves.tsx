// Loss and accuracy, live: a faint line for every step, a strong one for the epochs, and a table of the epochs.
import { useComputedColorScheme } from '@mantine/core'
import type { RunSeen } from '@cellboard/schema/progress'
import { useMemo, useState } from 'react'
import { LineChart } from '../charts/line-chart.js'
import type { MetricPoints } from '../charts/metric-points.js'
import { numberText, percentText } from '../charts/number-text.js'
import { curveLines, stageMarks, type CurveColours } from './curve-lines.js'
import { EpochTable } from './epoch-table.js'

const COLOURS: Record<'light' | 'dark', CurveColours> = {
  light: { steps: '#a9b6ee', mean: '#3b50c4', validation: '#b45309' },
  dark: { steps: '#4a568f', mean: '#aab8ff', validation: '#f0b429' },
}

interface CurvesProps {
  seen: RunSeen
  points: ReadonlyMap<string, MetricPoints>
  /** Trains cells one after the other instead of stages. */
  random: boolean
}

const MAIN = ['loss', 'accuracy']
/** Means of the epochs, which are drawn from the epochs' events. */
const EPOCHS = /^(train|validation)-/
const wholePercent = (value: number) => percentText(value, 0)

export function Curves({ seen, points, random }: CurvesProps) {
  const [log, setLog] = useState(false)
  // What is folded is not drawn: it would be anew with every frame.
  const [open, setOpen] = useState(false)
  const colours = COLOURS[useComputedColorScheme('light')]
  const { stages } = seen
  const [loss, accuracy] = [points.get('loss'), points.get('accuracy')]
  const marks = useMemo(() => stageMarks(stages), [stages])
  const lossLines = useMemo(
    () =>
      curveLines(
        stages,
        loss,
        (epoch) => epoch.trainLoss,
        (epoch) => epoch.validationLoss,
        colours,
      ),
    [stages, loss, colours],
  )
  const accuracyLines = useMemo(
    () =>
      curveLines(
        stages,
        accuracy,
        (epoch) => epoch.trainAccuracy,
        (epoch) => epoch.validationAccuracy,
        colours,
      ),
    [stages, accuracy, colours],
  )
  const others = [...points].filter(([name]) => !MAIN.includes(name) && !EPOCHS.test(name))
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
      <details className="card fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {random ? 'Cells' : 'Epochs'} as a table
          {others.length > 0 && `, and ${others.map(([name]) => name.replaceAll('-', ' ')).join(', ')}`}
        </summary>
        {open && <EpochTable stages={stages} random={random} />}
        <div className="pair">
          {(open ? others : []).map(([name, metric]) => (
            <div key={name}>
              <h3>{name.replaceAll('-', ' ')}</h3>
              <LineChart
                label={name}
                lines={[{ label: 'each step', colour: colours.mean, width: 1.5, x: metric.steps, y: metric.last }]}
                marks={marks}
                valueText={numberText}
                together="run"
                height={160}
              />
            </div>
          ))}
        </div>
      </details>
    </>
  )
}
