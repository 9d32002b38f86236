// Nobody brings the server down: each hostile request is refused by name, over HTTP and on sockets, while honest people get their answers.
import { once } from 'node:events'
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import WebSocket from 'ws'
import { clientWith, send, type Client, type GraphQLProblem } from '../kit/client.js'
import { HOSTILE_SET, type HostileRequest } from '../kit/hostile-set.js'
import { newHome, startServer, tryStart } from '../kit/server.js'

interface Told {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

interface Knock {
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
  /** The address it comes from: all of 127.0.0.0/8 is this machine. */
  readonly from?: string
}

/** A bare request, from any address of this machine. */
async function knock(
  address: string,
  path: string,
  { method = 'GET', headers = {}, body, from }: Knock = {},
): Promise<Told> {
  const asked = request(`${address.replace('localhost', '127.0.0.1')}${path}`, {
    method,
    headers,
    ...(from && { localAddress: from }),
  })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  for await (const part of response.setEncoding('utf8')) text += part as string
  return { status: response.statusCode, headers: response.headers, text }
}

const JSON_TYPE = { 'content-type': 'application/json' }
const post = (address: string, body: string | Buffer, more: Knock = {}) =>
  knock(address, '/graphql', { method: 'POST', body, ...more, headers: { ...JSON_TYPE, ...more.headers } })
const firstError = ({ text }: Told) =>
  (JSON.parse(text) as { errors: (GraphQLProblem & { extensions: Record<string, unknown> })[] }).errors[0]!

/** A socket without a client's manners; `opened` says whether it was let in. */
function openLine(address: string, { headers = {}, from }: Pick<Knock, 'headers' | 'from'> = {}): WebSocket {
  const line = new WebSocket(
    `${address.replace('http://localhost', 'ws://127.0.0.1')}/graphql`,
    'graphql-transport-ws',
    {
      headers: headers as Record<string, string>,
      ...(from && { localAddress: from }),
    },
  )
  line.on('error', () => {})
  return line
}

async function openAcknowledged(client: Client): Promise<WebSocket> {
  const line = openLine(client.address)
  await once(line, 'open')
  line.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${client.token}` } }))
  await once(line, 'message')
  return line
}

async function closeOf(line: WebSocket): Promise<{ code: number; reason: string }> {
  const [code, reason] = (await once(line, 'close')) as [number, Buffer]
  return { code, reason: String(reason) }
}

/** `open`, or why it was not let in. */
const outcomeOf = (line: WebSocket): Promise<string> =>
  new Promise((resolve) => {
    line.once('open', () => resolve('open'))
    line.once('error', ({ message }) => resolve(message))
  })

const HONEST = '{ viewer { name } runs(first: 10) { totalCount edges { node { id name state } } } }'

/** The errors of one request on a socket. */
async function onSocket(socket: ReturnType<Client['openSocket']>, { query, variables }: HostileRequest) {
  try {
    const { value } = (await socket.iterate({ query, ...(variables && { variables }) }).next()) as {
      value: { errors?: GraphQLProblem[] }
    }
    return value.errors ?? []
  } catch (errors) {
    return errors as GraphQLProblem[]
  }
}

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

test('frames that are too large, too early, too many or no messages close their socket, and no other', async () => {
  const server = await startServer({
    env: {
      CELLBOARD_LIMIT_INIT_MS: '2000', // a busy machine takes its time to greet
      CELLBOARD_LIMIT_FRAMES_PER_SOCKET: '100',
      CELLBOARD_LIMIT_OPERATIONS_PER_SOCKET: '5',
    },
  })
  const client = await server.signIn()
  const other = await openAcknowledged(client)
  const early = openLine(client.address)
  await once(early, 'open')
  expect((await closeOf(early)).code).toBe(4408)

  const closes: [string, number | number[], (line: WebSocket) => void][] = [
    ['a frame of 2 MB', 1009, (line) => line.send('a'.repeat(2_000_000))],
    ['no JSON', 4400, (line) => line.send('hello')],
    ['JSON, but no message', 4400, (line) => line.send('[1,2,3]')],
    ['nested JSON', 4400, (line) => line.send('['.repeat(50_000))],
    ['bytes', 4400, (line) => line.send(Buffer.from([0, 1, 2, 255]))],
    ['a second greeting', 4429, (line) => line.send('{"type":"connection_init"}')],
    [
      'a long id',
      4400,
      (line) => line.send(JSON.stringify({ type: 'subscribe', id: 'i'.repeat(1_000), payload: { query: HONEST } })),
    ],
    [
      'one id twice',
      4409,
      (line) => {
        for (let i = 0; i < 2; i++)
          line.send(
            JSON.stringify({ type: 'subscribe', id: 'a', payload: { query: 'subscription { runChanged { id } }' } }),
          )
      },
    ],
    [
      'a flood of pings, which ws may cut off by itself',
      [1006, 1008],
      (line) => {
        for (let i = 0; i < 150; i++) line.ping()
      },
    ],
    [
      'a flood of messages',
      1008,
      (line) => {
        for (let i = 0; i < 150; i++) line.send('{"type":"ping"}')
      },
    ],
    [
      'long pings that are to be echoed',
      1008,
      (line) => {
        for (let i = 0; i < 4; i++) line.send(JSON.stringify({ type: 'ping', payload: { a: 'a'.repeat(900_000) } }))
      },
    ],
  ]
  for (const [name, code, act] of closes) {
    const line = await openAcknowledged(client)
    const closed = closeOf(line)
    act(line)
    expect([code].flat(), name).toContain((await closed).code)
  }
  const before = openLine(client.address)
  await once(before, 'open')
  const closed = closeOf(before)
  before.send(JSON.stringify({ type: 'connection_init', payload: { authorization: 'a'.repeat(100_000) } }))
  expect((await closed).code).toBe(1009)

  const socket = client.openSocket()
  const feeds = Array.from({ length: 5 }, () => socket.iterate({ query: 'subscription { runChanged { id } }' }))
  const waiting = feeds.map((feed) => feed.next())
  const answer = await onSocket(socket, { name: '', code: '', limit: null, query: HONEST })
  expect(answer[0]!.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'operationsPerSocket', most: 5 })
  await Promise.all(feeds.map((feed) => feed.return!()))
  await Promise.allSettled(waiting)
  await socket.dispose()
  expect(other.readyState).toBe(WebSocket.OPEN)
  other.close()
})

test('a visitor has so many sockets and no more, a person likewise, and others have theirs', async () => {
  const env = { CELLBOARD_LIMIT_SOCKETS_PER_ADDRESS: '10', CELLBOARD_LIMIT_SOCKETS_PER_USER: '3' }
  const server = await startServer({ env })
  const client = await server.signIn()
  const lines = Array.from({ length: 40 }, () => openLine(client.address, { from: '127.0.0.2' }))
  const outcomes = await Promise.all(lines.map(outcomeOf))
  expect(outcomes.filter((outcome) => outcome === 'open')).toHaveLength(10)
  expect(await outcomeOf(openLine(client.address, { from: '127.0.0.2' }))).toContain('429')

  const own = await Promise.all([openAcknowledged(client), openAcknowledged(client), openAcknowledged(client)])
  const fourth = openLine(client.address)
  await once(fourth, 'open')
  const closed = closeOf(fourth)
  fourth.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${client.token}` } }))
  expect(await closed).toEqual({ code: 1008, reason: 'LIMIT_EXCEEDED socketsPerUser 3' })
  const gone = closeOf(own[0])
  own[0].close()
  await gone
  own.push(await openAcknowledged(client))
  for (const line of [...lines, ...own]) line.terminate()
})

