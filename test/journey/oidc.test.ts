// Signing in at a real OpenID Connect provider: by invitation, by configuration, again, and by nobody else's return.
import { expect, test } from 'vitest'
import { clientWith, send } from '../kit/client.js'
import { OIDC_CLIENT, OIDC_SECRET, startProvider, Visitor } from '../kit/oidc-server.js'
import { join } from '../kit/people.js'
import { startServer, tryStart } from '../kit/server.js'

const WHO = '{ viewer { id name memberships { role team { slug } } } }'

const withProvider = async (env: Record<string, string> = {}) => {
  const { issuer, allow } = await startProvider()
  allow('http://localhost/not-known-yet')
  const server = await startServer({
    env: {
      CELLBOARD_OIDC_ISSUER: issuer,
      CELLBOARD_OIDC_CLIENT: OIDC_CLIENT,
      CELLBOARD_OIDC_SECRET: OIDC_SECRET,
      CELLBOARD_OIDC_NAME: 'the institute',
      ...env,
    },
  })
  allow(`${server.address}/sign-in/oidc/callback`)
  return server
}
const whoIs = (visitor: Visitor, address: string) =>
  send(address, WHO, {}, { cookie: `cellboard_session=${visitor.cookie(address, 'cellboard_session') ?? ''}` })

test('somebody whom nobody invited is sent back with a sentence', async () => {
  const server = await withProvider()
  const { data } = await send(server.address, '{ server { signInProvider { name url } } }')
  expect(data).toEqual({ server: { signInProvider: { name: 'the institute', url: '/sign-in/oidc' } } })
  const visitor = new Visitor()
  const { url } = await visitor.signInAs('grace', `${server.address}/sign-in/oidc`)
  expect(new URL(url).searchParams.get('problem')).toContain('Expected somebody who was invited')
  expect(await whoIs(visitor, server.address)).toEqual({ data: { viewer: null } })
})

test('an invitation brings a newcomer in, who is known the next time', async () => {
  const server = await withProvider()
  const owner = await server.signIn()
  const { invite } = await owner.ask<{ invite: { url: string } }>(
    'mutation { invite(team: "team-1", role: MEMBER) { url } }',
  )
  const visitor = new Visitor()
  await visitor.signInAs('grace', `${server.address}/sign-in/oidc?invitation=${invite.url.split('/').at(-1)}`)
  const first = await whoIs(visitor, server.address)
  expect(first).toMatchObject({
    data: { viewer: { name: 'grace from afar', memberships: [{ role: 'MEMBER', team: { slug: 'first' } }] } },
  })
  const identities = await send(
    server.address,
    '{ viewer { identities { issuer subject } hasPassword email } }',
    {},
    { cookie: `cellboard_session=${visitor.cookie(server.address, 'cellboard_session')}` },
  )
  const issuer = expect.stringMatching(/^http:\/\/localhost:\d+$/) as string
  expect(identities).toEqual({
    data: { viewer: { identities: [{ issuer, subject: 'grace' }], hasPassword: false, email: null } },
  })
  const again = new Visitor()
  await again.signInAs('grace', `${server.address}/sign-in/oidc`)
  expect(await whoIs(again, server.address)).toEqual(first)
  const other = new Visitor()
  const { url } = await other.signInAs(
    'emmy',
    `${server.address}/sign-in/oidc?invitation=${invite.url.split('/').at(-1)}`,
  )
  expect(new URL(url).searchParams.get('problem')).toContain('Expected an invitation that is still good')
})

test('whoever the provider knows may join the team that is configured', async () => {
  const server = await withProvider({ CELLBOARD_OIDC_TEAM: 'first', CELLBOARD_OIDC_ROLE: 'viewer' })
  const visitor = new Visitor()
  await visitor.signInAs('emmy', `${server.address}/sign-in/oidc`)
  expect(await whoIs(visitor, server.address)).toMatchObject({
    data: { viewer: { memberships: [{ role: 'VIEWER' }] } },
  })
})

test('a return that another browser began, or that comes twice, signs nobody in', async () => {
  const server = await withProvider({ CELLBOARD_OIDC_TEAM: 'first' })
  const attacker = new Visitor()
  const start = `${server.address}/sign-in/oidc`
  let page = await attacker.follow(await attacker.get(start), start)
  page = await attacker.follow(
    await attacker.post(page.url, { prompt: 'login', login: 'mallory', password: 'any' }),
    page.url,
  )
  // The last step leads to a return address that is handed to somebody else instead.
  let [response, url] = [await attacker.post(page.url, { prompt: 'consent' }), page.url]
  while (!url.includes('/callback')) {
    url = new URL(response.headers.get('location')!, url).href
    if (!url.includes('/callback')) response = await attacker.get(url)
  }
  const victim = new Visitor()
  const refused = await victim.follow(await victim.get(url), url)
  expect(new URL(refused.url).searchParams.get('problem')).toContain('in the browser that was sent away')
  expect(victim.cookie(server.address, 'cellboard_session')).toBeUndefined()
  await attacker.get(url)
  expect(attacker.cookie(server.address, 'cellboard_session')).toBeUndefined()
})

