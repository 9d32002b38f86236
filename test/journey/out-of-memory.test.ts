// Memory that is not there: the run ends in a sentence with a batch that fits, at once, and what runs beside it goes on.
import { expect, test } from 'vitest'
import { Follower, type Client } from '../kit/client.js'
import { FAKE } from '../kit/fake-engine.js'
import { startServer, startWithFakeEngine } from '../kit/server.js'

const START = 'mutation ($input: SearchInput!) { startSearch(input: $input) { id } }'
const OUTCOME = 'query ($id: ID!) { run(id: $id) { state failure { code message hint } metrics { name count } } }'
const SMALL = {
  space: 'nas-bench-201',
  dataset: 'digits',
  channels: 4,
  stage1Cells: 1,
  stage2Cells: 1,
  images: 128,
  batch: 32,
  epochs: 2,
}

interface Outcome {
  readonly state: string
  readonly failure: { code: string; message: string; hint: string } | null
  readonly metrics: { name: string; count: number }[]
}

async function begin(client: Client, input: object): Promise<Follower> {
  const { startSearch } = await client.ask<{ startSearch: { id: string } }>(START, { input: { ...SMALL, ...input } })
  return new Follower(startSearch.id)
}

async function outcomeOf(client: Client, run: Follower): Promise<Outcome> {
  await run.untilEnd(client)
  return (await client.ask<{ run: Outcome }>(OUTCOME, { id: run.run })).run
}

test('a search that this machine has no memory for is refused by the engine, and its peer finishes', async () => {
  const client = await (await startServer({ env: { CELLBOARD_RUNNERS: '2' } })).signIn()
  const peer = await begin(client, {})
  const large = await begin(client, {
    space: 'darts',
    channels: 512,
    stage1Cells: 20,
    stage2Cells: 20,
    images: 1024,
    batch: 1024,
  })
  const { state, failure } = await outcomeOf(client, large)
  expect([state, failure?.code]).toEqual(['FAILED', 'OUT_OF_MEMORY'])
  expect(failure!.message).toMatch(
    /^Expected a step of stage 1 to fit the .* but with 1024 images it takes about .* GB\.$/,
  )
  expect(failure!.hint).toMatch(/batch of/)
  expect(large.ofType('started')).toHaveLength(1)
  expect(await outcomeOf(client, peer)).toMatchObject({ state: 'FINISHED', failure: null })
})

test('an engine that takes all memory and dies of it is not started again; its points are kept, its peer finishes', async () => {
  const env = { CELLBOARD_RUNNERS: '2', NODE_OPTIONS: '--max-old-space-size=200' }
  const client = await (await startWithFakeEngine({ env })).signIn()
  const [hungry, peer] = [await begin(client, { seed: FAKE.hungry }), await begin(client, { seed: FAKE.slow })]
  const { state, failure, metrics } = await outcomeOf(client, hungry)
  expect([state, failure?.code]).toEqual(['FAILED', 'OUT_OF_MEMORY'])
  expect(failure!.message).toContain('batch 32, 4 channels')
  expect(failure!.hint).toMatch(/^Use a batch of at most 16, /)
  expect(hungry.ofType('started')).toHaveLength(1)
  expect(metrics.find(({ name }) => name === 'loss')?.count).toBe(5)
  expect(await outcomeOf(client, peer)).toMatchObject({ state: 'FINISHED' })
  expect(peer.ofType('started')).toHaveLength(1)
})
