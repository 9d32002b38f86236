// A run that ended without a result is started anew: the same settings, seed, project and group, as a run that says where it comes from.
import { expect, test } from 'vitest'
import { Follower } from '../kit/client.js'
import { FAKE } from '../kit/fake-engine.js'
import { join, makeTeam, makeToken } from '../kit/people.js'
import { startWithFakeEngine } from '../kit/server.js'

const START =
  'mutation ($input: SearchInput!, $seeds: [Int!]) { run: startSearch(input: $input, seeds: $seeds) { id } }'
const RETRY = 'mutation ($id: ID!) { run: retryRun(id: $id) { id } }'
const CANCEL = 'mutation ($id: ID!) { run: cancelRun(id: $id) { id } }'
const FACTS = `query ($id: ID!) {
  run(id: $id) { name state seed settings lastNumber project { id } group { id runs { id } } createdBy { name } retriedFrom { id } }
}`
const INPUT = { dataset: 'digits', space: 'nas-bench-201', images: 128, batch: 32, epochs: 2 }

interface Facts {
  readonly name: string
  readonly state: string
  readonly seed: number
  readonly settings: object
  readonly project: { readonly id: string }
  readonly group: { readonly id: string; readonly runs: readonly { readonly id: string }[] } | null
  readonly createdBy: { readonly name: string } | null
  readonly retriedFrom: { readonly id: string } | null
}
interface Started {
  readonly run: { readonly id: string }
}

test('what failed is started anew once, in its group; a member may, a viewer and a token for logging may not', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const facts = async (id: string) => (await owner.ask<{ run: Facts }>(FACTS, { id })).run
  const begin = async (more: object) => (await owner.ask<Started>(START, more)).run.id
  const refused = async (client: typeof owner, id: string) => {
    const [error] = (await client.request(RETRY, { id })).errors ?? []
    return [error?.extensions.code, error?.message] as const
  }

  const failed = await begin({ input: INPUT, seeds: [FAKE.diverges, 7] })
  await new Follower(failed).untilEnd(owner)
  const before = await facts(failed)
  expect(before).toMatchObject({ state: 'FAILED', retriedFrom: null })
  const other = before.group!.runs[1]!.id
  await new Follower(other).untilEnd(owner)
  expect(await refused(owner, other)).toEqual(['CONFLICT', expect.stringContaining('is FINISHED')])

  const [member, viewer] = [await join(owner), await join(owner, { role: 'VIEWER' })]
  const logger = await makeToken(owner, { scopes: ['READ', 'LOG'] })
  expect((await refused(viewer, failed))[0]).toBe('FORBIDDEN')
  expect((await refused(logger, failed))[0]).toBe('FORBIDDEN')

  const { id: again } = (await member.ask<Started>(RETRY, { id: failed })).run
  const after = await facts(again)
  const { name, seed, settings, project } = before
  expect(after).toMatchObject({
    name,
    seed,
    settings,
    project,
    retriedFrom: { id: failed },
    createdBy: { name: 'member' },
  })
  expect(after.group?.runs.map(({ id }) => id)).toEqual([failed, other, again])
  await new Follower(again).untilEnd(owner)
  // It diverges as it did before, so it may be tried once more; but not while that waits.
  expect((await facts(again)).state).toBe('FAILED')

  const long = await begin({ input: { ...INPUT, seed: FAKE.slow, epochs: 20 } })
  expect((await refused(owner, long))[0]).toBe('CONFLICT')
  await owner.ask(CANCEL, { id: long })
  await new Follower(long).untilEnd(owner)
  const { id: next } = (await owner.ask<Started>(RETRY, { id: long })).run
  expect(await refused(owner, long)).toEqual(['CONFLICT', expect.stringContaining(next)])
  expect((await facts(next)).group).toBeNull()
  await owner.ask(CANCEL, { id: next })
})

test('a run of another team cannot be told from none', async () => {
  const server = await startWithFakeEngine({ env: { CELLBOARD_RUNNERS: '0' } })
  const owner = await server.signIn()
  const { id: foreign } = await makeTeam(owner, 'elsewhere')
  expect(foreign).toBe('team-2')
  const stranger = await join(owner, { team: foreign })
  const { run } = await owner.ask<Started>(START, { input: INPUT })
  await owner.ask(CANCEL, { id: run.id })
  const said = async (id: string) => {
    const [error] = (await stranger.request(RETRY, { id })).errors!
    return [error!.extensions.code, error!.message.replace(id, 'id')]
  }
  expect(await said(run.id)).toEqual(await said('search-999'))
  expect((await said(run.id))[0]).toBe('NOT_FOUND')
})
