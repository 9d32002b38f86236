// The dashboard's operations are known by their hashes; where it is configured so, sessions can ask nothing else.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Client } from '../kit/client.js'
import { makeToken } from '../kit/people.js'
import { startServer } from '../kit/server.js'

const TEXT = 'query Known($first: Int) {\n  runs(first: $first) {\n    totalCount\n  }\n}'
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** A server whose dashboard asks one thing; and a manifest that lies about another. */
function startWithSite(env: Record<string, string> = {}) {
  const site = mkdtempSync(join(tmpdir(), 'cellboard-site-'))
  onTestFinished(() => rmSync(site, { recursive: true }))
  const lie = { [hashOf('something else')]: '{ groups { totalCount } }' }
  writeFileSync(join(site, 'operations.json'), JSON.stringify({ [hashOf(TEXT)]: TEXT, ...lie }))
  return startServer({ env: { CELLBOARD_SITE: site, ...env } })
}

async function ask({ address, token }: Client, body: object) {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  return (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] }
}
const named = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } })
const ANSWER = { data: { runs: { totalCount: 0 } } }

test('a hash that is known is answered, over HTTP and on a socket; any other asks for the text', async () => {
  const server = await startWithSite()
  const client = await server.signIn()
  expect(await ask(client, { variables: { first: 1 }, ...named(TEXT) })).toEqual(ANSWER)
  for (const text of ['{ server { version } }', 'something else'])
    expect((await ask(client, named(text))).errors![0]!.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
  expect(await ask(client, { query: '{ runs { totalCount } }', ...named('{ runs { totalCount } }') })).toEqual(ANSWER)
  const socket = client.openSocket()
  expect((await socket.iterate({ query: '', variables: { first: 1 }, ...named(TEXT) }).next()).value).toEqual(ANSWER)
  await socket.dispose()
})

test('limits hold for what a hash stands for', async () => {
  const server = await startWithSite({ CELLBOARD_LIMIT_DOCUMENT_CHARS: '1000', CELLBOARD_LIMIT_COST: '1000' })
  const client = await server.signIn()
  const { errors } = await ask(client, { variables: { first: 1_000_000 }, ...named(TEXT) })
  expect(['LIMIT_EXCEEDED', 'BAD_USER_INPUT']).toContain(errors![0]!.extensions.code)
})

test('where only these are answered, sessions and strangers ask nothing else, and tokens what they like', async () => {
  const first = await startWithSite()
  const client = await first.signIn()
  const reader = await makeToken(client)
  await first.stop()
  const strict = await startServer({
    home: first.home,
    env: { CELLBOARD_ONLY_PERSISTED: '1', CELLBOARD_SITE: join(first.home, 'no-site') },
  })
  const free = { query: '{ runs { totalCount } }' }
  const at = (one: Client) => ({ ...one, address: strict.address })
  expect((await ask(at(client), free)).errors![0]!.extensions).toMatchObject({
    code: 'BAD_REQUEST',
    limit: 'persisted',
  })
  expect(await ask(at(reader), free)).toEqual(ANSWER)
})
