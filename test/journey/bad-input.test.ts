// What can be asked wrongly or go wrong: each ends in a clear sentence, and nothing that was found is lost.
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Follower, type Client } from '../kit/client.js'
import { FAKE } from '../kit/fake-engine.js'
import { enginesOf, newHome, startServer, startWithFakeEngine, tryStart } from '../kit/server.js'

const START = 'mutation ($input: SearchInput!) { startSearch(input: $input) { id } }'
const CANCEL = 'mutation ($id: ID!) { cancelRun(id: $id) { state } }'
const OUTCOME = `query ($id: ID!) { run(id: $id) {
  state failure { code message hint } lastNumber progress { done } metrics { name count }
} }`
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
  readonly progress: { done: number }
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

const countOf = ({ metrics }: Outcome, metric: string) => metrics.find(({ name }) => name === metric)?.count

test('a taken port is told with the way out', async () => {
  const first = await startServer()
  const second = await tryStart({ env: { PORT: String(first.port) } })
  expect(second).toMatchObject({ code: 1 })
  expect('said' in second && second.said).toBe(
    `Expected port ${first.port} to be free, but another program listens there. Set PORT to another one, as in PORT=${first.port + 1} npm start.\n`,
  )
})

test('a port that is no number is told', async () => {
  expect(await tryStart({ env: { PORT: 'http' } })).toEqual({
    code: 1,
    said: 'Expected PORT to be a whole number from 0 to 65535, but received "http".\n',
  })
})

test('a second server on the same store is refused, and a killed one leaves no lock', async () => {
  const home = newHome()
  const first = await startServer({ home })
  const second = await tryStart({ home })
  expect(second).toMatchObject({ code: 1 })
  expect('said' in second && second.said).toBe(
    `Another Cellboard server (process ${first.process.pid}, ${first.address}) already uses ${home}. Use that one, stop it first, or set CELLBOARD_HOME to another folder.\n`,
  )
  await first.kill()
  await startServer({ home })
})

test('settings out of range are refused at their fields, all at once', async () => {
  const client = await (await startServer()).signIn()
  const input = { ...SMALL, epochs: 0, batch: 5000, space: 'dart', name: 'x'.repeat(300) }
  const { data, errors } = await client.request(START, { input })
  expect(data).toBeNull()
  expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
  expect(errors![0]!.extensions.fields!.map(({ path }) => path).sort()).toEqual(['batch', 'epochs', 'name', 'space'])
  const { errors: unknown } = await client.request(START, { input: { ...SMALL, epoch: 3 } })
  expect(unknown![0]!.message).toContain('Did you mean "epochs"')
})

test('settings that cannot go together are refused at their fields, a space file by its line, with what to do', async () => {
  const client = await (await startServer()).signIn()
  const custom = (...lines: string[]) => ({ space: 'custom', spaceText: ['network: darts', ...lines].join('\n') })
  const all = 'candidates: [none, skip_connect, sep_conv_3x3]'
  const cases: [object, string, RegExp][] = [
    [
      custom('candidates:', '- none', '- skip_conect'),
      'spaceText',
      /^Line 4: .* skip_conect\. Did you mean skip_connect/,
    ],
    [custom('candidates: [skip_connect]'), 'spaceText', /^Line 2: Expected at least 2 candidates/],
    [custom('candidates: [none, none]'), 'spaceText', /^Line 2: Expected a candidate besides none/],
    [custom('candidates: []'), 'spaceText', /^Line 2: Expected candidates, .* leave it out/],
    [custom(all, 'clusters: [[skip_connect], [sep_conv_5x5]]'), 'spaceText', /^Line 3: .*received sep_conv_5x5/],
    [custom(all, 'nodes: many'), 'spaceText', /^Line 3: nodes/],
    [{ space: 'custom' }, 'spaceText', /received none/],
    [{ spaceText: 'network: darts' }, 'spaceText', /say space custom/],
    [{ method: 'DARTS', trainShare: 1 }, 'trainShare', /a batch \(32\) of images to validate on.* to 0\.5/],
    [{ optimisation: 'two-level' }, 'optimisation', /one-level/],
    [{ clustering: 'k-means', clusters: [['skip_connect']] }, 'clusters', /Expected no clusters/],
    [{ clusters: [['skip_connect'], ['skip_connect'], ['none']] }, 'clusters', /skip_connect twice/],
    [{ method: 'DARTS', clustering: 'k-means' }, 'clustering', /only stacnas/],
    [{ method: 'DARTS', depth: 'auto' }, 'depth', /only stacnas/],
    [{ space: 'darts', stage1Cells: 2 }, 'stage1Cells', /at least 3 cells/],
    [{ images: 16 }, 'batch', /16 images .* Use a smaller batch/],
  ]
  for (const [changed, path, message] of cases) {
    const { errors } = await client.request(START, { input: { ...SMALL, ...changed } })
    const { code, fields } = errors![0]!.extensions
    expect(code).toBe('BAD_USER_INPUT')
    expect(fields!.filter((field) => field.path === path).map((field) => field.message)).toContainEqual(
      expect.stringMatching(message),
    )
  }
})

