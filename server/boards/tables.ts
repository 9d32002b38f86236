// A board as a table for other programs and papers: CSV, JSON, Markdown, LaTeX.
import type { EntityManager } from '../store/orm.js'
import { TeamTable } from '../teams/team.table.js'
import type { BoardRow } from './board.table.js'
import type { BoardEntry } from './entry.type.js'
import { entryId, rulesOf, shownFigures } from './find-board.js'
import { baselinesOf, showPlaces } from './placed.js'
import { shownFigure } from './shown-figure.js'
import { valueName } from './sort-key.js'
import { placesFrom } from './stretches.js'

/** As many places as one table has. */
export const MOST_ROWS = 10_000

export interface Row {
  /** Null: a baseline. */
  readonly rank: number | null
  readonly title: string
  readonly team: string
  readonly source: string
  readonly figures: readonly { readonly mean: number | null; readonly deviation: number | null; readonly n: number }[]
  readonly submittedAt: Date
  readonly id: string
  /** Whether the spread cannot tell it from the one above. */
  readonly tied: boolean
}

export interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly decimals: number
  readonly rows: readonly Row[]
}

/** The first places, then the baselines; the main metric is the first column. */
export async function tableOf(em: EntityManager, board: BoardRow, most = MOST_ROWS): Promise<Table> {
  const entries = await showPlaces(em, board, await placesFrom(em, board.id, 1, most))
  const baselines = await baselinesOf(em, board)
  const teams = new Map(
    (await em.find(TeamTable, { id: { $in: [...new Set(entries.map(({ placed }) => placed.row.teamId!))] } })).map(
      ({ id, name }) => [id, name],
    ),
  )
  const main = valueName(rulesOf(board).metric)
  const shown = shownFigures(board)
  const isMain = (one: (typeof shown)[number]) => valueName(one) === main
  const figures = [...shown.filter(isMain), ...shown.filter((one) => !isMain(one))]
  const row = ({ placed, tiedAbove: tied }: BoardEntry): Row => ({
    ...{ rank: placed.rank, title: placed.row.title, source: placed.row.source, submittedAt: placed.row.submittedAt },
    ...{ id: entryId(placed.row.id), tied, team: teams.get(placed.row.teamId ?? 0) ?? '' },
    figures: figures.map((one) => placed.row.values[valueName(one)] ?? { mean: null, deviation: null, n: 0 }),
  })
  return {
    name: board.name,
    columns: figures.map(({ name, pick }) => (pick === 'last' ? name : `${pick} ${name}`)),
    decimals: board.rules.decimalsShown,
    rows: [...entries, ...baselines].map(row),
  }
}

/** RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
const csvCell = (value: string | number | null): string => {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvOf({ columns, rows }: Table): string {
  const head = [
    'rank',
    'entry',
    'title',
    'team',
    ...columns.flatMap((name) => [name, `${name} deviation`, `${name} n`]),
  ]
  const lines = rows.map(({ rank, id, title, team, figures, submittedAt, source }) => [
    ...[rank, id, title, team],
    ...figures.flatMap(({ mean, deviation, n }) => [mean, deviation, n]),
    ...[submittedAt.toISOString(), source],
  ])
  return [[...head, 'submitted', 'source'], ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n') + '\r\n'
}

export const jsonOf = ({ name, columns, rows }: Table): string =>
  JSON.stringify(
    {
      name,
      rows: rows.map(({ figures, ...rest }) => ({
        ...rest,
        figures: Object.fromEntries(columns.map((column, i) => [column, figures[i]])),
      })),
    },
    null,
    2,
  )

export function markdownOf({ columns, rows, decimals }: Table): string {
  const cell = (text: string) =>
    text
      .replaceAll('\\', '\\\\')
      .replaceAll('|', '\\|')
      .replace(/[\r\n]+/g, ' ')
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  const body = rows.map(({ rank, title, team, figures, tied }) =>
    line([
      rank === null ? '' : `${tied ? '=' : ''}${rank}`,
      title,
      team,
      ...figures.map((one) => shownFigure(one, decimals, '±')),
    ]),
  )
  const rule = `| ${['--:', '---', '---', ...columns.map(() => '--:')].join(' | ')} |`
  return [line(['#', 'Entry', 'Team', ...columns]), rule, ...body, ''].join('\n')
}

const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}
const tex = (text: string) =>
  text.replace(/[\\{}$&#%_~^]/g, (mark) => TEX[mark] ?? `\\${mark}`).replace(/[\r\n]+/g, ' ')

/** For the package booktabs. */
export function latexOf({ columns, rows, decimals }: Table): string {
  const line = (cells: readonly string[]) => `  ${cells.join(' & ')} \\\\`
  const body = rows.map(({ rank, title, team, figures }) => {
    const shown = figures.map((one) => (one.mean === null ? '--' : `$${shownFigure(one, decimals, '\\pm')}$`))
    return line([rank === null ? '' : String(rank), tex(title), tex(team), ...shown])
  })
  return [
    `\\begin{tabular}{rll${'r'.repeat(columns.length)}}`,
    '  \\toprule',
    line(['\\#', 'Entry', 'Team', ...columns.map(tex)]),
    '  \\midrule',
    ...body,
    '  \\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n')
}
