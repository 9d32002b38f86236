// The collapse reports of all stages one after the other, with where stages begin and since when something is wrong.
import type { CollapseReport } from '@cellboard/schema/events'
import type { StageSeen } from '@cellboard/schema/progress'

export interface CollapseCurves {
  /** One an epoch; the first stands at x = 1. */
  readonly places: readonly CollapseReport[]
  /** Where the later stages begin. */
  readonly marks: readonly { readonly x: number; readonly label: string }[]
  /** From which x on the verdict has not been healthy; null while it is. */
  readonly shadedFrom: number | null
  /** The last epoch of each stage so far, as the stage counts it. */
  readonly ticks: readonly { readonly x: number; readonly label: string }[]
  /** The x of the last epoch there will be. */
  readonly last: number
}

export function collapseCurves(
  reports: readonly CollapseReport[],
  stages: readonly Pick<StageSeen, 'stage' | 'epochs'>[],
): CollapseCurves {
  const marks = reports.flatMap(({ stage }, i) =>
    i > 0 && reports[i - 1]!.stage !== stage ? [{ x: i + 0.5, label: `stage ${stage}` }] : [],
  )
  const newest = reports.at(-1)
  const since = newest?.since ?? null
  const at = since === null ? -1 : reports.findIndex(({ stage, epoch }) => stage === newest!.stage && epoch >= since)
  const toCome = newest
    ? (stages.find(({ stage }) => stage === newest.stage)?.epochs ?? newest.epoch) - newest.epoch
    : 0
  const ticks = reports.flatMap(({ stage, epoch }, i) =>
    reports[i + 1]?.stage === stage ? [] : [{ x: i + 1, label: String(epoch) }],
  )
  return {
    places: reports,
    ticks,
    marks,
    shadedFrom: at < 0 ? null : at + 1,
    last: reports.length + Math.max(0, toCome),
  }
}

/** One figure of the reports as points; what was not measured is left out, and between stages the line is broken. */
export function pointsOf(
  reports: readonly CollapseReport[],
  value: (report: CollapseReport) => number | null,
): { readonly x: number; readonly y: number }[] {
  let stage = reports[0]?.stage
  return reports.flatMap((report, i) => {
    const begins = report.stage !== stage
    stage = report.stage
    // JSON brings what is no number as null.
    const y = value(report)
    return [...(begins ? [{ x: i + 0.5, y: NaN }] : []), ...(y === null ? [] : [{ x: i + 1, y }])]
  })
}