test('seeds are refused one by one, and then nothing is queued', async () => {
  const client = await (await startWithFakeEngine({ env: { CELLBOARD_RUNNERS: '0' } })).signIn()
  const start =
    'mutation ($input: SearchInput!, $seeds: [Int!]) { startSearch(input: $input, seeds: $seeds) { group { id } } }'
  const pathsOf = async (seeds: number[], input: object = SMALL) =>
    (await client.request(start, { input, seeds })).errors![0]!.extensions.fields!.map(({ path }) => path)
  expect(await pathsOf([])).toEqual(['seeds'])
  expect(await pathsOf(Array.from({ length: 51 }, (_, i) => i))).toEqual(['seeds'])
  expect(await pathsOf([1, -1, 2, 1], { ...SMALL, epochs: 0 })).toEqual(['seeds.1', 'seeds.3', 'epochs'])
  expect(await pathsOf([-1])).toEqual(['seeds.0'])
  expect(await client.ask('{ runs { totalCount } }')).toEqual({ runs: { totalCount: 0 } })
})

test('a data set that is not there is told at its field, with what to do', async () => {
  const client = await (await startServer({ env: { CELLBOARD_DATA: newHome() } })).signIn()
  const { errors } = await client.request(START, { input: { ...SMALL, dataset: 'cifar10' } })
  expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'dataset' }] })
  expect(errors![0]!.message).toMatch(/cifar-10-batches-bin/)
})

test('truncated data end the run with what was expected and what came', async () => {
  const data = newHome()
  const folder = join(data, 'cifar-10-batches-bin')
  mkdirSync(folder)
  const files = ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5', 'test_batch']
  for (const file of files) writeFileSync(join(folder, `${file}.bin`), Buffer.alloc(3073 * 2 + 100))
  const client = await (await startServer({ env: { CELLBOARD_DATA: data } })).signIn()
  const { state, failure } = await outcomeOf(client, await begin(client, { dataset: 'cifar10' }))
  expect(state).toBe('FAILED')
  expect(failure!.code).toBe('BAD_DATA')
  expect(failure!.message).toMatch(/Expected .* bytes/)
})

test('a loss that is no number ends the run as DIVERGED, and the points before it are kept', async () => {
  const client = await (await startWithFakeEngine()).signIn()
  const outcome = await outcomeOf(client, await begin(client, { seed: FAKE.diverges }))
  expect(outcome).toMatchObject({ state: 'FAILED', failure: { code: 'DIVERGED', hint: 'Lower weightRate.' } })
  expect(countOf(outcome, 'loss')).toBe(5)
})

test('weights that explode in the real engine end the run as DIVERGED', async () => {
  const client = await (await startServer()).signIn()
  const rates = { weightRate: 10, weightRateEnd: 10, gradientClip: 1e6, momentum: 0.9999, weightDecay: 1, epochs: 60 }
  const outcome = await outcomeOf(client, await begin(client, rates))
  expect(outcome).toMatchObject({ state: 'FAILED', failure: { code: 'DIVERGED' } })
  expect(countOf(outcome, 'loss')).toBe(outcome.progress.done)
})

test('an engine that dies is started again from its checkpoint, and no other run notices', async () => {
  const server = await startWithFakeEngine({ env: { CELLBOARD_RUNNERS: '2' } })
  const client = await server.signIn()
  const [dying, other] = [await begin(client, { seed: FAKE.diesOnce }), await begin(client, { seed: FAKE.slow })]
  const outcome = await outcomeOf(client, dying)
  expect(outcome.state).toBe('FINISHED')
  expect(dying.points.get('loss')!.steps).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
  expect(dying.ofType('epoch-finished').map(({ stage, epoch }) => [stage, epoch].join())).toEqual([
    '1,1',
    '1,2',
    '2,1',
    '2,2',
  ])
  expect(await outcomeOf(client, other)).toMatchObject({ state: 'FINISHED' })
  expect(other.ofType('started')).toHaveLength(1)
})

test('an engine that dies again and again is given up after three more tries', async () => {
  const client = await (await startWithFakeEngine()).signIn()
  const run = await begin(client, { seed: FAKE.diesAlways })
  expect(await outcomeOf(client, run)).toMatchObject({ state: 'FAILED', failure: { code: 'ENGINE_DIED' } })
  expect(run.ofType('started')).toHaveLength(4)
})

test('a mistake of the engine is told as one', async () => {
  const client = await (await startWithFakeEngine()).signIn()
  const { state, failure } = await outcomeOf(client, await begin(client, { seed: FAKE.mistaken }))
  expect([state, failure!.code]).toEqual(['FAILED', 'INTERNAL'])
  expect(failure!.message).toContain('x is not a function')
})

