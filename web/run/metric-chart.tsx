// One metric of a run over its steps.
import { LineChart, type ChartMark } from '../charts/line-chart.js'
import type { MetricPoints } from '../charts/metric-points.js'
import { numberText } from '../charts/number-text.js'

/** learning-rate -> Learning rate */
export const wordsOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ')

interface MetricChartProps {
  name: string
  metric: MetricPoints
  marks: readonly ChartMark[]
  colour: string
}

export function MetricChart({ name, metric, marks, colour }: MetricChartProps) {
  return (
    <LineChart
      label={name}
      lines={[{ label: 'each step', colour, width: 1.5, x: metric.steps, y: metric.last }]}
      marks={marks}
      valueText={numberText}
      together="run"
      height={160}
    />
  )
}
