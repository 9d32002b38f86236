// Gradient confusion for people at a terminal: a table of means and deviations over seeds, a chart, and which depth matches.
import type { ConfusionStatistic } from '@cellboard/schema/settings'
import type { Confusion } from './complexity/confusion.js'
import { meanConfusion, nearestDepth } from './complexity/nearest-depth.js'
import { meanAndDeviation } from './mean-and-deviation.js'

/** For each seed, after each number of steps. */
export interface DepthResult {
  readonly cells: number
  readonly seeds: readonly (readonly Confusion[])[]
}

export interface ConfusionResult {
  readonly space: string
  readonly stage: number
  readonly dataset: string
  readonly channels: number
  readonly finalChannels: number
  readonly seeds: readonly number[]
  /** What is charted and matched. */
  readonly statistic: ConfusionStatistic
  readonly steps: readonly number[]
  readonly batches: number
  readonly batch: number
  readonly final: DepthResult
  readonly depths: readonly DepthResult[]
  /** For each of `steps` the depth that is nearest. */
  readonly matched: readonly number[]
}

const FIGURES = {
  lowCosine: { title: '5 % quantile', chart: '5 % quantile of the cosines', text: (value: number) => value.toFixed(3) },
  minCosine: { title: 'least cosine', chart: 'Least cosine', text: (value: number) => value.toFixed(3) },
  negativeShare: {
    title: 'negative',
    chart: 'Share of the pairs that point apart',
    text: (value: number) => `${(100 * value).toFixed(1)} %`,
  },
  minInnerProduct: {
    title: 'least product',
    chart: 'Least inner product',
    text: (value: number) => value.toPrecision(2),
  },
} as const satisfies Record<ConfusionStatistic, unknown>

type Spread = ReturnType<typeof meanAndDeviation>

const figureAfter = ({ seeds }: DepthResult, at: number, figure: ConfusionStatistic): Spread =>
  meanAndDeviation(seeds.map((measured) => measured[at]![figure]))

export function confusionText(result: ConfusionResult): string {
  const { space, stage, dataset, channels, finalChannels, seeds, steps, batches, batch } = result
  const pairs = result.final.seeds[0]![0]!.pairs
  const head = `Gradient confusion on ${dataset}: ${batches} batches of ${batch} images, ${pairs} pairs; ${seeds.length > 1 ? 'seeds' : 'seed'} ${seeds.join(', ')}
Supernets of space ${space}, stage ${stage}, ${channels} channels; final network of ${finalChannels} channels\n`
  return [head, ...steps.map((step, at) => afterText(result, step, at))].join('\n')
}

/** The depth that is nearest the final network after the steps number `at`, by the means over seeds. */
export function matchedCells({ final, depths, statistic }: Omit<ConfusionResult, 'matched'>, at: number): number {
  const mean = ({ cells, seeds }: DepthResult) => ({ cells, confusion: meanConfusion(seeds.map((one) => one[at]!)) })
  return nearestDepth(mean(final), depths.map(mean), statistic).cells
}

function afterText({ final, depths, statistic, matched }: ConfusionResult, step: number, at: number): string {
  const rows = [
    ...depths.map((one) => ({ name: `${one.cells} ${one.cells === 1 ? 'cell' : 'cells'}`, one })),
    { name: `final, ${final.cells}`, one: final },
  ]
  const figures = Object.keys(FIGURES) as ConfusionStatistic[]
  const table = [
    ['', ...figures.map((figure) => FIGURES[figure].title)],
    ...rows.map(({ name, one }) => [name, ...figures.map((figure) => cellText(figureAfter(one, at, figure), figure))]),
  ]
  const target = figureAfter(final, at, statistic).mean
  return `${step === 0 ? 'Fresh weights' : `After ${step} steps`}
${columns(table)}

${FIGURES[statistic].chart}: mean (o) and deviation over seeds; the final network's (|)
${chart(
  rows.map(({ name, one }) => ({ name, ...figureAfter(one, at, statistic) })),
  target,
  statistic,
)}
Nearest the final network: ${matched[at]} ${matched[at] === 1 ? 'cell' : 'cells'}
`
}

function cellText({ mean, deviation }: Spread, figure: ConfusionStatistic): string {
  const { text } = FIGURES[figure]
  return `${text(mean)} ± ${text(deviation)}`
}

/** Right-aligned, two spaces apart, the first column to the left. */
function columns(table: readonly (readonly string[])[]): string {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  return table
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const WIDTH = 60

function chart(
  rows: readonly (Spread & { readonly name: string })[],
  target: number,
  statistic: ConfusionStatistic,
): string {
  const reached = rows.flatMap(({ mean, deviation }) => [mean - deviation, mean + deviation])
  const [low, high] = [Math.min(...reached), Math.max(...reached)]
  const place = (value: number) => Math.round(((value - low) / (high - low || 1)) * (WIDTH - 1))
  const names = Math.max(...rows.map(({ name }) => name.length))
  const lines = rows.map(({ name, mean, deviation }) => {
    const [from, to] = [place(mean - deviation), place(mean + deviation)]
    const marks = Array.from<unknown, string>({ length: WIDTH }, (_, i) => (i >= from && i <= to ? '-' : ' '))
    marks[place(target)] = '|'
    marks[place(mean)] = 'o'
    return `${name.padEnd(names)}  ${marks.join('').trimEnd()}`
  })
  const ends = [low, high].map((value) => FIGURES[statistic].text(value))
  const scale = ends[0]!.padEnd(WIDTH - ends[1]!.length) + ends[1]!
  return `${lines.join('\n')}\n${''.padEnd(names)}  ${scale}\n`
}
