// `npx cellboard board`: a board in the terminal, and entering something into it; asks a server as any other program does.
import { parseArgs } from 'node:util'
import { shownFigure } from './shown-figure.js'

const HELP = `npx cellboard board show BOARD [flags]             the ranking
npx cellboard board submit BOARD SUBJECT [flags]   enters a finished run, group, architecture or study

  --first N         places to show, 1 to 200 (default 20)
  --from N          the place to begin at (default 1)
  --as-of TIME      as it was, as in 2026-11-27T12:00:00Z
  --title TEXT      what to call the entry
  --team TEAM       of an architecture: the team whose trainings count, as in team-1
  --json            print one line of JSON
  --server URL      where the server is (default: CELLBOARD_SERVER, else http://localhost:4000)

A token is read from CELLBOARD_TOKEN: scope read to show, scope run to submit; a public board is shown without.
`

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly say: (text: string) => void
  readonly complain: (text: string) => void
}

const OPTIONS = {
  first: { type: 'string', default: '20' },
  from: { type: 'string', default: '1' },
  'as-of': { type: 'string' },
  title: { type: 'string' },
  team: { type: 'string' },
  json: { type: 'boolean', default: false },
  server: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** @returns the exit code: 0 done, 1 refused or not reached, 2 the words were not understood */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  let read
  try {
    read = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    terminal.complain(`${(error as Error).message}\n\n${HELP}`)
    return 2
  }
  const { values, positionals } = read
  const [verb, board, subject, ...more] = positionals
  if (values.help) return (terminal.say(HELP), 0)
  const isWhole = board && more.length === 0 && (verb === 'show' ? subject === undefined : verb === 'submit' && subject)
  if (!isWhole)
    return (
      terminal.complain(
        `Expected show BOARD or submit BOARD SUBJECT, but received "${positionals.join(' ')}".\n\n${HELP}`,
      ),
      2
    )
  const address = values.server ?? terminal.env.CELLBOARD_SERVER ?? 'http://localhost:4000'
  const ask = asker(address, terminal.env.CELLBOARD_TOKEN)
  try {
    if (verb === 'submit') {
      const { submitEntry } = await ask<Submitted>(SUBMIT, {
        board,
        subject,
        title: values.title ?? null,
        team: values.team ?? null,
      })
      terminal.say(values.json ? `${JSON.stringify(submitEntry)}\n` : `${submitted(submitEntry)}\n`)
      return 0
    }
    const wanted = { board, first: Number(values.first), from: Number(values.from), asOf: values['as-of'] ?? null }
    const { board: shown } = await ask<Shown>(SHOW, wanted)
    terminal.say(values.json ? `${JSON.stringify(shown)}\n` : table(shown))
    return 0
  } catch (error) {
    terminal.complain(`${(error as Error).message}\n`)
    return 1
  }
}

type Ask = <Data>(query: string, variables: object) => Promise<Data>

/** @throws the server's sentence, or that it was not reached */
function asker(address: string, token: string | undefined): Ask {
  return async <Data>(query: string, variables: object) => {
    let response: Response
    try {
      response = await fetch(new URL('/graphql', address), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query, variables }),
      })
    } catch {
      throw new Error(
        `Expected a Cellboard server at ${address}, but none answers. Start it, or say where it is with --server.`,
      )
    }
    const { data, errors } = (await response.json()) as { data?: Data | null; errors?: { message: string }[] }
    if (errors || !data)
      throw new Error(errors?.map(({ message }) => message).join('\n') ?? `The server answered ${response.status}.`)
    return data
  }
}

interface Figure {
  readonly name: string
  readonly pick: string
  readonly mean: number | null
  readonly deviation: number | null
}

interface Entry {
  readonly id: string
  readonly title: string
  readonly rank: number | null
  readonly tiedAbove: boolean
  readonly movement: number | null
  readonly team: { readonly name: string } | null
  readonly figures: readonly Figure[]
}

interface Shown {
  readonly board: {
    readonly name: string
    readonly length: number
    readonly ruleVersion: number
    readonly rules: {
      readonly decimalsShown: number
      readonly metric: { readonly name: string; readonly direction: string }
    }
    readonly entries: { readonly edges: readonly { readonly node: Entry }[] }
    readonly viewerEntries: readonly Entry[]
  }
}

interface Submitted {
  readonly submitEntry: {
    readonly id: string
    readonly rank: number | null
    readonly why: string
    readonly lift: string
  }
}

const ROW = 'id title rank tiedAbove movement team { name } figures { name pick mean deviation }'
const SHOW = `query ($board: ID!, $first: Int, $from: Int, $asOf: DateTime) {
  board(id: $board) {
    name length(asOf: $asOf) ruleVersion rules { decimalsShown metric { name direction } }
    entries(first: $first, from: $from, asOf: $asOf) { edges { node { ${ROW} } } }
    viewerEntries { ${ROW} }
  }
}`
const SUBMIT = `mutation ($board: ID!, $subject: ID!, $title: String, $team: ID) {
  submitEntry(board: $board, subject: $subject, title: $title, team: $team) { id rank why lift }
}`

const submitted = ({ id, why, lift }: Submitted['submitEntry']) => `${id}: ${why}\n${lift}`

const moved = (movement: number | null): string =>
  movement === null ? 'new' : movement === 0 ? '' : `${movement > 0 ? '▲' : '▼'}${Math.abs(movement)}`

function cells({ rank, tiedAbove, movement, title, team, figures }: Entry, decimals: number): string[] {
  const shown = figures.map((figure) => shownFigure(figure, decimals, '±'))
  return [rank === null ? '' : `${tiedAbove ? '=' : ''}${rank}`, moved(movement), title, team?.name ?? '', ...shown]
}

/** Columns of their widest cell; the viewer's own rows after a line, where they are not among those shown. */
function table({ name, length, ruleVersion, rules, entries, viewerEntries }: Shown['board']): string {
  const nodes = entries.edges.map(({ node }) => node)
  const own = viewerEntries.filter(({ id }) => !nodes.some((node) => node.id === id))
  const columns =
    (nodes[0] ?? own[0])?.figures.map(({ name, pick }) => (pick === 'LAST' ? name : `${pick.toLowerCase()} ${name}`)) ??
    []
  const head = ['#', '', 'Entry', 'Team', ...columns]
  const rows = nodes.map((node) => cells(node, rules.decimalsShown))
  const ownRows = own.map((node) => cells(node, rules.decimalsShown))
  const widths = head.map((title, i) => Math.max(title.length, ...[...rows, ...ownRows].map((row) => row[i]!.length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === 2 || i === 3 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd()
  const apart = '─'.repeat(Math.max(...widths))
  const way = rules.metric.direction === 'HIGHER' ? 'higher is better' : 'lower is better'
  return [
    `${name}: ${length} ranked by ${rules.metric.name} (${way}), rules version ${ruleVersion}`,
    '',
    line(head),
    ...rows.map(line),
    ...(ownRows.length > 0 ? [apart, ...ownRows.map(line)] : []),
    '',
  ].join('\n')
}
