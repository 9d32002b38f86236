// Server-sent events at /graphql/stream: the same answers, the same walls, the same ends as on a socket.
import { createClient } from 'graphql-sse'
import { expect, test } from 'vitest'
import { HOSTILE_SET } from '../kit/hostile-set.js'
import { join, makeToken } from '../kit/people.js'
import { startWithFakeEngine } from '../kit/server.js'
import type { Client } from '../kit/client.js'

const streamOf = ({ address, token }: Client) =>
  createClient({
    url: `${address}/graphql/stream`,
    headers: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  })

test('a run is followed to its end', async () => {
  const server = await startWithFakeEngine()
  const client = await server.signIn()
  const { startSearch } = await client.ask<{ startSearch: { id: string } }>(
    'mutation { startSearch(input: { dataset: "digits", epochs: 1 }) { id } }',
  )
  const stream = streamOf(client)
  const seen: string[] = []
  const query = `subscription { runFeed(runs: ["${startSearch.id}"]) { events { type data } } }`
  for await (const { data } of stream.iterate<{ runFeed: { events: { data: { state?: string } }[] } }>({ query })) {
    seen.push(...data!.runFeed.events.flatMap((event) => event.data.state ?? []))
    if (seen.includes('FINISHED')) break
  }
  expect(seen).toEqual(['QUEUED', 'RUNNING', 'FINISHED'])
  stream.dispose()
})

test('strangers, foreign runs and wrong methods are refused as elsewhere', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const first = async (client: Client, query: string): Promise<unknown> =>
    (await streamOf(client).iterate({ query }).next()).value
  expect(await first(owner, 'subscription { runFeed(runs: ["search-999"]) { cursors { run } } }')).toMatchObject({
    errors: [{ extensions: { code: 'NOT_FOUND' } }],
  })
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' }
  const get = await fetch(`${server.address}/graphql/stream?query={runs{totalCount}}`, {
    headers: { accept: 'text/event-stream' },
  })
  expect(get.status).toBe(405)
  const body = JSON.stringify({ query: 'subscription { runChanged { id } }' })
  const text = await (await fetch(`${server.address}/graphql/stream`, { method: 'POST', headers, body })).text()
  expect(text).toContain('UNAUTHENTICATED')
  const foreign = await fetch(`${server.address}/graphql/stream`, {
    method: 'POST',
    headers: { ...headers, origin: 'https://example.org' },
    body,
  })
  expect(foreign.status).toBe(403)
  const form = await fetch(`${server.address}/graphql/stream`, { method: 'POST', body: 'query=x' })
  expect([400, 403, 415]).toContain(form.status)
})

test('a stream ends when its token is revoked, and when its holder is taken out', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const member = await join(owner)
  const token = await makeToken(member)
  const open = async ({ token: secret }: Client) => {
    const response = await fetch(`${server.address}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query: 'subscription { runChanged { id } }' }),
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    return response
  }
  const byToken = await open(token)
  await member.ask('mutation ($id: ID!) { revokeToken(id: $id) { id } }', { id: token.id })
  await byToken.text()
  const bySession = await open(member)
  await owner.ask('mutation ($user: ID!) { removeMember(team: "team-1", user: $user) }', { user: member.id })
  await bySession.text()
})

test('what is hostile over HTTP is refused here with the same limit', async () => {
  const server = await startWithFakeEngine({ env: { CELLBOARD_LIMIT_REQUESTS_PER_USER: '100000' } })
  const owner = await server.signIn()
  expect(HOSTILE_SET.length).toBeGreaterThan(50)
  for (const { name, query, variables, code } of HOSTILE_SET) {
    const response = await fetch(`${server.address}/graphql/stream`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${owner.token}`,
      },
      body: JSON.stringify({ query, variables }),
    })
    expect(await response.text(), name).toContain(code)
  }
})
