// How often anybody may ask, who is believed about where they come from, and what every answer carries.
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { firstError, freePort, HONEST, knock, onSocket, openLine, post, type Told } from '../kit/knock.js'
import { startServer } from '../kit/server.js'

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
  const port = await freePort()
  const env = {
    CELLBOARD_URL: 'https://cellboard.example.org',
    CELLBOARD_PROXIES: 'loopback',
    PORT: String(port),
  }
  const { link, ...told } = await startServer({ env })
  expect(told.address).toBe('https://cellboard.example.org')
  const address = `http://localhost:${port}`
  const mutation = JSON.stringify({ query: `mutation { signIn(link: "${link}") { viewer { id } } }` })
  const headers = { host: 'cellboard.example.org', origin: 'https://cellboard.example.org' }
  const foreign = await post(address, mutation, { headers: { ...headers, origin: 'https://example.org' } })
  expect(foreign.status).toBe(403)
  expect((await post(address, mutation, { headers: { host: 'example.org' } })).status).toBe(403)
  const answer = await post(address, mutation, { headers })
  const [set] = answer.headers['set-cookie']!
  expect(set).toMatch(/^__Host-cellboard_session=[\w-]{43}; .*; Path=\/; .*; Secure; SameSite=Lax/)
  const cookie = set!.split(';')[0]!
  const ask = JSON.stringify({ query: '{ viewer { __typename } }' })
  const viewer = async (sent: string): Promise<unknown> =>
    JSON.parse((await post(address, ask, { headers: { ...headers, cookie: sent } })).text)
  expect(await viewer(cookie)).toEqual({ data: { viewer: { __typename: 'Viewer' } } })
  expect(await viewer(cookie.replace('__Host-', ''))).toEqual({ data: { viewer: null } })
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