const LINK = 'mutation { askIdentity }'
const UNLINK = 'mutation ($id: ID!) { unlinkIdentity(id: $id) }'
const IDENTITIES = '{ viewer { identities { id subject } } }'
interface Identities {
  readonly viewer: { readonly identities: readonly { readonly id: string; readonly subject: string }[] }
}

test('who is signed in links what the provider knows them as, and unlinks it unless it is the last way in', async () => {
  const server = await withProvider()
  const owner = await server.signIn()
  const [member, other] = [await join(owner, { name: 'ada' }), await join(owner, { name: 'otto' })]
  const browserOf = ({ token }: { token: string }) => {
    const visitor = new Visitor()
    visitor.keep(server.address, 'cellboard_session', token)
    return visitor
  }
  const linkAt = async (client: typeof member) =>
    server.address + (await client.ask<{ askIdentity: string }>(LINK)).askIdentity
  const problemOf = ({ url }: { url: string }) => new URL(url).searchParams.get('problem')

  const start = await linkAt(member)
  const { url } = await browserOf(member).signInAs('grace', start)
  expect(new URL(url).pathname).toBe('/account')
  const { identities } = (await member.ask<Identities>(IDENTITIES)).viewer
  expect(identities).toMatchObject([{ subject: 'grace' }])
  const again = new Visitor()
  await again.signInAs('grace', `${server.address}/sign-in/oidc`)
  expect(await whoIs(again, server.address)).toMatchObject({ data: { viewer: { id: member.id } } })

  // What was asked for is good once, in the browser that asked, and takes nobody's identity.
  const mine = browserOf(member)
  expect(problemOf(await mine.follow(await mine.get(start), start))).toContain('on your account page')
  const [stolen, elsewhere] = [await linkAt(other), browserOf(member)]
  expect(problemOf(await elsewhere.follow(await elsewhere.get(stolen), stolen))).toContain('on your account page')
  expect(problemOf(await browserOf(other).signInAs('grace', await linkAt(other)))).toContain('another person')
  expect((await other.ask<Identities>(IDENTITIES)).viewer.identities).toEqual([])
  expect((await other.request(UNLINK, { id: identities[0]!.id })).errors?.[0]?.extensions.code).toBe('NOT_FOUND')

  expect(await member.ask(UNLINK, { id: identities[0]!.id })).toEqual({ unlinkIdentity: true })
  const { invite } = await owner.ask<{ invite: { url: string } }>(
    'mutation { invite(team: "team-1", role: MEMBER) { url } }',
  )
  const newcomer = new Visitor()
  await newcomer.signInAs('grace', `${server.address}/sign-in/oidc?invitation=${invite.url.split('/').at(-1)}`)
  const grace = clientWith(server.address, newcomer.cookie(server.address, 'cellboard_session')!)
  const [only] = (await grace.ask<Identities>(IDENTITIES)).viewer.identities
  const refused = await grace.request(UNLINK, { id: only!.id })
  expect(refused.errors?.[0]).toMatchObject({
    message: expect.stringContaining('this is the last') as string,
    extensions: { code: 'CONFLICT' },
  })
  expect((await grace.ask<Identities>(IDENTITIES)).viewer.identities).toEqual([only])
  await grace.ask('mutation { setProfile(email: "grace@example.org") { id } setPassword(next: "another long phrase") }')
  expect(await grace.ask(UNLINK, { id: only!.id })).toEqual({ unlinkIdentity: true })
  expect((await grace.ask<Identities>(IDENTITIES)).viewer.identities).toEqual([])
})

test('without a provider nothing can be linked', async () => {
  const client = await (await startServer()).signIn()
  expect((await client.request(LINK)).errors?.[0]?.extensions.code).toBe('CONFLICT')
})

test('a provider that is configured half or openly is told at the start', async () => {
  const failed = await tryStart({
    env: { CELLBOARD_OIDC_ISSUER: 'http://id.example.org', CELLBOARD_OIDC_SECRET: 'short' },
  })
  const said = 'said' in failed ? failed.said : ''
  expect(said).toContain('Expected CELLBOARD_OIDC_ISSUER to be an https address')
  expect(said).toContain('Expected CELLBOARD_OIDC_CLIENT to be')
  expect(said).toContain('Expected CELLBOARD_OIDC_SECRET to be')
  expect(said).not.toContain('short')
})
