// Documents, variables, ids, cursors and frames by chance: whatever comes, the server answers by a rule and makes no mistake.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import WebSocket from 'ws'
import { send } from '../kit/client.js'
import { Documents } from '../kit/fuzz/documents.js'
import { startServer } from '../kit/server.js'

const SECONDS = 8
const HONEST = '{ viewer { name } runs(first: 10) { totalCount } }'

const require = createRequire(import.meta.url)
const schema = buildSchema(readFileSync(require.resolve('@cellboard/schema/schema.graphql'), 'utf8'))
/** Who asks stays signed in. */
const LEFT_OUT = new Set(['signOut', 'endSession'])
const known = ['search-1', 'group-1', 'team-1', 'project-1', 'loss', 'YWZ0ZXI6MQ']
const documents = new Documents(schema, known, LEFT_OUT)
const document = fc.oneof(documents.of('query'), documents.of('mutation'), documents.of('subscription'))
const request = fc.oneof(
  { weight: 4, arbitrary: document },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        query: fc.oneof(
          document.map((asked) => asked.query),
          fc.string({ maxLength: 200 }),
        ),
        variables: fc.oneof(
          fc.dictionary(fc.constantFrom('v', 'input', '__proto__', 'constructor'), fc.jsonValue()),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: ['query'] },
    ),
  },
)
const frame = fc.oneof(
  fc
    .record(
      {
        type: fc.constantFrom('subscribe', 'complete', 'ping', 'pong', 'next', 'connection_init', 'x'),
        id: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')),
        payload: fc.oneof(request, fc.jsonValue()),
      },
      { requiredKeys: ['type'] },
    )
    .map((message) => JSON.stringify(message)),
  fc.json(),
  fc.string(),
)

const bounds = { numRuns: 1_000_000, interruptAfterTimeLimit: SECONDS * 1000, markInterruptAsFailure: false }

test('whatever is asked over HTTP, the server makes no mistake', async () => {
  const server = await startServer()
  let said = ''
  server.process.stderr!.on('data', (part: Buffer) => (said += part.toString()))
  const { token } = await server.signIn()
  const authorization = `Bearer ${token}`
  let asked = 0
  await fc.assert(
    fc.asyncProperty(fc.oneof(request, fc.jsonValue()), async (body) => {
      asked++
      const response = await fetch(`${server.address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify(body) ?? '',
      })
      const { errors = [] } = (await response.json()) as {
        errors?: { extensions: { code: string; requestId?: string } }[]
      }
      expect(response.status).toBeLessThan(500)
      for (const { extensions } of errors) {
        expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR')
        expect(extensions.requestId).toBeDefined()
      }
    }),
    bounds,
  )
  expect(asked).toBeGreaterThan(20)
  expect(said).toBe('')
  expect((await send(server.address, HONEST, {}, { authorization })).errors).toBeUndefined()
})

test('whatever frames a socket sends, the server makes no mistake', async () => {
  const server = await startServer({ env: { CELLBOARD_LIMIT_REQUESTS_PER_USER: '1000000' } })
  let said = ''
  server.process.stderr!.on('data', (part: Buffer) => (said += part.toString()))
  const { token } = await server.signIn()
  const authorization = `Bearer ${token}`
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { maxLength: 10 }), async (frames) => {
      const line = new WebSocket(`${server.address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
      await once(line, 'open')
      const closed = once(line, 'close')
      const heard: string[] = []
      line.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
      await once(line, 'message')
      // Closed by the server, or asked for one more answer and given it.
      const answered = new Promise<void>((resolve) => {
        line.on('message', (data: Buffer) => {
          heard.push(data.toString())
          if (heard.at(-1)!.includes('"the last"')) resolve()
        })
      })
      for (const text of frames) line.send(text)
      line.send('{"type":"ping","payload":{"is":"the last"}}')
      await Promise.race([answered, closed])
      line.close()
      const [code] = (await closed) as [number]
      expect([1005, 1012, 4400, 4403, 4409, 4429]).toContain(code)
      expect(heard.join()).not.toContain('INTERNAL_SERVER_ERROR')
    }),
    bounds,
  )
  expect(said).toBe('')
  expect((await send(server.address, HONEST, {}, { authorization })).errors).toBeUndefined()
})
