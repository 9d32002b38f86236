// Nobody brings the server down by sockets: frames, floods and silence end the socket that brings them, and no other.
import { once } from 'node:events'
import { expect, test } from 'vitest'
import WebSocket from 'ws'
import { closeOf, HONEST, onSocket, openAcknowledged, openLine, outcomeOf } from '../kit/knock.js'
import { startServer } from '../kit/server.js'

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
