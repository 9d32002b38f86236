// A program elsewhere logs a run with a token for logging alone: what is answered outlives a kill, is seen wherever runs are seen, and
// is told once, however often it is sent.
import { expect, test } from 'vitest'
import { clientWith, decode, Follower, type Client } from '../kit/client.js'
import { join, makeTeam, makeToken } from '../kit/people.js'
import { newHome, startWithFakeEngine } from '../kit/server.js'

const CREATE = 'mutation ($input: LoggedRunInput!) { run: createRun(input: $input) { id state } }'
const LOG = `mutation ($run: ID!, $points: [SeriesInput!]!) {
  logged: logPoints(run: $run, points: $points) { written leftOut run { lastNumber } }
}`
const FINISH = `mutation ($run: ID!, $state: RunState!, $reason: String) {
  run: finishRun(run: $run, state: $state, reason: $reason) { state failure { code message } }
}`
const START = 'mutation { run: startSearch(input: { dataset: "digits", epochs: 1 }) { id } }'
const FACTS = `query ($id: ID!) {
  run(id: $id) {
    __typename name kind state seed settings tags progress { done total } createdBy { name }
    metrics { name count last lastStep min max } series(name: "loss") { x last } events { edges { node { data } } }
  }
}`
const LISTED = `query ($filter: RunFilter) {
  runs(filter: $filter, order: { by: METRIC, name: "loss", pick: MIN, direction: ASC }) { totalCount edges { node { id kind } } }
}`

interface Made {
  readonly run: { readonly id: string; readonly state: string }
}
interface Told {
  readonly logged: { readonly written: number; readonly leftOut: number; readonly run: { readonly lastNumber: number } }
}
interface Facts {
  readonly run: {
    readonly [field: string]: unknown
    readonly metrics: readonly object[]
    readonly series: { readonly x: string; readonly last: string }
    readonly events: { readonly edges: readonly { readonly node: { readonly data: object } }[] }
  }
}

const create = async (client: Client, input: object) => (await client.ask<Made>(CREATE, { input })).run.id
const log = async (client: Client, run: string, points: readonly object[]) =>
  (await client.ask<Told>(LOG, { run, points })).logged
const refusal = async (client: Client, query: string, variables: object) => {
  const { errors } = await client.request(query, variables)
  return errors?.[0] && { ...errors[0].extensions, message: errors[0].message }
}
const loss = (steps: readonly number[], values: readonly (number | string)[] = steps) => [
  { metric: 'loss', steps, values },
]

test('a run is made, logged, followed, survives a kill, and ends; then all that shows runs shows it', async () => {
  const home = newHome()
  const server = await startWithFakeEngine({ home })
  const owner = await server.signIn()
  const logger = await makeToken(owner, { scopes: ['LOG'] })
  const run = await create(logger, {
    name: 'from elsewhere',
    settings: { 'learning rate': 0.1, optimiser: 'adam', widths: [1, 2] },
    seed: 3,
    tags: ['mine', 'mine'],
  })
  const follower = new Follower(run)
  const followed = follower.untilEnd(owner).catch(() => 'cut')

  expect(await log(logger, run, loss([2, 1, 2], [0.5, 1, 9]))).toMatchObject({ written: 2, leftOut: 1 })
  expect(await log(logger, run, loss([1, 2], [1, 0.5]))).toMatchObject({ written: 0, leftOut: 2 })
  const more = [...loss([2, 3, 4], [7, 'NaN', '-Infinity']), { metric: 'accuracy', steps: [4], values: [0.25] }]
  expect(await log(logger, run, more)).toMatchObject({ written: 3, leftOut: 1, run: { lastNumber: 3 } })
  await server.kill()
  await followed

  const again = await startWithFakeEngine({ home })
  const [reader, writer] = [clientWith(again.address, owner.token), clientWith(again.address, logger.token)]
  const kept = (await reader.ask<Facts>(FACTS, { id: run })).run
  expect(kept).toMatchObject({
    __typename: 'LoggedRun',
    ...{ name: 'from elsewhere', kind: 'LOGGED', state: 'RUNNING', seed: 3, tags: ['mine'] },
    settings: { 'learning rate': 0.1, optimiser: 'adam', widths: [1, 2], seed: 3 },
    progress: { done: 4, total: 0 },
    createdBy: { name: expect.any(String) as string },
  })
  expect(decode(kept.series.x)).toEqual([1, 2, 3, 4])
  expect(decode(kept.series.last)).toEqual([1, 0.5, NaN, -Infinity])
  const before = follower.points.get('loss')?.steps.length ?? 0
  const second = follower.untilEnd(reader)
  expect(await log(writer, run, loss([4, 5], [1, 0.125]))).toMatchObject({ written: 1, leftOut: 1 })
  expect(await writer.ask(FINISH, { run, state: 'FINISHED', reason: 'all epochs done' })).toEqual({
    run: { state: 'FINISHED', failure: null },
  })
  await second
  expect(before).toBeLessThanOrEqual(5)
  expect(follower.points.get('loss')).toEqual({ steps: [1, 2, 3, 4, 5], values: [1, 0.5, NaN, -Infinity, 0.125] })
  expect(follower.ofType('log-line')).toMatchObject([{ text: 'all epochs done' }])

  const ended = (await reader.ask<Facts>(FACTS, { id: run })).run
  expect(ended.metrics).toEqual([
    { name: 'accuracy', count: 1, last: 0.25, lastStep: 4, min: 0.25, max: 0.25 },
    { name: 'loss', count: 5, last: 0.125, lastStep: 5, min: 0.125, max: 1 },
  ])
  expect(ended.events.edges.map(({ node }) => node.data)).toMatchObject([
    { type: 'state-changed', state: 'RUNNING' },
    { type: 'log-line' },
    { type: 'state-changed', state: 'FINISHED' },
  ])

  const { id: search } = (await reader.ask<Made>(START)).run
  await new Follower(search).untilEnd(reader)
  expect(await reader.ask(LISTED, { filter: { kinds: ['LOGGED'] } })).toEqual({
    runs: { totalCount: 1, edges: [{ node: { id: run, kind: 'LOGGED' } }] },
  })
  const ids = (await reader.ask<{ runs: { edges: { node: { id: string } }[] } }>(LISTED)).runs.edges
  expect(ids.map(({ node }) => node.id)).toContain(run)
  expect(
    await reader.ask(
      'query ($runs: [ID!]!) { compare(runs: $runs) { runs { id } metrics { name summaries { min } } } }',
      { runs: [run, search] },
    ),
  ).toMatchObject({
    compare: {
      runs: [{ id: run }, { id: search }],
      metrics: expect.arrayContaining([
        { name: 'loss', summaries: [{ min: 0.125 }, { min: expect.any(Number) as number }] },
      ]) as object[],
    },
  })
})

