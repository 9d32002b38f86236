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

interface Columns {
  readonly x: number[]
  readonly y: number[]
}

/** One value an epoch, at the epoch's last step; one line a stage. */
function epochLines(stages: readonly StageSeen[], value: (epoch: EpochSeen) => number | undefined): Columns[] {
  return stages.map((stage) => {
    const measured = stage.done.filter((epoch) => value(epoch) !== undefined)
    return { x: measured.map((epoch) => epoch.step), y: measured.map((epoch) => value(epoch)!) }
  })
}

/** The values of all steps; one line a stage, since each stage trains another network. */
function stepLines(stages: readonly StageSeen[], steps: readonly number[], values: readonly number[]): Columns[] {
  const starts = stageStarts(stages)
  const cuts = [...starts.slice(1), Infinity].map((next) => {
    const cut = steps.findIndex((step) => step >= next)
    return cut < 0 ? steps.length : cut
  })
  return cuts.map((cut, i) => {
    const from = i === 0 ? 0 : cuts[i - 1]!
    return { x: steps.slice(from, cut), y: values.slice(from, cut) }
  })
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
  const bounds = (label: string, values: readonly number[]) =>
    stepLines(stages, steps, values).map((line) => ({ label, colour: colours.steps, width: 0, bound: true, ...line }))
  const largest = merged ? bounds('largest', points!.max) : []
  const smallest = merged ? bounds('smallest', points!.min) : []
  const means = epochLines(stages, mean)
  const validations = epochLines(stages, validation)
  const marked = means.every((line) => line.x.length <= MOST_DOTS)
  const validated = validations.some((line) => line.x.length > 0)
  return [
    // Each stage's upper and lower bound stand side by side: the chart fills between such a pair.
    ...largest.flatMap((line, i) => [line, smallest[i]!]),
    ...stepLines(stages, steps, points?.last ?? []).map((line) => ({
      label: 'each step',
      colour: colours.steps,
      width: 1,
      ...line,
    })),
    ...means.map((line) => ({ label: 'epoch mean', colour: colours.mean, width: 2, marked, ...line })),
    ...(validated
      ? validations.map((line) => ({
          label: 'validation',
          colour: colours.validation,
          width: 2,
          dash: [6, 4],
          marked,
          ...line,
        }))
      : []),
  ]
}
