// A table of 100,000 runs with ten settings and ten metrics each: filtered, ordered by the best of a metric, its first page and its
// five-hundredth, over HTTP as the dashboard asks.
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import Database from 'libsql'
import { signIn, type Client } from '../kit/client.js'
import { machine, type Figure } from './figure.js'
import { numbers } from './numbers.js'
import { quantile } from './spread.js'
import { startOwnServer, stopOwnServer } from './own-server.js'

/** Milliseconds at p95. */
const TARGET = 150
const PAGE = 50
const METRICS = Array.from({ length: 10 }, (_, i) => `metric-${i}`)

/** Writes runs as the server itself would have: rows, settings one by one, summaries of metrics. */
function fill(file: string, count: number, tell: (what: string) => void): void {
  const store = new Database(file)
  store.exec('pragma synchronous = off')
  const settings = resolveSettings(searchSettingsSchema.parse({ dataset: 'digits' }))
  const run = store.prepare(
    `insert into run (kind, name, project_id, state, settings, created_at, started_at, finished_at, last_number)
     values ('search', ?, 1, ?, ?, ?, ?, ?, 1)`,
  )
  const setting = store.prepare('insert into run_setting (run_id, name, number, text) values (?, ?, ?, ?)')
  const metric = store.prepare(
    `insert into metric_summary (run_id, metric, count, last, last_step, min, min_step, max, max_step)
     values (?, ?, 100, ?, 100, ?, 1, ?, 100)`,
  )
  const next = numbers(1)
  const choice = <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)]!
  const write = store.transaction((from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const changed = {
        batch: choice([16, 32, 64, 128]),
        epochs: choice([10, 20, 50]),
        channels: choice([8, 16]),
        weightRate: next() / 10,
        alphaRate: next() / 100,
        seed: i,
        space: choice(['darts', 's1', 's2', 'nas-bench-201']),
        method: choice(['stacnas', 'darts', 'random']),
        dataset: choice(['digits', 'cifar10']),
        schedule: 'cosine',
      }
      const state = choice(['FINISHED', 'FINISHED', 'FINISHED', 'FAILED', 'CANCELLED'])
      const text = JSON.stringify({ ...settings, ...changed })
      const { lastInsertRowid } = run.run(`run ${i}`, state, text, 1e12 + i, 1e12 + i, 1e12 + i + 60_000)
      const id = Number(lastInsertRowid)
      for (const [name, value] of Object.entries(changed))
        setting.run(id, name, typeof value === 'number' ? value : null, typeof value === 'string' ? value : null)
      for (const name of METRICS) {
        const value = next()
        metric.run(id, name, value, value / 2, Math.min(1, value * 1.1))
      }
    }
  })
  for (let from = 0; from < count; from += 5_000) {
    write(from, Math.min(count, from + 5_000))
    tell(`wrote ${Math.min(count, from + 5_000)} of ${count} runs`)
  }
  store.exec('pragma wal_checkpoint(truncate)')
  store.close()
}

/** As web/runs/use-runs.ts asks: for settings where one is a column. */
const QUERY = `query ($after: String, $filter: RunFilter, $order: RunOrder, $withSettings: Boolean = false) {
  runs(first: ${PAGE}, after: $after, filter: $filter, order: $order) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node {
      id name kind state createdAt startedAt finishedAt progress { done total preparing etaSeconds } metrics { name last min max }
      settings @include(if: $withSettings) tags project { id role } trashedAt group { id name }
      ... on Search { method space { title } dataset { title } }
      ... on Training { dataset { title } search { id name } }
    } }
  }
}`

const ORDER = { by: 'METRIC', name: 'metric-3', pick: 'MAX', direction: 'DESC' }
const VIEWS = {
  'by the best of a metric': { order: ORDER },
  'a setting and a state, by the best of a metric': {
    filter: { states: ['FINISHED'], settings: [{ name: 'batch', min: 32 }] },
    order: ORDER,
    withSettings: true,
  },
  'a rare setting, by the best of a metric': {
    filter: { states: ['FINISHED'], settings: [{ name: 'seed', is: 77_777 }] },
    order: ORDER,
  },
  'by a setting': { order: { by: 'SETTING', name: 'weightRate', direction: 'ASC' }, withSettings: true },
  'a metric above a bound, the newest first': { filter: { metrics: [{ name: 'metric-1', min: 0.9 }] } },
  'names that hold a text': { filter: { text: 'run 9999' } },
}

interface Page {
  readonly runs: {
    readonly edges: unknown[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

const rounded = (value: number) => Math.round(10 * value) / 10

async function timesOf(client: Client, variables: object, rounds: number): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < rounds; i++) {
    const began = performance.now()
    await client.ask<Page>(QUERY, variables)
    times.push(performance.now() - began)
  }
  return times
}

/** The cursor before page `page`, or the last there is. */
async function walkTo(client: Client, variables: object, page: number): Promise<{ after: string | null; at: number }> {
  let after: string | null = null
  for (let at = 1; ; at++) {
    if (at === page) return { after, at }
    const { runs }: Page = await client.ask<Page>(QUERY, { ...variables, after })
    if (!runs.pageInfo.hasNextPage) return { after, at }
    after = runs.pageInfo.endCursor
  }
}

export async function runsTable(args: readonly string[], tell: (what: string) => void): Promise<Figure> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '40' },
      page: { type: 'string', default: '500' },
    },
  })
  const [count, rounds, page] = [Number(values.runs), Number(values.rounds), Number(values.page)]
  const home = mkdtempSync(join(tmpdir(), 'cellboard-bench-'))
  await stopOwnServer(await startOwnServer(home))
  fill(join(home, 'store.sqlite'), count, tell)
  const server = await startOwnServer(home)
  try {
    const client = await signIn(server.address, server.link)
    const pages: Record<string, object> = {}
    const all: number[] = []
    for (const [name, view] of Object.entries(VIEWS)) {
      const { after, at } = await walkTo(client, view, page)
      for (const [which, cursor] of [
        ['page 1', null],
        [`page ${at}`, after],
      ] as const) {
        if (which === 'page 1' && cursor !== null) continue
        const times = await timesOf(client, { ...view, after: cursor }, rounds)
        all.push(quantile(times, 0.95))
        pages[`${name}, ${which}`] = {
          p50: rounded(quantile(times, 0.5)),
          p95: rounded(quantile(times, 0.95)),
          p99: rounded(quantile(times, 0.99)),
        }
        tell(`${name}, ${which}: ${JSON.stringify(pages[`${name}, ${which}`])}`)
      }
    }
    const figure = rounded(Math.max(...all))
    return {
      name: 'runs-table',
      figure,
      unit: 'ms at p95, of the slowest of these views and pages',
      target: `<= ${TARGET}`,
      holds: figure <= TARGET,
      conditions: { ...machine(), load: loadavg()[0]!, runs: count, rounds, page },
      pages,
    }
  } finally {
    await stopOwnServer(server)
    rmSync(home, { recursive: true, force: true })
  }
}
