// Runs are found, tagged, noted, compared and put away over the API.
import { expect, test } from 'vitest'
import { join, makeTeam, makeToken } from '../kit/people.js'
import { startWithFakeEngine } from '../kit/server.js'
import { Follower, type Client } from '../kit/client.js'

const start = async (client: Client, input: object) => {
  const { startSearch } = await client.ask<{ startSearch: { id: string } }>(
    'mutation ($input: SearchInput!) { startSearch(input: $input) { id } }',
    { input: { dataset: 'digits', epochs: 1, ...input } },
  )
  return startSearch.id
}
const found = async (client: Client, filter: object, order: object | null = null) => {
  const { runs } = await client.ask<{ runs: { totalCount: number; edges: { node: { id: string } }[] } }>(
    'query ($filter: RunFilter, $order: RunOrder) { runs(filter: $filter, order: $order) { totalCount edges { node { id } } } }',
    { filter, order },
  )
  expect(runs.totalCount).toBe(runs.edges.length)
  return runs.edges.map(({ node }) => node.id)
}

test('by settings, metrics, tags, text and time; in any order', async () => {
  const server = await startWithFakeEngine()
  const client = await server.signIn()
  const small = await start(client, { name: 'small', batch: 16 })
  const large = await start(client, { name: 'large', batch: 64, method: 'DARTS' })
  for (const id of [small, large]) await new Follower(id).untilEnd(client)
  await client.ask('mutation ($runs: [ID!]!) { tagRuns(runs: $runs, add: ["paper", "draft/2"]) { tags } }', {
    runs: [small],
  })

  expect(await found(client, { settings: [{ name: 'batch', min: 32 }] })).toEqual([large])
  expect(await found(client, { methods: ['DARTS'] })).toEqual([large])
  expect(await found(client, { tags: { any: ['paper'] } })).toEqual([small])
  expect(await found(client, { tags: { none: ['paper'] } })).toEqual([large])
  expect(await found(client, { text: 'SMA' })).toEqual([small])
  expect(await found(client, { states: ['FINISHED'], createdAt: { to: '2020-01-01T00:00:00Z' } })).toEqual([])
  expect(await found(client, {}, { by: 'SETTING', name: 'batch', direction: 'ASC' })).toEqual([small, large])
  expect(await found(client, {}, { by: 'SETTING', name: 'batch', direction: 'DESC' })).toEqual([large, small])
  expect(await found(client, {}, { by: 'NAME', direction: 'ASC' })).toEqual([large, small])

  const { compare } = await client.ask<{
    compare: { settings: { name: string; values: string[]; differs: boolean }[] }
  }>(
    'query ($runs: [ID!]!) { compare(runs: $runs) { settings { name values differs } metrics { name summaries { last } } } }',
    { runs: [small, large] },
  )
  expect(compare.settings).toContainEqual({ name: 'batch', values: ['16', '64'], differs: true })
  expect(compare.settings).toContainEqual({ name: 'dataset', values: ['digits', 'digits'], differs: false })
})

test('a run goes into the bin, comes back, and is deleted for good only from there', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const id = await start(owner, {})
  await new Follower(id).untilEnd(owner)
  const gone = 'mutation ($runs: [ID!]!) { deleteRuns(runs: $runs) }'
  expect((await owner.request(gone, { runs: [id] })).errors![0]!.extensions.code).toBe('CONFLICT')
  await owner.ask('mutation ($runs: [ID!]!) { trashRuns(runs: $runs) { trashedAt } }', { runs: [id] })
  expect(await found(owner, {})).toEqual([])
  expect(await found(owner, { trashed: true })).toEqual([id])
  await owner.ask('mutation ($runs: [ID!]!) { restoreRuns(runs: $runs) { trashedAt } }', { runs: [id] })
  expect(await found(owner, {})).toEqual([id])
  await owner.ask('mutation ($runs: [ID!]!) { trashRuns(runs: $runs) { trashedAt } }', { runs: [id] })
  const member = await join(owner)
  expect((await member.request(gone, { runs: [id] })).errors![0]!.extensions.code).toBe('FORBIDDEN')
  await owner.ask(gone, { runs: [id] })
  expect((await owner.request('query ($id: ID!) { run(id: $id) { id } }', { id })).errors![0]!.extensions.code).toBe(
    'NOT_FOUND',
  )
})

test('notes need the scope log, and names and tags their form', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const id = await start(owner, {})
  const note =
    'mutation ($id: ID!, $name: String) { setRun(id: $id, name: $name, notes: "as seen on Monday", pinned: true) { name notes pinned } }'
  const reader = await makeToken(owner, { scopes: ['READ'] })
  expect((await reader.request(note, { id })).errors![0]!.extensions.code).toBe('FORBIDDEN')
  const logger = await makeToken(owner, { scopes: ['LOG'] })
  const { setRun } = await logger.ask<{ setRun: object }>(note, { id, name: 'Monday' })
  expect(setRun).toEqual({ name: 'Monday', notes: 'as seen on Monday', pinned: true })
  const { errors } = await owner.request('mutation ($id: ID!) { tagRuns(runs: [$id], add: ["two words"]) { id } }', {
    id,
  })
  expect(errors![0]!.extensions.fields).toMatchObject([{ path: 'add.0' }])
})

test('what runs can be shown and narrowed by is told of those that one sees, and of no others', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  await new Follower(await start(owner, { batch: 16 })).untilEnd(owner)
  const columns = '{ runColumns { settings metrics } }'
  const { runColumns } = await owner.ask<{ runColumns: { settings: string[]; metrics: string[] } }>(columns)
  expect(runColumns.settings).toEqual(expect.arrayContaining(['batch', 'dataset', 'weightDecay']))
  expect(runColumns.metrics).toEqual(expect.arrayContaining(['accuracy', 'loss']))
  expect([...runColumns.settings].sort()).toEqual(runColumns.settings)
  const others = await makeTeam(owner, 'others')
  const stranger = await join(owner, { team: others.id })
  expect(await stranger.ask(columns)).toEqual({ runColumns: { settings: [], metrics: [] } })
})