test('a socket with nothing asked, or that answers no ping, is closed', async () => {
  const env = { CELLBOARD_LIMIT_IDLE_MS: '1000', CELLBOARD_LIMIT_PING_MS: '500' }
  const client = await (await startServer({ env })).signIn()
  expect(await closeOf(await openAcknowledged(client))).toEqual({ code: 4408, reason: 'LIMIT_EXCEEDED idleMs 1000' })
  const dead = await openAcknowledged(client)
  dead.pause()
  const busy = client.openSocket()
  const feed = busy.iterate({ query: 'subscription { runChanged { id } }' })
  const next = feed.next()
  // One that follows something stays, though nothing happens; the deaf one is gone once it may listen again.
  await closeOf(await openAcknowledged(client))
  dead.resume()
  expect((await closeOf(dead)).code).toBe(1006)
  await feed.return!()
  await next
  await busy.dispose()
})

test('who asks too often is told when to come back, and nobody else is', async () => {
  const env = { CELLBOARD_LIMIT_REQUESTS_PER_USER: '30', CELLBOARD_LIMIT_REQUESTS_PER_STRANGER: '20' }
  const server = await startServer({ env })
  const client = await server.signIn()
  const guess = JSON.stringify({ query: 'mutation { signIn(link: "guess") { token } }' })
  const guesses: Told[] = []
  for (let i = 0; i < 25; i++) guesses.push(await post(server.address, guess, { from: '127.0.0.3' }))
  expect(guesses[0]!.headers).toMatchObject({ 'ratelimit-limit': '20', 'ratelimit-remaining': '19' })
  const last = guesses.at(-1)!
  expect(last.status).toBe(429)
  expect(last.headers).toMatchObject({
    'ratelimit-remaining': '0',
    'retry-after': expect.stringMatching(/^[1-9]$/) as string,
  })
  expect(firstError(last).extensions).toMatchObject({ code: 'RATE_LIMITED', limit: 'requestsPerStranger', most: 20 })
  expect((await post(server.address, guess, { from: '127.0.0.4' })).status).toBe(200)

  const socket = client.openSocket()
  const codes = new Set<unknown>()
  for (let i = 0; i < 40; i++) {
    const over =
      i % 2 === 0
        ? (await client.request(HONEST)).errors
        : await onSocket(socket, { name: '', code: '', limit: null, query: HONEST })
    codes.add(over?.[0]?.extensions.code)
  }
  expect([...codes]).toEqual([undefined, 'RATE_LIMITED'])
  await socket.dispose()
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

test('only a proxy that is configured is believed about where visitors come from', async () => {
  const guess = JSON.stringify({ query: 'mutation { signIn(link: "guess") { token } }' })
  const statuses = async (address: string) => {
    const all: (number | undefined)[] = []
    for (let i = 0; i < 8; i++)
      all.push((await post(address, guess, { headers: { 'x-forwarded-for': `203.0.113.${i}` } })).status)
    return new Set(all)
  }
  const env = { CELLBOARD_LIMIT_REQUESTS_PER_STRANGER: '5' }
  expect(await statuses((await startServer({ env })).address)).toEqual(new Set([200, 429]))
  expect(await statuses((await startServer({ env: { ...env, CELLBOARD_PROXIES: 'loopback' } })).address)).toEqual(
    new Set([200]),
  )
})

test('behind a proxy that encrypts, the address people use is ours, and cookies travel encrypted only', async () => {
  const env = { CELLBOARD_URL: 'https://cellboard.example.org', CELLBOARD_PROXIES: 'loopback' }
  const { address, link } = await startServer({ env })
  const mutation = JSON.stringify({ query: `mutation { signIn(link: "${link}") { viewer { id } } }` })
  const headers = { host: 'cellboard.example.org', origin: 'https://cellboard.example.org' }
  const foreign = await post(address, mutation, { headers: { ...headers, origin: 'https://example.org' } })
  expect(foreign.status).toBe(403)
  expect((await post(address, mutation, { headers: { host: 'example.org' } })).status).toBe(403)
  const answer = await post(address, mutation, { headers })
  expect(answer.headers['set-cookie']![0]).toMatch(/; Secure; SameSite=Lax/)
  expect(answer.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/)
  const line = openLine(address, { headers })
  await once(line, 'open')
  line.terminate()
})

test('every answer has an id and safe headers, and the dashboard loads what comes from here only', async () => {
  const { address } = await startServer()
  for (const path of [
    '/',
    '/runs',
    '/graphql',
    '/files/search-1/model.json',
    '/healthz',
    '/assets/none.js',
    '/%E0%A4%A',
  ]) {
    const { headers } = await knock(address, path)
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    })
    expect(headers['x-powered-by'], path).toBeUndefined()
  }
  const { headers } = await knock(address, '/')
  const policy = headers['content-security-policy'] as string
  for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
    expect(policy).toContain(rule)
  expect(policy).not.toContain("'unsafe-eval'")
  expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/)
})

