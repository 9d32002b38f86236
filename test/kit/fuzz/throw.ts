// Throws by chance at a real server: documents, variables and bodies over HTTP, frames on a socket, streams of events, paths.
import { once } from 'node:events'
import fc from 'fast-check'
import WebSocket from 'ws'
import type { Asked, Documents } from './documents.js'
import type { Findings, Told } from './findings.js'
import type { Person } from './people.js'

export interface Target {
  readonly address: string
  readonly findings: Findings
  /** Ids and cursors that answers have told; grows. */
  readonly known: string[]
}

/** Closes that a socket may get for what it sends, or because what it may has changed: everything but "the server failed". */
const FAIR_CLOSES = [1000, 1005, 1007, 1008, 1009, 1012, 4400, 4401, 4403, 4406, 4408, 4409, 4429]
const MOST_KNOWN = 2_000
/** Of what is told under these names, some is asked for later. */
const IDS = /"(?:id|cursor|startCursor|endCursor|slug|hash|secret|requestId)":"([^"\\]{1,300})"/g

const headersOf = ({ bearer }: Person) => ({
  'content-type': 'application/json',
  ...(bearer && { authorization: `Bearer ${bearer}` }),
})

function learn({ known }: Target, text: string): void {
  for (const [, value] of text.matchAll(IDS)) {
    if (known.length < MOST_KNOWN) known.push(value!)
    else known[Math.floor(Math.random() * MOST_KNOWN)] = value!
  }
}

function lookAt(target: Target, text: string, asked: unknown): void {
  const { errors } = JSON.parse(text) as { errors?: Told[] }
  target.findings.lookAt(errors, asked)
}

/** One body over HTTP; what was answered is looked at. */
export async function post(target: Target, person: Person, body: string): Promise<void> {
  const response = await fetch(`${target.address}/graphql`, { method: 'POST', headers: headersOf(person), body })
  const text = await response.text()
  learn(target, text)
  if (response.status >= 500 && !text.includes('INTERNAL_SERVER_ERROR'))
    target.findings.add(`status ${response.status}: ${text.slice(0, 200)}`, body)
  try {
    lookAt(target, text, { by: person.kind, body })
  } catch {
    target.findings.add(`an answer that is no JSON: ${text.slice(0, 200)}`, body)
  }
}

/** An address by chance: files, pages, other endpoints. */
export async function visit(target: Target, person: Person, path: string): Promise<void> {
  const { Authorization: _, ...headers } = { Authorization: '', ...headersOf(person) }
  const response = await fetch(`${target.address}/${path}`, { headers, redirect: 'manual' })
  await response.arrayBuffer()
  // 503 says that the dashboard is not built; of a store that does not answer the log tells too.
  if (response.status >= 500 && response.status !== 503)
    target.findings.add(`status ${response.status} for a path`, path)
}

/** A stream of events, left after its first word. */
export async function follow(target: Target, person: Person, asked: Asked): Promise<void> {
  const leave = new AbortController()
  const headers = { ...headersOf(person), accept: 'text/event-stream' }
  const response = await fetch(`${target.address}/graphql/stream`, {
    method: 'POST',
    headers,
    body: JSON.stringify(asked),
    signal: leave.signal,
  })
  const timer = setTimeout(() => leave.abort(), 100)
  let text = ''
  try {
    for await (const part of response.body!) text += Buffer.from(part).toString()
  } catch {
    // Left.
  }
  clearTimeout(timer)
  if (response.status >= 500) target.findings.add(`status ${response.status} for a stream`, asked)
  for (const [, data] of text.matchAll(/^data: (\{.*"errors".*\})$/gm))
    lookAt(target, data!, { by: person.kind, asked })
}

