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
  readonly test: string
}

/** What an epoch tells of one figure, beside the mean over its steps. */
export interface EpochFigures {
  readonly mean: (epoch: EpochSeen) => number
  readonly validation: (epoch: EpochSeen) => number | undefined
  readonly test: (epoch: EpochSeen) => number | undefined
}

export const LOSSES: EpochFigures = {
  mean: (epoch) => epoch.trainLoss,
  validation: (epoch) => epoch.validationLoss,
  test: (epoch) => epoch.testLoss,
}
export const ACCURACIES: EpochFigures = {
  mean: (epoch) => epoch.trainAccuracy,
  validation: (epoch) => epoch.validationAccuracy,
  test: (epoch) => epoch.testAccuracy,
}

/** Every step (light, with a band where steps were merged), the mean of each epoch, validation and test where they are measured. */
export function curveLines(
  stages: readonly StageSeen[],
  points: MetricPoints | undefined,
  figures: EpochFigures,
  colours: CurveColours,
): ChartLine[] {
  const steps = points?.steps ?? []
  const merged = points?.min.some((least, i) => least !== points.max[i]) ?? false
  const bounds = (label: string, values: readonly number[]) =>
    stepLines(stages, steps, values).map((line) => ({ label, colour: colours.steps, width: 0, bound: true, ...line }))
  const largest = merged ? bounds('largest', points!.max) : []
  const smallest = merged ? bounds('smallest', points!.min) : []
  const marked = stages.every((stage) => stage.done.length <= MOST_DOTS)
  const ofEpochs = (
    label: string,
    value: (epoch: EpochSeen) => number | undefined,
    look: Pick<ChartLine, 'colour' | 'dash'>,
  ) => {
    const lines = epochLines(stages, value)
    return lines.some((line) => line.x.length > 0)
      ? lines.map((line) => ({ label, width: 2, marked, ...look, ...line }))
      : []
  }
  return [
    // Each stage's upper and lower bound stand side by side: the chart fills between such a pair.
    ...largest.flatMap((line, i) => [line, smallest[i]!]),
    ...stepLines(stages, steps, points?.last ?? []).map((line) => ({
      label: 'each step',
      colour: colours.steps,
      width: 1,
      ...line,
    })),
    ...epochLines(stages, figures.mean).map((line) => ({
      label: 'epoch mean',
      colour: colours.mean,
      width: 2,
      marked,
      ...line,
    })),
    ...ofEpochs('validation', figures.validation, { colour: colours.validation, dash: [6, 4] }),
    ...ofEpochs('test', figures.test, { colour: colours.test, dash: [2, 3] }),
  ]
}
