// Loss and accuracy of all seeds at once: the mean of the runs, in the band from the least to the greatest.
import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import type { ChartLine } from '../charts/align-lines.js'
import { decodeFloat64Column } from '../charts/float64-column.js'
import { LineChart } from '../charts/line-chart.js'
import { numberText, percentText } from '../charts/number-text.js'
import type { Band } from './group-query.js'

const COLOURS = { light: { mean: '#3b50c4', band: '#8e9de0' }, dark: { mean: '#aab8ff', band: '#5b6cb8' } }
const wholePercent = (value: number) => percentText(value, 0)

function bandLines({ x, mean, min, max }: Band, colours: (typeof COLOURS)['light']): ChartLine[] {
  const [steps, middle, least, most] = [x, mean, min, max].map((column) => [...decodeFloat64Column(column)])
  const bound = { colour: colours.band, width: 0, bound: true, x: steps! }
  return [
    { label: 'largest', ...bound, y: most! },
    { label: 'smallest', ...bound, y: least! },
    { label: 'mean of the seeds', colour: colours.mean, width: 2, x: steps!, y: middle! },
  ]
}

interface BandCurvesProps {
  loss: Band
  accuracy: Band
  /** What the accuracy is measured on. */
  on: string
}

export function BandCurves({ loss, accuracy, on }: BandCurvesProps) {
  const colours = COLOURS[useComputedColorScheme('light')]
  const lines = useMemo(
    () => [bandLines(loss, colours), bandLines(accuracy, colours)] as const,
    [loss, accuracy, colours],
  )
  if (lines[0][0]!.x.length === 0) return null
  return (
    <div className="pair">
      <section className="card" aria-labelledby="band-loss">
        <div className="card-head">
          <h2 id="band-loss">Loss</h2>
          <span className="quiet">all seeds: least to greatest, and mean</span>
        </div>
        <LineChart
          label="Loss of all seeds"
          lines={lines[0]}
          valueText={numberText}
          together="group"
          numbers="the table of runs"
        />
      </section>
      <section className="card" aria-labelledby="band-accuracy">
        <div className="card-head">
          <h2 id="band-accuracy">Accuracy</h2>
          <span className="quiet">{on}</span>
        </div>
        <LineChart
          label="Accuracy of all seeds"
          lines={lines[1]}
          valueText={percentText}
          axisText={wholePercent}
          together="group"
          numbers="the table of runs"
        />
      </section>
    </div>
  )
}
