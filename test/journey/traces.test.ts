// Traces go to a collector that listens: requests under their caller's trace, fields, statements, runs; and nothing that is secret.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Follower } from '../kit/client.js'
import { makeToken } from '../kit/people.js'
import { startWithFakeEngine } from '../kit/server.js'

interface SentSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: { readonly key: string; readonly value: Record<string, unknown> }[]
}
interface Sent {
  readonly resourceSpans: { readonly scopeSpans: { readonly spans: SentSpan[] }[] }[]
}

/** A collector that keeps what it is sent. */
async function startCollector() {
  const texts: string[] = []
  const http = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (text += part))
    request.on('end', () => {
      texts.push(text)
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    http.closeAllConnections()
    http.close()
  })
  const spans = () =>
    texts.flatMap((text) =>
      (JSON.parse(text) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    )
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, spans, texts }
}

test('a request, its fields and its statements hang together, under the trace of whoever asked', async () => {
  const collector = await startCollector()
  const server = await startWithFakeEngine({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } })
  const client = await server.signIn()
  const token = await makeToken(client, { scopes: ['READ', 'RUN'] })
  const { startSearch } = await client.ask<{ startSearch: { id: string } }>(
    'mutation { startSearch(input: { dataset: "digits", epochs: 1, name: "a name that stays here" }) { id } }',
  )
  await new Follower(startSearch.id).untilEnd(client)
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token.token}`,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
    body: JSON.stringify({
      query: 'query Mine { runs { edges { node { id metrics { name } } } } }',
      operationName: 'Mine',
    }),
  })
  await server.stop()
  const spans = collector.spans()
  const mine = spans.filter((span) => span.traceId === traceId)
  const request = mine.find(({ name }) => name === 'POST /graphql')!
  expect(request.parentSpanId).toBe('b7ad6b7169203331')
  const said = Object.fromEntries(request.attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
  expect(said).toMatchObject({ 'graphql.operation.name': 'Mine', 'graphql.operation.type': 'query' })
  const field = mine.find(({ name }) => name === 'Query.runs')!
  expect(field.parentSpanId).toBe(request.spanId)
  expect(mine.some(({ name, parentSpanId }) => name === 'store select' && parentSpanId === field.spanId)).toBe(true)
  expect(spans.some(({ name }) => name === 'run')).toBe(true)
  expect(spans.some(({ name }) => name === 'socket subscription')).toBe(true)

  const all = collector.texts.join('\n')
  for (const secret of [client.token, token.token, server.link, 'a name that stays here'])
    expect(all).not.toContain(secret)
})

test('without an address nothing is sent, and a wrong one is told at the start', async () => {
  const server = await startWithFakeEngine()
  await (await server.signIn()).ask('{ runs { totalCount } }')
  await expect(startWithFakeEngine({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' } })).rejects.toThrow(
    'Expected OTEL_EXPORTER_OTLP_ENDPOINT to be an address like http://collector:4318',
  )
})