test('whoever keeps the server running sees whether it is well, and what it refused', async () => {
  const { address } = await startServer()
  expect(await knock(address, '/healthz')).toMatchObject({ status: 200, text: '{"status":"ok"}' })
  expect(await knock(address, '/readyz')).toMatchObject({ status: 200, text: '{"status":"ready"}' })
  await send(address, '{ a '.repeat(400))
  const { text } = await knock(address, '/metrics')
  expect(text).toContain('cellboard_refusals_total{rule="nesting",way="http"} 1')
  expect(text).toContain('cellboard_runs{state="RUNNING"} 0')
  expect(text).toContain('cellboard_open_sockets 0')
  expect(text).toContain('process_resident_memory_bytes')
  expect((await knock(address, '/metrics', { headers: { 'x-forwarded-for': '203.0.113.1' } })).status).toBe(401)

  const secret = 'f0'.repeat(10) + '123456789abcde'
  const guarded = await startServer({ env: { CELLBOARD_METRICS_TOKEN: secret } })
  expect((await knock(guarded.address, '/metrics')).status).toBe(401)
  expect((await knock(guarded.address, '/metrics', { headers: { authorization: `Bearer ${secret}x` } })).status).toBe(
    401,
  )
  expect((await knock(guarded.address, '/metrics', { headers: { authorization: `Bearer ${secret}` } })).status).toBe(
    200,
  )
})