test('a full disk ends the run as DISK_FULL, and what was found is kept', async () => {
  const client = await (await startWithFakeEngine()).signIn()
  const outcome = await outcomeOf(client, await begin(client, { seed: FAKE.diskFull }))
  expect(outcome).toMatchObject({ state: 'FAILED', failure: { code: 'DISK_FULL' } })
  expect(countOf(outcome, 'loss')).toBe(4)
})

test.for([
  ['one that listens', FAKE.slow],
  ['one that does not', FAKE.deaf],
] as const)('a running engine is stopped, %s', async ([, seed]) => {
  const server = await startWithFakeEngine()
  const client = await server.signIn()
  const run = await begin(client, { seed, epochs: 50 })
  await run.until(client, ({ points }) => points.has('loss'))
  expect(await client.ask(CANCEL, { id: run.run })).toBeDefined()
  expect(await outcomeOf(client, run)).toMatchObject({ state: 'CANCELLED', failure: null })
  expect(run.points.get('loss')!.steps.length).toBeGreaterThan(0)
  await expect.poll(() => enginesOf(server)).toEqual([])
  const { errors } = await client.request(CANCEL, { id: run.run })
  expect(errors![0]!.extensions.code).toBe('CONFLICT')
})

test('the real engine stops in the middle of an epoch', async () => {
  const server = await startServer()
  const client = await server.signIn()
  const run = await begin(client, { space: 'darts', stage1Cells: 3, stage2Cells: 3, images: 3000, epochs: 50 })
  await run.until(client, ({ points }) => points.has('loss'))
  await client.ask(CANCEL, { id: run.run })
  expect(await outcomeOf(client, run)).toMatchObject({ state: 'CANCELLED' })
  expect(run.ofType('epoch-finished')).toEqual([])
})

test('a queued run is cancelled before it begins', async () => {
  const client = await (await startWithFakeEngine({ env: { CELLBOARD_RUNNERS: '0' } })).signIn()
  const run = await begin(client, {})
  await client.ask(CANCEL, { id: run.run })
  expect(await outcomeOf(client, run)).toMatchObject({ state: 'CANCELLED' })
})

test('Ctrl-C puts a running search back into the queue, and the next start goes on with it', async () => {
  const home = newHome()
  const server = await startWithFakeEngine({ home })
  const client = await server.signIn()
  const run = await begin(client, { seed: FAKE.slow, epochs: 4 })
  await run.until(client, () => run.ofType('checkpoint-written').length === 1)
  expect(await server.stop()).toBe(0)
  const again = await startWithFakeEngine({ home })
  const outcome = await outcomeOf(await again.signIn(), run)
  expect(outcome.state).toBe('FINISHED')
  expect(run.ofType('state-changed').map(({ state }) => state)).toContain('QUEUED')
  expect(run.points.get('loss')!.steps).toEqual(Array.from({ length: 32 }, (_, i) => i + 1))
})

test('a log that lost its end, as by a restored backup, is made whole', async () => {
  const home = newHome()
  const [store, backup] = [join(home, 'store.sqlite'), join(home, 'backup.sqlite')]
  const until = async (epochs: number) => {
    const server = await startWithFakeEngine({ home })
    const client = await server.signIn()
    run ??= await begin(client, { seed: FAKE.slow, epochs: 4 })
    await run.until(client, () => run!.ofType('checkpoint-written').length >= epochs)
    await server.stop()
  }
  let run: Follower | undefined
  await until(1)
  copyFileSync(store, backup)
  await until(3)
  for (const end of ['', '-wal', '-shm']) rmSync(store + end, { force: true })
  copyFileSync(backup, store)
  const again = await startWithFakeEngine({ home })
  const fresh = new Follower(run!.run)
  expect(await outcomeOf(await again.signIn(), fresh)).toMatchObject({ state: 'FINISHED' })
  expect(fresh.points.get('loss')!.steps).toEqual(Array.from({ length: 32 }, (_, i) => i + 1))
  expect(fresh.ofType('epoch-finished')).toHaveLength(8)
})

test('a broken checkpoint is told, not trusted', async () => {
  const home = newHome()
  const server = await startServer({ home })
  const client = await server.signIn()
  const run = await begin(client, { images: 2000, epochs: 20 })
  await run.until(client, () => run.ofType('checkpoint-written').length === 1)
  await server.kill()
  const folder = join(home, 'runs', '1', 'checkpoint')
  for (const file of readdirSync(folder)) {
    const path = join(folder, file)
    truncateSync(path, Math.floor(statSync(path).size / 2))
  }
  const again = await startServer({ home })
  const outcome = await outcomeOf(await again.signIn(), run)
  expect(outcome).toMatchObject({ state: 'FAILED', failure: { code: 'BAD_CHECKPOINT' } })
  expect(countOf(outcome, 'loss')).toBe(run.points.get('loss')!.steps.length)
})
