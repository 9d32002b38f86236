// Nobody brings the server down by what they ask: each hostile request is refused by name, over HTTP and on sockets, while honest people get their answers.
import type { OutgoingHttpHeaders } from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { clientWith, send } from '../kit/client.js'
import { HOSTILE_SET } from '../kit/hostile-set.js'
import { firstError, HONEST, knock, onSocket, post } from '../kit/knock.js'
import { newHome, startServer } from '../kit/server.js'

test('each of the hostile set is refused by its limit, over HTTP and on a socket, and honest people are answered', async () => {
  const server = await startServer()
  const client = await server.signIn()
  const socket = client.openSocket()
  for (const hostile of HOSTILE_SET) {
    const { name, code, limit, query, variables } = hostile
    const overHttp = (await client.request(query, variables)).errors ?? []
    for (const [error] of [overHttp, await onSocket(socket, hostile)]) {
      expect(error, name).toBeDefined()
      const { extensions, message } = error!
      expect(extensions, name).toMatchObject({
        code,
        requestId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        ...(limit && { limit, most: expect.any(Number) as number }),
      })
      expect(message.length, name).toBeLessThan(1_100)
      if (limit) expect(message, name).toMatch(/^Expected /)
    }
    expect((await client.request(HONEST)).errors, `honest, after ${name}`).toBeUndefined()
  }
  await socket.dispose()
})

test('strangers are shown neither types nor names of the API, by no way around', async () => {
  const { address } = await startServer()
  const ways = [
    '{ __schema { types { name } } }',
    '{ __type(name: "Run") { name } }',
    '{ a: __schema { types { name } } }',
    '{ ... on Query { __schema { queryType { name } } } }',
    '{ ...F } fragment F on Query { ... { __schema { queryType { name } } } }',
    'query A { viewer { id } } query B { __schema { types { name } } }',
    'mutation { __schema { types { name } } }',
    '{ __schema @skip(if: false) { types { name } } }',
  ]
  for (const query of ways)
    expect((await send(address, query)).errors?.[0]?.extensions.code, query).toBe('UNAUTHENTICATED')
  for (const query of [
    '{ viewr { id } }',
    '{ viewer { nam } }',
    '{ server { versio } }',
    '{ runs(fist: 1) { totalCount } }',
  ])
    expect((await send(address, query)).errors![0]!.message, query).not.toContain('Did you mean')
})

test('what is no request of this API is refused by name before it is read', async () => {
  const server = await startServer()
  const { address, token } = await server.signIn()
  const authorization = `Bearer ${token}`
  const told = async (body: string | Buffer, headers: OutgoingHttpHeaders = {}) => {
    const answer = await post(address, body, { headers: { authorization, ...headers } })
    const { code, limit } = firstError(answer).extensions
    return [answer.status, code, limit]
  }
  const batch = JSON.stringify(Array(20).fill({ query: '{ viewer { id } }' }))
  expect(await told(batch)).toEqual([400, 'BAD_REQUEST', 'batch'])
  expect(await told('[]')).toEqual([400, 'BAD_REQUEST', 'batch'])
  const forms = [
    '{}',
    'null',
    '1',
    '"{ viewer { id } }"',
    '{"query":1}',
    '{"query":"{ a }","variables":[]}',
    '{"query":"{ a }","operationName":{}}',
    '{',
    '[[[',
    '',
  ]
  for (const body of forms) expect(await told(body), body).toEqual([400, 'BAD_REQUEST', 'form'])
  expect(await told(`{"query":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)).toEqual([400, 'BAD_REQUEST', 'form'])
  expect(await told(`{"query":"${'a'.repeat(1_100_000)}"}`)).toEqual([413, 'LIMIT_EXCEEDED', 'bodyBytes'])
  const bomb = gzipSync(Buffer.alloc(50_000_000, ' '))
  expect(await told(bomb, { 'content-encoding': 'gzip' })).toEqual([413, 'LIMIT_EXCEEDED', 'bodyBytes'])
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
    const answer = await knock(address, '/graphql?query=%7Bviewer%7Bid%7D%7D', { method, headers: { authorization } })
    expect([answer.status, firstError(answer).extensions.limit], method).toEqual([405, 'method'])
  }
  expect((await post(address, JSON.stringify({ query: HONEST }), { headers: { authorization } })).status).toBe(200)
})

test('an answer that takes too long ends, and its reads of the store with it', async () => {
  const home = newHome()
  const before = await startServer({ home })
  const { token } = await before.signIn()
  await before.stop()
  const client = clientWith((await startServer({ home, env: { CELLBOARD_LIMIT_REQUEST_MS: '1' } })).address, token)
  const query =
    '{ runs(first: 200) { totalCount edges { node { id metrics { name } } } } groups { totalCount } spaces { name edges { from } } datasets { name } }'
  const socket = client.openSocket()
  for (const errors of [
    (await client.request(query)).errors,
    await onSocket(socket, { name: '', code: '', limit: null, query }),
  ]) {
    expect(errors).toHaveLength(1)
    expect(errors![0]).toMatchObject({
      message: expect.stringContaining('within 1 ms') as string,
      extensions: { code: 'TIMED_OUT', limit: 'requestMs', most: 1 },
    })
  }
  await socket.dispose()
})
