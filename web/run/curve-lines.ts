// Turns a run's points and epochs into the lines of its charts, broken and marked where stages begin.
import type { EpochSeen, StageSeen } from '@cellboard/schema/progress'
import type { ChartLine } from '../charts/align-lines.js'
import type { ChartMark } from '../charts/line-chart.js'
import type { MetricPoints } from '../charts/metric-points.js'

/** First step of each stage: those before have run their epochs through. */
export function stageStarts(stages: readonly StageSeen[]): number[] {
  let step = 1
  return stages.map((stage) => {
    const first = step
    step += stage.epochs * stage.stepsPerEpoch
    return first
  })
}

export const stageMarks = (stages: readonly StageSeen[]): ChartMark[] =>
  stageStarts(stages).flatMap((x, i) => (i > 0 ? [{ x: x - 0.5, label: `stage ${stages[i]!.stage}` }] : []))

/** One value an epoch, at the epoch's last step; NaN between stages breaks the line there. */
function epochLine(stages: readonly StageSeen[], value: (epoch: EpochSeen) => number | undefined) {
  const starts = stageStarts(stages)
  const x: number[] = []
  const y: number[] = []
  stages.forEach((stage, i) => {
    if (i > 0) {
      x.push(starts[i]! - 0.5)
      y.push(NaN)
    }
    for (const epoch of stage.done) {
      const measured = value(epoch)
      if (measured === undefined) continue
      x.push(epoch.step)
      y.push(measured)
    }
  })
  return { x, y, any: y.some((one) => !Number.isNaN(one)) }
}

/** The line of all steps, broken where a stage begins: its network is another one. */
function stepLine(stages: readonly StageSeen[], points: MetricPoints | undefined) {
  const starts = new Set(stageStarts(stages).slice(1))
  const x: number[] = []
  const y: number[] = []
  points?.steps.forEach((step, i) => {
    for (const start of starts)
      if (step >= start) {
        starts.delete(start)
        x.push(start - 0.5)
        y.push(NaN)
      }
    x.push(step)
    y.push(points.last[i]!)
  })
  return { x, y }
}

/** More epochs than this are a line without dots. */
const MOST_DOTS = 40

export interface CurveColours {
  readonly steps: string
  readonly mean: string
  readonly validation: string
}

/** Every step (light, with a band where steps were merged), the mean of each epoch, and validation where it is measured. */
export function curveLines(
  stages: readonly StageSeen[],
  points: MetricPoints | undefined,
  mean: (epoch: EpochSeen) => number,
  validation: (epoch: EpochSeen) => number | undefined,
  colours: CurveColours,
): ChartLine[] {
  const steps = points?.steps ?? []
  const merged = points?.min.some((least, i) => least !== points.max[i]) ?? false
  const bound = { x: steps, colour: colours.steps, width: 0, bound: true }
  const means = epochLine(stages, mean)
  const validations = epochLine(stages, validation)
  return [
    ...(merged
      ? [
          { ...bound, label: 'largest', y: points!.max },
          { ...bound, label: 'smallest', y: points!.min },
        ]
      : []),
    { label: 'each step', colour: colours.steps, width: 1, ...stepLine(stages, points) },
    { label: 'epoch mean', colour: colours.mean, width: 2, marked: means.x.length <= MOST_DOTS, ...means },
    ...(validations.any
      ? [
          {
            label: 'validation',
            colour: colours.validation,
            width: 2,
            dash: [6, 4],
            marked: means.x.length <= MOST_DOTS,
            ...validations,
          },
        ]
      : []),
  ]
}
