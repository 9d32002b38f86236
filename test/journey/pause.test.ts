// A person pauses runs and lets them go on: nothing is lost or told twice, whatever dies in between.
import { expect, test } from 'vitest'
import { clientWith, Follower, type Client } from '../kit/client.js'
import { FAKE, lossAt } from '../kit/fake-engine.js'
import { enginesOf, newHome, startWithFakeEngine } from '../kit/server.js'

const SEARCH = 'mutation ($input: SearchInput!) { started: startSearch(input: $input) { id } }'
const TRAINING = 'mutation ($input: TrainingInput!) { started: startTraining(input: $input) { id } }'
const change = (name: string) => `mutation ($id: ID!) { run: ${name}(id: $id) { state becoming } }`
const [PAUSE, RESUME, CANCEL] = [change('pauseRun'), change('resumeRun'), change('cancelRun')]
const STATE = 'query ($id: ID!) { run(id: $id) { state becoming } }'

interface Stand {
  readonly run: { readonly state: string; readonly becoming: string | null }
}

async function begin(client: Client, kind: string, more: object = {}): Promise<Follower> {
  const shape = kind === 'search' ? { space: 'nas-bench-201', stage1Cells: 1, trainShare: 1 } : { cells: 3 }
  const input = {
    dataset: 'digits',
    channels: 4,
    images: 128,
    batch: 32,
    epochs: 4,
    seed: FAKE.slow,
    ...shape,
    ...more,
  }
  const query = kind === 'search' ? SEARCH : TRAINING
  return new Follower((await client.ask<{ started: { id: string } }>(query, { input })).started.id)
}

const stand = async (client: Client, { run }: Follower) => (await client.ask<Stand>(STATE, { id: run })).run
const untilPaused = (client: Client, run: Follower) =>
  run.until(client, () => run.ofType('state-changed').at(-1)?.state === 'PAUSED')
const untilSteps = (client: Client, run: Follower, count: number) =>
  run.until(client, ({ points }) => (points.get('loss')?.steps.length ?? 0) >= count)
const refused = async (client: Client, query: string, { run }: Follower) =>
  (await client.request(query, { id: run })).errors?.[0]?.extensions.code

function expectWhole(run: Follower, steps: number): void {
  const { steps: at, values } = run.points.get('loss')!
  expect(at).toEqual(Array.from({ length: steps }, (_, i) => i + 1))
  expect(values).toEqual(at.map(lossAt))
  const numbers = run.events.map(({ number }) => number)
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
}

test.each([
  ['search', 80],
  ['training', 40],
])('a running %s is paused in mid-epoch, goes on when it is resumed, and comes to the same', async (kind, steps) => {
  const server = await startWithFakeEngine()
  const client = await server.signIn()
  const run = await begin(client, kind, { epochs: 10 })
  await untilSteps(client, run, 6)
  expect(['RUNNING', 'PAUSED']).toContain((await client.ask<Stand>(PAUSE, { id: run.run })).run.state)
  await untilPaused(client, run)
  expect(await stand(client, run)).toEqual({ state: 'PAUSED', becoming: null })
  await expect.poll(() => enginesOf(server)).toEqual([])
  expect(await refused(client, PAUSE, run)).toBe('CONFLICT')

  expect(await client.ask(RESUME, { id: run.run })).toMatchObject({ run: { becoming: null } })
  expect(await refused(client, RESUME, run)).toBe('CONFLICT')
  await run.untilEnd(client)
  expect(run.ofType('state-changed').map(({ state }) => state)).toEqual([
    ...['QUEUED', 'RUNNING', 'PAUSED'],
    ...['QUEUED', 'RUNNING', 'FINISHED'],
  ])
  expect(run.ofType('started').at(-1)!.resumedFrom).toBeDefined()
  expectWhole(run, steps)
  for (const query of [PAUSE, RESUME, CANCEL]) expect(await refused(client, query, run)).toBe('CONFLICT')
})

test('a queued run is paused before it begins, stays so over a restart, and is cancelled', async () => {
  const home = newHome()
  const server = await startWithFakeEngine({ home, env: { CELLBOARD_RUNNERS: '0' } })
  const client = await server.signIn()
  const [run, next] = [await begin(client, 'training'), await begin(client, 'training', { seed: 1 })]
  expect(await client.ask(PAUSE, { id: run.run })).toEqual({ run: { state: 'PAUSED', becoming: null } })
  await server.kill()
  const again = await startWithFakeEngine({ home })
  const later = clientWith(again.address, client.token)
  await next.untilEnd(later)
  expect(await stand(later, run)).toMatchObject({ state: 'PAUSED' })
  expect(await later.ask(CANCEL, { id: run.run })).toEqual({ run: { state: 'CANCELLED', becoming: null } })
  expect(await refused(later, RESUME, run)).toBe('CONFLICT')
})

test('a server that is killed while a run is being paused starts with the run paused', async () => {
  const home = newHome()
  const server = await startWithFakeEngine({ home })
  const client = await server.signIn()
  const run = await begin(client, 'training', { seed: FAKE.deaf, epochs: 20 })
  await untilSteps(client, run, 6)
  const asked = await client.ask<Stand>(PAUSE, { id: run.run })
  await server.kill()
  expect(asked.run).toEqual({ state: 'RUNNING', becoming: 'PAUSED' })
  const again = await startWithFakeEngine({ home })
  const later = clientWith(again.address, client.token)
  expect(await stand(later, run)).toEqual({ state: 'PAUSED', becoming: null })
  await later.ask(RESUME, { id: run.run })
  await run.until(later, () => run.ofType('started').length === 2)
  await later.ask(CANCEL, { id: run.run })
  await run.untilEnd(later)
  expect(run.ofType('state-changed').at(-1)!.state).toBe('CANCELLED')
})

test('paused and resumed again and again in quick succession, a run is computed once at a time and whole', async () => {
  const server = await startWithFakeEngine({ env: { CELLBOARD_RUNNERS: '2' } })
  const client = await server.signIn()
  const run = await begin(client, 'training', { epochs: 15 })
  for (let i = 0; i < 4; i++) {
    await client.request(PAUSE, { id: run.run })
    await expect
      .poll(async () => (await client.request<Stand>(RESUME, { id: run.run })).errors === undefined, {
        interval: 5,
        timeout: 40_000,
      })
      .toBe(true)
    expect(enginesOf(server).length).toBeLessThanOrEqual(1)
  }
  await run.untilEnd(client)
  expectWhole(run, 60)
})