test('what may not be logged is refused with its reason, and nothing of it is kept', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const [logger, reader] = [await makeToken(owner, { scopes: ['LOG', 'READ'] }), await makeToken(owner)]
  const viewer = await join(owner, { role: 'VIEWER' })
  const { id: team, project } = await makeTeam(owner, 'elsewhere')
  const stranger = await join(owner, { team })
  const run = await create(logger, { name: 'mine' })
  const points = loss([1])

  const codes = async (variables: object) =>
    Promise.all([viewer, reader, stranger].map(async (one) => (await refusal(one, LOG, variables))?.code))
  expect(await codes({ run, points })).toEqual(['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND'])
  expect((await refusal(stranger, LOG, { run, points }))?.message.replace(run, 'it')).toBe(
    (await refusal(stranger, LOG, { run: 'logged-999', points }))?.message.replace('logged-999', 'it'),
  )
  const member = await join(owner)
  expect((await refusal(member, CREATE, { input: { name: 'x', project } }))?.code).toBe('NOT_FOUND')

  const search = (await owner.ask<Made>(START)).run.id
  await new Follower(search).untilEnd(owner)
  expect(await refusal(logger, LOG, { run: search, points })).toMatchObject({ code: 'BAD_USER_INPUT' })
  expect(await refusal(logger, FINISH, { run: search, state: 'FINISHED' })).toMatchObject({ code: 'BAD_USER_INPUT' })

  const many = Array.from({ length: 5_001 }, (_, i) => i)
  const wrong = [
    loss(many),
    loss([1, 2], [1]),
    loss([-1]),
    loss([1], ['nan']),
    [{ metric: '', steps: [1], values: [1] }],
    Array.from({ length: 201 }, (_, i) => ({ metric: `m${i}`, steps: [1], values: [1] })),
  ]
  for (const given of wrong) {
    expect(await refusal(logger, LOG, { run, points: [...loss([50]), ...given] })).toMatchObject({
      code: 'BAD_USER_INPUT',
    })
  }
  const inputs = [
    { settings: [1] },
    { settings: { long: 'a'.repeat(20_000) } },
    { settings: { '': 1 } },
    { settings: { seed: 0.5 } },
    { seed: -1 },
    { tags: ['not a tag'] },
    { name: ' ' },
  ]
  for (const more of inputs)
    expect(await refusal(logger, CREATE, { input: { name: 'x', ...more } })).toMatchObject({ code: 'BAD_USER_INPUT' })
  expect(
    await owner.ask('{ runs(filter: { kinds: [LOGGED] }) { totalCount edges { node { metrics { name } } } } }'),
  ).toEqual({
    runs: { totalCount: 1, edges: [{ node: { metrics: [] } }] },
  })

  expect((await refusal(logger, FINISH, { run, state: 'PAUSED' }))?.code).toBe('BAD_USER_INPUT')
  expect((await refusal(owner, 'mutation ($run: ID!) { pauseRun(id: $run) { id } }', { run }))?.code).toBe('CONFLICT')
  expect(await logger.ask(FINISH, { run, state: 'FAILED', reason: 'out of patience' })).toEqual({
    run: { state: 'FAILED', failure: { code: 'REPORTED', message: 'out of patience' } },
  })
  expect(await refusal(logger, LOG, { run, points })).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('is FAILED') as string,
  })
  expect((await refusal(logger, FINISH, { run, state: 'FINISHED' }))?.code).toBe('CONFLICT')
  expect((await refusal(owner, 'mutation ($run: ID!) { retryRun(id: $run) { id } }', { run }))?.code).toBe('CONFLICT')
})

test('many who log one run at once lose nothing; a person cancels it, and the program is told', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const run = await create(owner, { name: 'busy' })
  const metrics = Array.from({ length: 20 }, (_, i) => `metric ${i}`)
  await Promise.all(metrics.map((metric) => log(owner, run, [{ metric, steps: [1, 2], values: [1, 2] }])))
  const { run: seen } = await owner.ask<{ run: { lastNumber: number; metrics: { name: string; count: number }[] } }>(
    'query ($id: ID!) { run(id: $id) { lastNumber metrics { name count } } }',
    { id: run },
  )
  expect(seen.lastNumber).toBe(21)
  expect(seen.metrics.map(({ name }) => name).sort()).toEqual([...metrics].sort())
  expect(await owner.ask('mutation ($id: ID!) { cancelRun(id: $id) { state becoming } }', { id: run })).toEqual({
    cancelRun: { state: 'CANCELLED', becoming: null },
  })
  expect(await refusal(owner, LOG, { run, points: loss([3]) })).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('is CANCELLED') as string,
  })
})
