// Nothing is open to strangers: other people, other sites, and requests too large to answer.
import { request, type OutgoingHttpHeaders } from 'node:http'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import WebSocket from 'ws'
import { Follower, openSocket, send } from '../kit/client.js'
import { startServer } from '../kit/server.js'

const VIEWER = '{ viewer { name } }'

/** Status and headers of a bare request, with any Host and Origin. */
async function knock(address: string, path: string, headers: OutgoingHttpHeaders, body?: string) {
  const asked = request(`${address}${path}`, { method: body ? 'POST' : 'GET', headers })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage]
  let text = ''
  for await (const part of response.setEncoding('utf8')) text += part as string
  return { status: response.statusCode, headers: response.headers, text }
}

test('strangers are told nothing but who they are', async () => {
  const server = await startServer()
  const open = await send(server.address, '{ viewer { id } server { version } }')
  expect(open).toMatchObject({ data: { viewer: null, server: { version: '0.1.0' } } })
  const questions = ['{ runs { totalCount } }', '{ datasets { folder } }', '{ node(id: "search-1") { id } }']
  const deeds = [`mutation { cancelRun(id: "search-1") { id } }`, 'subscription { runChanged { id } }']
  for (const query of [...questions, ...deeds]) {
    const { data, errors } = await send<object>(server.address, query)
    expect(Object.values(data ?? {}), query).not.toContainEqual(expect.anything())
    expect(['UNAUTHENTICATED', 'BAD_REQUEST'], query).toContain(errors![0]!.extensions.code)
  }
  await expect(
    new Follower('search-1').untilEnd({ ...(await server.signIn()), openSocket: () => openSocket(server.address) }),
  ).rejects.toMatchObject({ code: 4403 })
  await expect(server.signIn()).rejects.toThrow('Expected a sign-in link that was not used before')
})

test('loading the sign-in page does not use the link up, signing in does', async () => {
  const server = await startServer()
  for (let i = 0; i < 2; i++)
    expect([200, 503]).toContain((await fetch(`${server.address}/sign-in?link=${server.link}`)).status)
  await server.signIn()
  await expect(server.signIn()).rejects.toThrow('Expected a sign-in link that was not used before')
})

test('a browser keeps its session in a cookie that scripts cannot read, and loses it by signing out', async () => {
  const { address, link } = await startServer()
  const json = { 'content-type': 'application/json' }
  const mutation = JSON.stringify({ query: `mutation { signIn(link: "${link}") { viewer { id } } }` })
  const { headers } = await knock(address, '/graphql', json, mutation)
  const [set] = headers['set-cookie']!
  expect(set).toMatch(/^cellboard_session=[\w-]{43}; .*HttpOnly; SameSite=Lax/)
  const cookie = set!.split(';')[0]!
  expect(await send(address, VIEWER, {}, { cookie })).toMatchObject({
    data: { viewer: { name: expect.any(String) as string } },
  })

  const origin = address
  const line = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { cookie, origin },
  })
  await once(line, 'open')
  line.send(JSON.stringify({ type: 'connection_init' }))
  expect(JSON.parse(String((await once(line, 'message'))[0]))).toMatchObject({ type: 'connection_ack' })

  const closed = once(line, 'close')
  const { headers: after } = await knock(address, '/graphql', { ...json, cookie }, '{"query":"mutation { signOut }"}')
  expect(after['set-cookie']![0]).toMatch(/^cellboard_session=; .*Expires=Thu, 01 Jan 1970/)
  expect((await closed)[0]).toBe(4403)
  expect(await send(address, VIEWER, {}, { cookie })).toEqual({ data: { viewer: null } })
})

test('pages of other sites, and names that only lead here, are refused on both ways', async () => {
  const { address, port } = await startServer()
  const json = { 'content-type': 'application/json' }
  const query = JSON.stringify({ query: VIEWER })
  const strange = [{ origin: 'https://example.org' }, { origin: 'http://localhost:1' }, { host: `example.org:${port}` }]
  for (const headers of strange) {
    expect(await knock(address, '/graphql', { ...json, ...headers }, query)).toMatchObject({ status: 403 })
    const line = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
    const [error] = (await once(line, 'error')) as [Error]
    expect(error.message).toContain('403')
  }
  expect(await knock(address, '/graphql', { 'content-type': 'text/plain' }, query)).toMatchObject({ status: 400 })
})

test('requests too deep or too large are refused, over HTTP and over the socket', async () => {
  const server = await startServer()
  const client = await server.signIn()
  const deep = `{ runs { edges ${'{ node { events { edges { node { run } } } } '.repeat(1)} } } }`
  expect((await client.request(deep)).errors).toBeUndefined()
  const spaces = 'query A { __schema { types { ...F } } } fragment F on __Type { ofType { '
  const deeper = `${spaces}${'ofType { '.repeat(20)} name ${'} '.repeat(20)} } }`
  const said = 'Expected fields nested at most 15 deep, but received 24.'
  expect((await client.request(deeper)).errors![0]!.message).toBe(said)
  const socket = client.openSocket()
  const answer = socket.iterate({ query: deeper }).next()
  await expect(answer).rejects.toMatchObject([{ message: said }])
  await socket.dispose()
  const long = await client.request(`{ viewer { id } } # ${'x'.repeat(1_100_000)}`)
  expect(long.errors![0]!.message).toBe('Expected a body of at most 1000000 bytes, but received a larger one.')
  const { errors } = await client.request('{ runs(first: 100000) { totalCount } }')
  expect(errors![0]!.message).toBe('Expected first to be from 1 to 200, but received 100000.')
})