test('all that is wrong with the configuration is told at once, and no secret with it', async () => {
  const env = {
    PORT: 'http',
    CELLBOARD_RUNNERS: '-1',
    CELLBOARD_LOG: 'loud',
    CELLBOARD_URL: 'cellboard.example.org',
    CELLBOARD_PROXIES: 'loopback, 10.0.0.0/99',
    CELLBOARD_METRICS_TOKEN: 'secret',
    CELLBOARD_LIMIT_DEPTH: '3',
    CELLBOARD_LIMIT_DETPH: '20',
  }
  const started = await tryStart({ env })
  expect('said' in started && started.said.trim().split('\n')).toEqual([
    'Expected PORT to be a whole number from 0 to 65535, but received "http".',
    'Expected CELLBOARD_RUNNERS to be a whole number from 0 to 64, but received "-1".',
    'Expected CELLBOARD_LOG to be one of fatal, error, warn, info, debug, trace, silent, but received "loud".',
    'Expected CELLBOARD_URL to be an address like https://cellboard.example.org, without a path, but received "cellboard.example.org".',
    'Expected CELLBOARD_PROXIES to be addresses or ranges like 10.0.0.0/8, or loopback, with commas between, but received "10.0.0.0/99".',
    'Expected CELLBOARD_METRICS_TOKEN to be at least 32 random characters, as from openssl rand -hex 32, but received 6 weaker ones.',
    'Expected CELLBOARD_LIMIT_DEPTH to be a whole number from 10 to 100, but received "3".',
    expect.stringMatching(
      /^Expected a limit that there is, but received CELLBOARD_LIMIT_DETPH. Did you mean CELLBOARD_LIMIT_DEPTH/,
    ) as string,
  ])
})
