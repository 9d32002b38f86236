// The log knows every request by its id, and nobody's secrets: right ones, wrong ones, in bodies, headers, cookies and addresses.
import { expect, test } from 'vitest'
import { send, signIn, type GraphQLProblem } from '../kit/client.js'
import { knock, onSocket, post } from '../kit/knock.js'
import { join, makeToken, PASSWORD, share } from '../kit/people.js'
import { startWithFakeEngine } from '../kit/server.js'

/** Long enough to be taken for a token. */
const WRONG = 'wrong-but-as-long-as-a-token-0123456789'
const METRICS_TOKEN = 'f0'.repeat(10) + '123456789abcdef'

test('what the server writes, at its most talkative, holds no secret that ever came to it or was made by it', async () => {
  const server = await startWithFakeEngine({
    env: { CELLBOARD_LOG: 'trace', CELLBOARD_METRICS_TOKEN: METRICS_TOKEN },
  })
  let said = ''
  for (const stream of [server.process.stdout!, server.process.stderr!])
    stream.on('data', (part: Buffer) => (said += part.toString()))
  const { address, link } = server
  const owner = await signIn(address, link)
  const member = await join(owner)
  const token = await makeToken(member, { scopes: ['READ', 'RUN'] })
  const search = await owner.ask<{ startSearch: { id: string } }>(
    'mutation { startSearch(input: { dataset: "digits", epochs: 1 }) { id } }',
  )
  const shared = await share(owner, search.startSearch.id)

  // Each secret in each place where it could be sent, at the right one among them.
  const secrets = [link, owner.token, member.token, token.token, shared.secret, PASSWORD, METRICS_TOKEN, WRONG]
  for (const secret of secrets) {
    const authorization = `Bearer ${secret}`
    await send(address, '{ viewer { name } runs { totalCount } }', {}, { authorization })
    await send(address, '{ no_such_field }', {}, { authorization })
    await send(address, 'mutation ($l: String!) { signIn(link: $l) { token } }', { l: secret })
    await send(address, `mutation { signIn(link: "${secret}") { token } }`)
    await send(address, 'query ($n: Int!) { runs(first: $n) { totalCount } }', { n: secret }, { authorization })
    await send(
      address,
      'mutation ($e: String!, $p: String!) { signInWithPassword(email: $e, password: $p) { token } }',
      { e: member.email, p: secret },
    )
    await send(address, 'mutation ($s: String!) { openShareLink(secret: $s) { url } }', { s: secret })
    const cookie = `cellboard_session=${secret}; cellboard_shares=${secret}`
    await post(address, JSON.stringify({ query: '{ viewer { name } }' }), { headers: { cookie } })
    await post(address, `{"query": "${secret}`, { headers: { cookie } })
    for (const path of [
      `/metrics?token=${secret}`,
      `/share/${secret}`,
      `/sign-in?link=${secret}`,
      `/files/${secret}/a`,
    ])
      await knock(address, path, { headers: { authorization, cookie } })
    const socket = owner.openSocket()
    await socket
      .iterate({
        query: 'subscription ($r: ID!) { runFeed(runs: [$r]) { events { type } } }',
        variables: { r: secret },
      })
      .next()
      .catch(() => null)
    await socket.dispose()
  }
  await server.stop()
  const lines = said.split('\n').filter((line) => line.startsWith('{'))
  expect(lines.length).toBeGreaterThan(100)
  for (const secret of secrets) expect(lines.find((line) => line.includes(secret))).toBeUndefined()
  expect(said).not.toContain(member.email)
})

test('the id that an error tells is the one under which the log knows the request', async () => {
  const server = await startWithFakeEngine({ env: { CELLBOARD_LOG: 'debug' } })
  let said = ''
  server.process.stderr!.on('data', (part: Buffer) => (said += part.toString()))
  const client = await server.signIn()
  const idOf = (errors: readonly GraphQLProblem[] | undefined) =>
    (errors![0]!.extensions as unknown as { requestId: string }).requestId
  const ids = [
    idOf((await client.request('{ runs(first: 0) { totalCount } }')).errors),
    idOf((await client.request('{ a '.repeat(400))).errors),
    idOf((await send<object>(server.address, '{ runs { totalCount } }', {}, { origin: 'https://example.org' })).errors),
  ]
  const socket = client.openSocket()
  const query = 'subscription { runFeed(runs: ["search-9"]) { events { type } } }'
  ids.push(idOf(await onSocket(socket, { name: '', code: '', limit: null, query })))
  await socket.dispose()
  await server.stop()
  const logged = said.split('\n').flatMap((line) => (line ? [JSON.parse(line) as { requestId?: string }] : []))
  for (const id of ids) expect(logged.filter(({ requestId }) => requestId === id)).not.toEqual([])
})
