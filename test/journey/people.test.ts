// People sign in and speak through tokens; what they hold is worth no more than they are, and ends when it is taken back.
import { readFileSync } from 'node:fs'
import { join as path } from 'node:path'
import Database from 'libsql'
import { expect, inject, test } from 'vitest'
import { clientWith, send, type Client } from '../kit/client.js'
import { join, makeToken, PASSWORD } from '../kit/people.js'
import { startServer, startWithFakeEngine } from '../kit/server.js'

/** Some look into the file of the store themselves. */
const isOnPostgres = Boolean(inject('postgres'))

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signInWithPassword(email: $email, password: $password) { token viewer { name } }
}`
const START = 'mutation { startSearch(input: { dataset: "digits", epochs: 1 }) { id } }'

/** What no API shows, and moments that a test cannot wait for. */
function inStore<Row>(home: string, sql: string, ...values: readonly unknown[]): Row[] {
  const store = new Database(path(home, 'store.sqlite'))
  try {
    const statement = store.prepare(sql)
    if (sql.startsWith('select')) return statement.all(...values) as Row[]
    statement.run(...values)
    return []
  } finally {
    store.close()
  }
}

const codeOf = async (client: Client, query: string, variables: object = {}) =>
  (await client.request(query, variables)).errors?.[0]?.extensions.code ?? 'OK'

test.skipIf(isOnPostgres)(
  'the first person comes by the link, sets an address and a password, and signs in with them',
  async () => {
    const server = await startServer()
    const first = await server.signIn()
    await first.ask(
      'mutation { setProfile(name: "Ada", email: "Ada@Example.org") { email } setPassword(next: "correct horse battery") }',
    )
    const { data } = await send<{ signInWithPassword: { token: string; viewer: { name: string } } }>(
      server.address,
      SIGN_IN,
      {
        email: 'ADA@example.org',
        password: 'correct horse battery',
      },
    )
    expect(data!.signInWithPassword.viewer.name).toBe('Ada')
    const again = clientWith(server.address, data!.signInWithPassword.token)
    const { viewer } = await again.ask<{ viewer: { memberships: object[]; sessions: { current: boolean }[] } }>(
      '{ viewer { memberships { role team { slug } } sessions { current } } }',
    )
    expect(viewer.memberships).toEqual([{ role: 'OWNER', team: { slug: 'first' } }])
    expect(viewer.sessions.filter(({ current }) => current)).toHaveLength(1)
    const store = readFileSync(path(server.home, 'store.sqlite')).toString('latin1')
    const log = readFileSync(path(server.home, 'store.sqlite-wal')).toString('latin1')
    for (const secret of ['correct horse battery', again.token, first.token]) {
      expect(store).not.toContain(secret)
      expect(log).not.toContain(secret)
    }
  },
)

test('a wrong password and an unknown address are answered alike, and too many tries are slowed down', async () => {
  const server = await startServer()
  const first = await server.signIn()
  const { email } = await join(first)
  const refusals = await Promise.all(
    [email, 'nobody@example.org'].map(async (one) => {
      const { errors } = await send(server.address, SIGN_IN, { email: one, password: 'wrong, but long enough' })
      const { requestId: _, ...extensions } = errors![0]!.extensions as unknown as Record<string, unknown>
      return { message: errors![0]!.message, extensions }
    }),
  )
  expect(refusals[0]).toEqual(refusals[1])
  expect(refusals[0]!.extensions).toEqual({ code: 'UNAUTHENTICATED' })
  const codes = []
  for (let i = 0; i < 12; i++) {
    const { errors } = await send(server.address, SIGN_IN, { email, password: 'wrong, but long enough' })
    codes.push(errors![0]!.extensions.code)
  }
  expect(codes).toContain('RATE_LIMITED')
})

test.skipIf(isOnPostgres)('every sign-in that was refused is written down, and nothing of what was tried', async () => {
  const server = await startServer()
  const { email } = await join(await server.signIn())
  const tried = 'wrong, but long enough'
  await send(server.address, SIGN_IN, { email, password: tried })
  await send(server.address, SIGN_IN, { email: 'nobody@example.org', password: tried })
  await send(server.address, 'mutation { signIn(link: "no such link") { token } }')
  await send(server.address, 'mutation { signInWithPasskey(challenge: "none", response: {}) { token } }')
  const entries = inStore<{ detail: string; userId: number | null }>(
    server.home,
    `select detail, user_id as "userId" from audit_entry where action = 'signInRefused' order by id`,
  )
  expect(entries.map(({ detail }) => (JSON.parse(detail) as { way: string }).way)).toEqual([
    'password',
    'password',
    'link',
    'passkey',
  ])
  expect(entries.map(({ userId }) => userId !== null)).toEqual([true, false, false, false])
  expect(JSON.stringify(entries)).not.toContain(tried)
})

test.skipIf(isOnPostgres)('a hash that was cheaper than today is made anew when its person signs in', async () => {
  const server = await startServer()
  const { email } = await join(await server.signIn())
  // Of the same password.
  const cheap = '$argon2id$v=19$m=8192,t=1,p=1$DpZhijrw7HrS5vAkOgeKgA$ldD9ec4jU5KQg++wJfLJC7+17v5vDu+n5zsvaXCTOC8'
  inStore(server.home, 'update user set password_hash = ? where email = ?', cheap, email)
  const signInAgain = async () =>
    (await send<{ signInWithPassword: { viewer: object } }>(server.address, SIGN_IN, { email, password: PASSWORD }))
      .data
  expect(await signInAgain()).not.toBeNull()
  const [kept] = inStore<{ made: string }>(server.home, 'select password_hash as made from user where email = ?', email)
  expect(kept!.made).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,/)
  expect(await signInAgain()).not.toBeNull()
})

test('a new password ends the other sessions, and needs the present one', async () => {
  const server = await startServer()
  const member = await join(await server.signIn())
  const { data } = await send<{ signInWithPassword: { token: string } }>(server.address, SIGN_IN, {
    email: member.email,
    password: PASSWORD,
  })
  const other = clientWith(server.address, data!.signInWithPassword.token)
  const line = other.openSocket()
  const closed = new Promise<number>((resolve) => line.on('closed', (event) => resolve((event as CloseEvent).code)))
  const changes = line.iterate({ query: 'subscription { runChanged { id } }' })
  const next = changes.next().catch(() => null)
  await new Promise<void>((resolve) => line.on('connected', () => resolve()))
  expect(await codeOf(member, 'mutation { setPassword(next: "another long phrase", current: "not it") }')).toBe(
    'BAD_USER_INPUT',
  )
  await member.ask(`mutation { setPassword(next: "another long phrase", current: "${PASSWORD}") }`)
  expect(await closed).toBe(4403)
  await next
  expect(await other.ask('{ viewer { id } }')).toEqual({ viewer: null })
  expect(await member.ask('{ viewer { id } }')).toEqual({ viewer: { id: member.id } })
})

test('a changed password revokes tokens too where that is asked for, and closes what they hold open', async () => {
  const server = await startServer()
  const member = await join(await server.signIn())
  const [one, two] = [await makeToken(member), await makeToken(member)]
  await member.ask(`mutation { setPassword(next: "another long phrase", current: "${PASSWORD}") }`)
  expect(await one.ask('{ viewer { id } }')).toEqual({ viewer: { id: member.id } })
  const line = one.openSocket()
  const closed = new Promise((resolve) => line.on('closed', (event) => resolve((event as { code: number }).code)))
  const next = line
    .iterate({ query: 'subscription { runChanged { id } }' })
    .next()
    .catch(() => null)
  await new Promise<void>((resolve) => line.on('connected', () => resolve()))
  await member.ask(
    'mutation { setPassword(next: "yet another phrase", current: "another long phrase", revokeTokens: true) }',
  )
  expect(await closed).toBe(4403)
  await next
  for (const token of [one, two]) expect(await token.ask('{ viewer { id } }')).toEqual({ viewer: null })
  const { viewer } = await member.ask<{ viewer: { tokens: { revokedAt: string | null }[] } }>(
    '{ viewer { tokens { revokedAt } } }',
  )
  expect(viewer.tokens.every(({ revokedAt }) => revokedAt !== null)).toBe(true)
})

test('a token does what its scopes say, and never what only a person may', async () => {
  const server = await startWithFakeEngine()
  const first = await server.signIn()
  const reader = await makeToken(first, { scopes: ['READ'] })
  const runner = await makeToken(first, { scopes: ['READ', 'RUN'] })
  expect(await codeOf(reader, '{ runs { totalCount } }')).toBe('OK')
  expect(await codeOf(reader, START)).toBe('FORBIDDEN')
  expect(await codeOf(runner, START)).toBe('OK')
  const admin = await makeToken(first, { scopes: ['ADMIN'] })
  expect(await codeOf(admin, '{ runs { totalCount } }')).toBe('FORBIDDEN')
  expect(await codeOf(admin, 'mutation { createProject(team: "team-1", name: "other") { id } }')).toBe('OK')
  for (const token of [reader, runner, admin]) {
    expect(await codeOf(token, 'mutation { createToken(input: { name: "more", scopes: [ADMIN] }) { secret } }')).toBe(
      'FORBIDDEN',
    )
    expect(await codeOf(token, 'mutation { setPassword(next: "taken over for good") }')).toBe('FORBIDDEN')
    expect(await codeOf(token, '{ viewer { tokens { id } } }')).toBe('FORBIDDEN')
  }
})

test('a token that is limited to a project sees nothing else', async () => {
  const server = await startWithFakeEngine()
  const first = await server.signIn()
  const { startSearch } = await first.ask<{ startSearch: { id: string } }>(START)
  const { createProject } = await first.ask<{ createProject: { id: string } }>(
    'mutation { createProject(team: "team-1", name: "other") { id } }',
  )
  const limited = await makeToken(first, { scopes: ['READ', 'RUN'], project: createProject.id })
  expect(await limited.ask('{ runs { totalCount } }')).toEqual({ runs: { totalCount: 0 } })
  expect(await codeOf(limited, `{ run(id: "${startSearch.id}") { id } }`)).toBe('NOT_FOUND')
  const started = await limited.ask<{ startSearch: { project: { id: string } } }>(
    'mutation { startSearch(input: { dataset: "digits", epochs: 1 }) { project { id } } }',
  )
  expect(started.startSearch.project.id).toBe(createProject.id)
  expect(await codeOf(limited, '{ team(slug: "first") { members { totalCount } } }')).toBe('FORBIDDEN')
})

test('a revoked token is good for nothing, and its open line closes', async () => {
  const server = await startServer()
  const first = await server.signIn()
  const token = await makeToken(first)
  const line = token.openSocket()
  const closed = new Promise<number>((resolve) => line.on('closed', (event) => resolve((event as CloseEvent).code)))
  const connected = new Promise<void>((resolve) => line.on('connected', () => resolve()))
  const next = line
    .iterate({ query: 'subscription { runChanged { id } }' })
    .next()
    .catch(() => null)
  await connected
  await first.ask('mutation ($id: ID!) { revokeToken(id: $id) { revokedAt } }', { id: token.id })
  expect(await closed).toBe(4403)
  await next
  expect(await token.ask('{ viewer { id } }')).toEqual({ viewer: null })
})

test.skipIf(isOnPostgres)('a line closes when the token that holds it expires', async () => {
  const server = await startServer()
  const first = await server.signIn()
  const token = await makeToken(first)
  inStore(
    server.home,
    'update token set expires_at = ? where id = ?',
    Date.now() + 4_000,
    Number(token.id.split('-')[1]),
  )
  const line = token.openSocket()
  const closed = new Promise<number>((resolve) => line.on('closed', (event) => resolve((event as CloseEvent).code)))
  const next = line
    .iterate({ query: 'subscription { runChanged { id } }' })
    .next()
    .catch(() => null)
  expect(await closed).toBe(4403)
  await next
  expect(await token.ask('{ viewer { id } }')).toEqual({ viewer: null })
})

test('a service account works for its team through tokens alone, and goes with its membership', async () => {
  const server = await startServer()
  const first = await server.signIn()
  const { createServiceAccount: account } = await first.ask<{
    createServiceAccount: { user: { id: string; service: boolean } }
  }>('mutation { createServiceAccount(team: "team-1", name: "nightly", role: MEMBER) { user { id service } } }')
  expect(account.user.service).toBe(true)
  const token = await makeToken(first, { serviceAccount: account.user.id })
  expect(await codeOf(token, '{ runs { totalCount } }')).toBe('OK')
  const member = await join(first)
  const wish = `mutation { createToken(input: { name: "x", scopes: [READ], serviceAccount: "${account.user.id}" }) { secret } }`
  expect(await codeOf(member, wish)).toBe('NOT_FOUND')
  await first.ask('mutation ($user: ID!) { removeMember(team: "team-1", user: $user) }', { user: account.user.id })
  expect(await token.ask('{ viewer { id } }')).toEqual({ viewer: null })
})
