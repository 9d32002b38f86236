// How long the answer takes for a thing that is there but another team's, against one that is not there: asked in turn, in an order by
// chance, so that what the machine does besides weighs on both alike. A difference would tell a stranger what exists.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { signIn, type Client } from '../kit/client.js'
import { join, makeTeam } from '../kit/people.js'
import { machine, type Figure } from './figure.js'
import { quantile } from './spread.js'
import { startOwnServer } from './own-server.js'

/** A difference of medians below this is lost in what one request differs from the next over any network. */
const TARGET_MS = 0.1
const PAIRS = 500
const WARM = 100

const WAYS = {
  run: '($id: ID!) { run(id: $id) { id } }',
  node: '($id: ID!) { node(id: $id) { id } }',
  group: '($id: ID!) { group(id: $id) { id } }',
} as const

const rounded = (value: number) => Math.round(1000 * value) / 1000
const both = (times: readonly number[]) => ({ p50: rounded(quantile(times, 0.5)), p95: rounded(quantile(times, 0.95)) })

async function timed(client: Client, query: string, id: string): Promise<number> {
  const began = performance.now()
  const { data, errors } = await client.request<object>(query, { id })
  const took = performance.now() - began
  if (!errors && Object.values(data ?? {}).some((value) => value !== null))
    throw new Error(`Expected ${id} not to be seen, but it was.`)
  return took
}

export async function foreignTiming(_args: readonly string[], tell: (what: string) => void): Promise<Figure> {
  const home = mkdtempSync(path(tmpdir(), 'cellboard-foreign-'))
  const { process: server, address, link } = await startOwnServer(home)
  const closed = once(server, 'close')
  try {
    const owner = await signIn(address, link)
    const { startSearch } = await owner.ask<{ startSearch: { id: string; group: { id: string } } }>(
      'mutation { startSearch(input: { dataset: "digits", epochs: 1 }, seeds: [1, 2]) { id group { id } } }',
    )
    const { id: team } = await makeTeam(owner, 'elsewhere')
    const stranger = await join(owner, { team })
    const there = { run: startSearch.id, node: startSearch.id, group: startSearch.group.id }
    const none = { run: 'search-9', node: 'search-9', group: 'group-9' }
    const ways: Record<string, { foreign: object; none: object; p50Difference: number; p95Difference: number }> = {}
    for (const way of Object.keys(WAYS) as (keyof typeof WAYS)[]) {
      const query = `query ${WAYS[way]}`
      const [foreign, absent]: [number[], number[]] = [[], []]
      for (let pair = 0; pair < WARM + PAIRS; pair++) {
        const kinds = [
          [there[way], foreign],
          [none[way], absent],
        ] as const
        for (const [id, times] of Math.random() < 0.5 ? kinds : [...kinds].reverse()) {
          const took = await timed(stranger, query, id)
          if (pair >= WARM) times.push(took)
        }
      }
      const difference = (share: number) => rounded(quantile(foreign, share) - quantile(absent, share))
      ways[way] = {
        foreign: both(foreign),
        none: both(absent),
        p50Difference: difference(0.5),
        p95Difference: difference(0.95),
      }
      tell(`${way}: ${JSON.stringify(ways[way])}`)
    }
    const figure = Math.max(...Object.values(ways).map(({ p50Difference }) => Math.abs(p50Difference)))
    return {
      name: 'foreign-timing',
      figure,
      unit: 'ms',
      target: `difference of medians <= ${TARGET_MS} ms`,
      holds: figure <= TARGET_MS,
      ways,
      conditions: { ...machine(), load: rounded(loadavg()[0]!), pairs: PAIRS },
    }
  } finally {
    server.kill('SIGTERM')
    await closed
    rmSync(home, { recursive: true, force: true })
  }
}