/** Frames on a socket of their own, until the last is answered or the socket closed. */
export async function sendFrames(target: Target, person: Person, frames: readonly string[]): Promise<void> {
  const line = new WebSocket(`${target.address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const closed = once(line, 'close')
  closed.catch(() => {})
  line.on('error', () => {})
  await Promise.race([once(line, 'open').catch(() => {}), closed])
  const answered = new Promise<void>((resolve) => {
    line.on('message', (data: Buffer) => {
      const text = data.toString()
      learn(target, text)
      if (text.includes('"errors"') || text.includes('"type":"error"')) {
        const { payload } = JSON.parse(text) as { payload: { errors?: Told[] } | Told[] }
        target.findings.lookAt(Array.isArray(payload) ? payload : payload.errors, { by: person.kind, frames })
      }
      if (text.includes('"the last"')) resolve()
    })
  })
  const payload = person.bearer ? { authorization: `Bearer ${person.bearer}` } : {}
  for (const text of [
    JSON.stringify({ type: 'connection_init', payload }),
    ...frames,
    '{"type":"ping","payload":{"is":"the last"}}',
  ])
    if (line.readyState === WebSocket.OPEN) line.send(text)
  await Promise.race([answered, closed])
  line.close()
  const [code] = (await closed) as [number]
  if (!FAIR_CLOSES.includes(code)) target.findings.add(`a socket was closed with ${code}`, { by: person.kind, frames })
}

/** A document as text with a piece of it lost, doubled or of another kind. */
const bent = (asked: fc.Arbitrary<Asked>): fc.Arbitrary<Asked> =>
  fc
    .tuple(
      asked,
      fc.nat(),
      fc.nat({ max: 8 }),
      fc.constantFrom('', '{', '}', '"', '...', '$', '@skip', '\u0000', '#', '\\u'),
    )
    .map(([{ query, ...rest }, at, length, instead]) => {
      const i = at % (query.length + 1)
      return { ...rest, query: query.slice(0, i) + instead + query.slice(i + length) }
    })

const misshapen = (asked: fc.Arbitrary<Asked>): fc.Arbitrary<unknown> =>
  fc.tuple(asked, fc.jsonValue({ maxDepth: 4 }), fc.nat({ max: 3 })).map(([right, wrong, where]) => {
    if (where === 0) return wrong
    return where === 1 ? { ...right, variables: wrong } : { ...right, operationName: wrong, extensions: wrong }
  })

export interface Ways {
  readonly bodies: fc.Arbitrary<string>
  readonly subscriptions: fc.Arbitrary<Asked>
  readonly frames: fc.Arbitrary<readonly string[]>
  readonly paths: fc.Arbitrary<string>
}

/** All that can be thrown, with most of it well-formed: only that gets as far as the store. */
export function waysOf(documents: Documents): Ways {
  const [query, mutation, subscription] = [
    documents.of('query'),
    documents.of('mutation'),
    documents.of('subscription'),
  ]
  const asked = fc.oneof(
    { weight: 12, arbitrary: query },
    { weight: 4, arbitrary: mutation },
    { weight: 1, arbitrary: subscription },
  )
  const any = fc.oneof(
    { weight: 12, arbitrary: asked },
    { weight: 2, arbitrary: bent(asked) },
    { weight: 1, arbitrary: misshapen(asked) },
  )
  const json = (value: unknown) => JSON.stringify(value) ?? ''
  const message = fc
    .record(
      {
        type: fc.constantFrom(
          ...Array<string>(8).fill('subscribe'),
          'complete',
          'ping',
          'pong',
          'next',
          'connection_init',
          'x',
        ),
        id: fc.oneof(fc.nat({ max: 20 }).map(String), fc.constantFrom('__proto__', 'constructor')),
        payload: fc.oneof({ weight: 4, arbitrary: subscription }, { weight: 4, arbitrary: any }),
      },
      { requiredKeys: ['type', 'id', 'payload'] },
    )
    .map(json)
  const text = fc.string({ unit: 'binary', maxLength: 100 })
  return {
    bodies: fc.oneof({ weight: 30, arbitrary: any.map(json) }, { weight: 1, arbitrary: fc.oneof(fc.json(), text) }),
    subscriptions: subscription,
    frames: fc.array(
      fc.oneof({ weight: 20, arbitrary: message }, { weight: 1, arbitrary: fc.oneof(fc.json(), text) }),
      {
        maxLength: 12,
      },
    ),
    paths: fc
      .tuple(
        fc.constantFrom('', 'files/', 'runs/', 'healthz', 'readyz', 'metrics', 'graphql', 'sign-in?link=', 'oidc/'),
        text,
      )
      .map(([start, rest]) => start + encodeURIComponent(Buffer.from(rest).toString()).replaceAll('%2F', '/')),
  }
}
